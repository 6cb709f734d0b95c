// Handles random values with the commands that touch one, in a real VS Code, and then looks for them on the disk.
//   npm run test:leaks [-- --no-build] [--keep]     --keep leaves the run's folder, and prints where it is
//   npm run test:leaks -- --weakened                proves that each row of the table fails where its protection is off
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run, toTerminal } from './toolchain/child.mjs';
import { ensureChromium } from './toolchain/chromium.mjs';
import { ensureHost } from './toolchain/host.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { ensureNode } from './toolchain/node.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { runMain } from './toolchain/progress.mjs';

import { buildTests, mochaFiles } from './suites.mjs';

/** In this order: what the scanner finds, what must be found, what is done, and what must not be found after it. */
const suites = ['scan', 'controls', 'commands', 'isolated', 'crashes', 'table'];

async function main() {
	const { values } = parseArgs({
		options: {
			'no-build': { type: 'boolean', default: false },
			keep: { type: 'boolean', default: false },
			weakened: { type: 'boolean', default: false },
		},
	});
	await ensureOwnPackages();
	const node = await ensureNode();
	await ensureHost();
	await ensureChromium();
	// A short path: a socket's may have some hundred characters.
	const folder = await mkdtemp(path.join(os.tmpdir(), 'leaks-'));
	process.env.LEAKS_FOLDER = folder;
	const files = (values.weakened ? ['scan', 'weakened'] : suites).map((suite) =>
		inRoot('test', 'leaks', `${suite}.test.mjs`),
	);
	try {
		const steps = [
			...(values['no-build'] ? [] : [buildTests(node)]),
			mochaFiles('leaks', 'Leaks', node, ['--exit', ...files]),
		];
		for (const { command, args } of steps) {
			const { code } = await run(command, args, { cwd: inRoot(), print: toTerminal });
			if (code !== 0) return code;
		}
		return 0;
	} finally {
		if (values.keep) console.log(`The run's folder: ${folder}`);
		else await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}

await runMain(main);
