// Handles random values with the commands that touch one, in a real VS Code, and then looks for them on the disk.
//   npm run test:leaks [-- --no-build] [--only TEXT]     all parts, one after the other
//   npm run test:leaks -- --part NAME [--keep]           one part of the built extension; --keep leaves the run's folder, and
//                                                        prints where it is
//   npm run test:leaks -- --weakened                     proves that each row of the table fails where its protection is off
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
import { PlainError, runMain } from './toolchain/progress.mjs';
import { runSteps } from './steps.mjs';
import { buildTests, leakParts, leaks, mochaFiles } from './suites.mjs';

/** Runs files of tests on a folder of their own. @returns an exit code */
async function runPart(node, suites, { only, keep }) {
	// A short path: a socket's may have some hundred characters.
	const folder = await mkdtemp(path.join(os.tmpdir(), 'leaks-'));
	const files = suites.map((suite) => inRoot('test', 'leaks', `${suite}.test.mjs`));
	const { command, args } = mochaFiles('leaks', 'Leaks', node, ['--exit', ...files], { only });
	try {
		const env = { ...process.env, LEAKS_FOLDER: folder };
		const { code } = await run(command, args, { cwd: inRoot(), env, print: toTerminal });
		return code;
	} finally {
		if (keep) console.log(`The run's folder: ${folder}`);
		else await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}

async function main() {
	const { values } = parseArgs({
		options: {
			'no-build': { type: 'boolean', default: false },
			keep: { type: 'boolean', default: false },
			weakened: { type: 'boolean', default: false },
			part: { type: 'string' },
			only: { type: 'string' },
		},
	});
	const { part } = values;
	if (part !== undefined && !Object.hasOwn(leakParts, part))
		throw new PlainError(`There is no part ${part} here. There are: ${Object.keys(leakParts).join(', ')}.`);
	await ensureOwnPackages();
	const node = await ensureNode();
	await ensureHost();
	await ensureChromium();
	if (part !== undefined) return runPart(node, leakParts[part], values);
	const build = values['no-build'] ? [] : [buildTests(node)];
	return runSteps(
		[...build, ...leaks(node, { only: values.only, isWeakened: values.weakened })],
		() => `npm run test:leaks --${values.weakened ? ' --weakened' : ''}`,
	);
}

await runMain(main);
