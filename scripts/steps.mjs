import { run } from './toolchain/child.mjs';
import { inRoot, program } from './toolchain/paths.mjs';

/** @typedef {{ title: string, command: string, args: string[], countsTests?: boolean }} Step */

/** @returns {Step} a step that runs a script under the given Node */
export const plain = (title, node, args) => ({ title, command: node, args });

/** @returns {Step} a step that runs tests with Mocha and prints its summary */
export const counted = (title, node, args) => ({ title, command: node, args, countsTests: true });

/** Builds the extension and the test suites. */
export const buildTests = (node) => plain('Build', node, ['esbuild.mjs', '--tests']);

/** Builds the extension for production and packages it. */
export const packageVsix = (node) => plain('Package', node, [inRoot('scripts', 'package.mjs')]);

/** Runs tests, such as those of a folder of bundled ones; further options of Mocha may stand among them. */
export const mochaFiles = (title, node, ...files) =>
	counted(title, node, [
		program('mocha'),
		// Processes start in some tests, and a busy machine takes its time for that.
		...['--ui', 'tdd', '--timeout', '20000', '--forbid-only', '--forbid-pending', ...files],
	]);

const count = (output, word) =>
	[...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'))].reduce((sum, [, figure]) => sum + Number(figure), 0);

/**
 * Runs steps in order, shows what they print and how long each takes, and stops at the first that fails.
 * The last line is `N passed, N failed`, over all tests that ran; a step that fails without one counts as one.
 * @param {Step[]} steps
 * @returns {Promise<number>} an exit code
 */
export async function runSteps(steps) {
	const times = [];
	let passed = 0;
	let failed = 0;
	let isGreen = true;
	for (const { title, command, args, countsTests } of steps) {
		console.log(`\n── ${title}`);
		const start = Date.now();
		const { code, output } = await run(command, args, { cwd: inRoot(), show: true });
		const time = `${((Date.now() - start) / 1000).toFixed(1)} s`;
		const [green, red] = countsTests ? [count(output, 'passing'), count(output, 'failing')] : [0, 0];
		const ranNone = countsTests && code === 0 && green === 0;
		if (ranNone) console.log('No test ran.');
		isGreen = code === 0 && !ranNone;
		passed += green;
		failed += red || (isGreen ? 0 : 1);
		times.push(
			`${isGreen ? '✔' : '✘'} ${title.padEnd(24)}${time.padStart(8)}${countsTests ? `  ${green} passed` : ''}`,
		);
		if (!isGreen) break;
	}
	console.log(`\n${times.join('\n')}\n`);
	console.log(`${passed} passed, ${failed} failed`);
	return isGreen ? 0 : 1;
}
