// Puts faults into the catalog, one at a time, and tells which tests see it. Without any, the tests have to pass.
//   npm run test:mutants [-- --only TEXT]     those with TEXT in what they do
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { bundle } from '../test/mutants/bundle.mjs';
import { mutants, tests } from '../test/mutants/mutants.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { ensureNode } from './toolchain/node.mjs';
import { PlainError, runMain } from './toolchain/progress.mjs';
import { mochaFiles } from './suites.mjs';

const { random, single } = tests;
const seeds = 3000;
/** A test that has got stuck has seen the fault, too. Without one, they take a fraction of this. */
const longestMs = 180_000;

/** @returns whether all of these tests pass with the edits made */
async function isPassing(node, tests, edits, folder) {
	await bundle(tests, edits, folder);
	const files = tests.map((file) => path.join(folder, file.replace(/^test\//, '').replace(/\.ts$/, '.js')));
	const { args } = mochaFiles('mutants', 'Mutants', node, ['--exit', '--bail', ...files]);
	const env = { ...process.env, CATALOG_RUNS: String(seeds) };
	const options = { env, timeout: longestMs, killSignal: 'SIGKILL', maxBuffer: Infinity };
	return promisify(execFile)(node, args, options).then(
		() => true,
		() => false,
	);
}

async function main() {
	const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
	await ensureOwnPackages();
	const node = await ensureNode();
	const folder = await mkdtemp(path.join(os.tmpdir(), 'mutants-'));
	const passes = (tests, edits) => isPassing(node, tests, edits, folder);
	try {
		if (!(await passes([...random, ...single], []))) throw new PlainError('The tests fail without any fault.');
		let missed = 0;
		for (const { fault, edits } of mutants.filter((one) => one.fault.includes(values.only))) {
			const caughtBy = [
				...((await passes(random, edits)) ? [] : ['random test']),
				...((await passes(single, edits)) ? [] : ['unit test']),
			];
			if (caughtBy.length === 0) missed++;
			console.log(`${caughtBy.length > 0 ? '✔' : '✘'} ${(caughtBy.join(', ') || 'nothing').padEnd(24)}${fault}`);
		}
		console.log(missed === 0 ? '\nEach fault is seen.' : `\n${missed} of the faults are seen by nothing.`);
		return missed === 0 ? 0 : 1;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

await runMain(main);
