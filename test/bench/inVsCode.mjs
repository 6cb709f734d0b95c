// What the benchmarks in a real VS Code have in common.
import { run, tail } from '../../scripts/toolchain/child.mjs';
import { ensureChromium } from '../../scripts/toolchain/chromium.mjs';
import { ensureHost } from '../../scripts/toolchain/host.mjs';
import { ensureOwnPackages } from '../../scripts/toolchain/install.mjs';
import { ensureNode } from '../../scripts/toolchain/node.mjs';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { PlainError, step } from '../../scripts/toolchain/progress.mjs';

async function must(node, args) {
	const { code, output } = await run(node, args, { cwd: inRoot() });
	if (code !== 0) throw new PlainError(tail(output, 60));
	return output;
}

/** Builds for production. @returns what runs a host suite in a fresh VS Code, and answers what it printed */
export async function builtForVsCode() {
	await ensureOwnPackages();
	const node = await ensureNode();
	await ensureHost();
	await ensureChromium();
	await step('Building for production', () => must(node, ['esbuild.mjs', '--production', '--tests']));
	return (suite) => must(node, [inRoot('scripts', 'hostSuite.mjs'), suite]);
}
