// npm run bench:tour: by clicks, what a person asks a vault of 20,000 objects, and how long it takes until it is painted.
import { run, tail } from '../../scripts/toolchain/child.mjs';
import { ensureChromium } from '../../scripts/toolchain/chromium.mjs';
import { ensureHost } from '../../scripts/toolchain/host.mjs';
import { ensureOwnPackages } from '../../scripts/toolchain/install.mjs';
import { ensureNode } from '../../scripts/toolchain/node.mjs';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { PlainError, runMain, step } from '../../scripts/toolchain/progress.mjs';

async function must(node, args) {
	const { code, output } = await run(node, args, { cwd: inRoot() });
	if (code !== 0) throw new PlainError(tail(output, 60));
	return output;
}

async function main() {
	await ensureOwnPackages();
	const node = await ensureNode();
	await ensureHost();
	await ensureChromium();
	await step('Building for production', () => must(node, ['esbuild.mjs', '--production', '--tests']));
	await step('The tour', async () => {
		const output = await must(node, [inRoot('scripts', 'hostSuite.mjs'), 'tour']);
		for (const [, json] of output.matchAll(/^tour (\{.*\})$/gm)) {
			const { what, ms } = JSON.parse(json);
			console.log(`  ${what.padEnd(40)}${String(ms).padStart(7)} ms`);
		}
	});
}

await runMain(main);
