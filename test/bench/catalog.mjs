// npm run bench: how many requests the catalog needs and how long it takes, against a Local Vault in a process of its own,
// beside a client written by hand and beside the least possible. A missed count ends the run with code 1; times don't.
import { run, tail, toTerminal } from '../../scripts/toolchain/child.mjs';
import { ensureOwnPackages } from '../../scripts/toolchain/install.mjs';
import { ensureNode } from '../../scripts/toolchain/node.mjs';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { PlainError, runMain, step } from '../../scripts/toolchain/progress.mjs';

async function main() {
	await ensureOwnPackages();
	const node = await ensureNode();
	await step('Building for production', async () => {
		const { code, output } = await run(node, ['esbuild.mjs', '--production', '--tests'], { cwd: inRoot() });
		if (code !== 0) throw new PlainError(tail(output, 40));
	});
	const { code } = await run(node, ['--expose-gc', inRoot('test', 'bench', 'catalogRun.mjs')], {
		cwd: inRoot(),
		print: toTerminal,
		stop: 'SIGTERM',
	});
	return code;
}

await runMain(main);
