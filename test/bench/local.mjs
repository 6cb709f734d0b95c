// npm run bench:local [-- --rounds 3 --seconds 5 --objects 1000,100000]: how fast Local Vault answers, beside a Hono
// server that answers a constant and beside SQLite alone. Figures are printed, never asserted; an answer that is no 2xx
// ends the run with code 1.
import { run, tail, toTerminal } from '../../scripts/toolchain/child.mjs';
import { ensureOwnPackages } from '../../scripts/toolchain/install.mjs';
import { ensureNode } from '../../scripts/toolchain/node.mjs';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { PlainError, runMain, step } from '../../scripts/toolchain/progress.mjs';
import { pinned, twoCores } from './localServers.mjs';

async function main() {
	await ensureOwnPackages();
	const node = await ensureNode();
	await step('Building for production', async () => {
		const { code, output } = await run(node, ['esbuild.mjs', '--production'], { cwd: inRoot() });
		if (code !== 0) throw new PlainError(tail(output, 40));
	});
	const cores = twoCores();
	const [command, ...args] = pinned(cores?.[1], [node, inRoot('test', 'bench', 'localRun.mjs')]);
	const { code } = await run(command, [...args, JSON.stringify(cores ?? []), ...process.argv.slice(2)], {
		cwd: inRoot(),
		print: toTerminal,
		stop: 'SIGTERM',
	});
	return code;
}

await runMain(main);
