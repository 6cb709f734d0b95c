import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './toolchain/child.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { Turns } from './outputTurns.mjs';

/**
 * One program among those that `runSteps` runs side by side.
 * @typedef {object} Step
 * @property {string} name what it is asked for by; several steps may share one, such as the windows of a suite
 * @property {string} title
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [countsTests] whether Mocha's summary is in what it prints
 * @property {string[]} [needs] names of steps that have to pass before it starts, where they are run at all
 * @property {number} [cores] how much of the machine it keeps busy, 1 unless it says
 * @property {number} [turn] those of a higher one start after those of a lower one, 0 unless it says
 * @property {boolean} [isAlone] whether nothing may run beside it: it comes last
 */

const logs = inRoot('out', 'logs');
const seconds = (since) => (Date.now() - since) / 1000;
const shown = (file) => path.relative(process.cwd(), file);
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** How many tests Mocha says have passed, or failed. */
const count = (output, word) =>
	[...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'))].reduce((sum, [, figure]) => sum + Number(figure), 0);

/** Removes what an earlier run left in a folder, where there is one. */
function removeAll(folder, isOld) {
	if (!existsSync(folder)) return;
	for (const name of readdirSync(folder).filter(isOld)) rmSync(path.join(folder, name));
}

/** Whether a step may start now, by what the machine bears. */
function hasRoom(step, running, waiting) {
	if (running.size === 0) return !step.isAlone || waiting.every(({ isAlone }) => isAlone);
	if (step.isAlone || [...running].some(({ isAlone }) => isAlone)) return false;
	const busy = [...running].reduce((sum, { cores = 1 }) => sum + cores, 0);
	return busy + (step.cores ?? 1) <= os.availableParallelism();
}

/** Runs one step, with its output in a log file of its own and on the terminal in its turn. */
async function runStep(step, file, turn) {
	const log = createWriteStream(`${file}.log`);
	const failures = `${file}.failures.jsonl`;
	turn.write(`\n── ${step.title}\n`);
	const start = Date.now();
	const { code, output } = await run(step.command, step.args, {
		cwd: inRoot(),
		env: { ...process.env, ...step.env, TEST_FAILURES: failures, TEST_LOG: file },
		print(text) {
			log.write(text);
			turn.write(text);
		},
	});
	await new Promise((resolve) => log.end(resolve));
	const lines = existsSync(failures) ? readFileSync(failures, 'utf8').trimEnd().split('\n') : [];
	rmSync(failures, { force: true });
	return {
		isGreen: code === 0,
		passed: step.countsTests ? count(output, 'passing') : 0,
		failed: step.countsTests ? count(output, 'failing') : 0,
		failures: lines.filter(Boolean).map((line) => JSON.parse(line)),
		time: seconds(start),
		log: `${file}.log`,
	};
}

function printFailures(results, again) {
	for (const [step, { isGreen, failures, log, missing }] of results) {
		if (isGreen) continue;
		if (missing) {
			console.log(`✘ ${step.title} was not run: it needs ${missing}.`);
			continue;
		}
		for (const failure of failures.length > 0 ? failures : [undefined]) {
			console.log(`✘ ${step.title}${failure ? `: ${failure.title}` : ''}`);
			if (failure?.picture) console.log(`    picture  ${shown(failure.picture)}`);
			console.log(`    log      ${shown(log)}`);
			console.log(`    again    ${again(step)}${failure ? ` --only ${quoted(failure.only)}` : ''}`);
		}
	}
}

/**
 * Runs steps side by side, as many as the machine bears, each after those that it needs; the first that can start goes
 * first. A failure keeps only those from running that need it. Each step's output is in `out/logs` too. The end says how
 * long each took, each test that failed with its picture, its log and the command for it alone, and as its last line
 * `N passed, N failed` over all tests; a step that fails without a test counts as one.
 * @param {Step[]} steps
 * @param {(step: Step) => string} [again] the command that runs just this step, and with `--only TEXT` some of its tests
 * @returns {Promise<number>} an exit code
 */
export async function runSteps(steps, again = ({ name }) => `npm test -- ${name}`) {
	mkdirSync(logs, { recursive: true });
	const inTurn = steps.toSorted((one, other) => (one.turn ?? 0) - (other.turn ?? 0));
	const names = steps.map(({ name }) => name);
	const turns = new Turns(process.stdout);
	const results = new Map();
	const running = new Set();
	const begin = Date.now();
	const fileOf = (step) => {
		const same = steps.filter(({ name }) => name === step.name);
		return path.join(logs, same.length > 1 ? `${step.name}-${same.indexOf(step) + 1}` : step.name);
	};
	removeAll(logs, (name) => name.endsWith('.jsonl'));
	removeAll(inRoot('out', 'screenshots'), (name) => name.startsWith('failed-'));

	await new Promise((resolve, reject) => {
		const next = () => {
			const waiting = () => inTurn.filter((step) => !results.has(step) && !running.has(step));
			const open = (name) => [...waiting(), ...running].some((step) => step.name === name);
			const redOf = (step) =>
				step.needs?.find((name) => [...results].some(([of, { isGreen }]) => of.name === name && !isGreen));
			for (let red; (red = waiting().find(redOf));) {
				results.set(red, { isGreen: false, passed: 0, failed: 1, failures: [], time: 0, missing: redOf(red) });
			}
			for (const step of waiting()) {
				if (step.needs?.some((name) => names.includes(name) && open(name))) continue;
				if (!hasRoom(step, running, waiting())) continue;
				running.add(step);
				const turn = turns.take();
				runStep(step, fileOf(step), turn).then((result) => {
					turn.end();
					running.delete(step);
					results.set(step, result);
					next();
				}, reject);
			}
			if (running.size === 0) resolve();
		};
		next();
	});

	// A test that was asked for may be in one window or part of several.
	for (const [step, result] of results) {
		const same = [...results].filter(([{ name }]) => name === step.name);
		if (step.countsTests && result.isGreen && same.every(([, { passed }]) => passed === 0)) {
			console.log(`\n${step.title}: no test ran.`);
			result.isGreen = false;
		}
	}
	const ordered = steps.map((step) => [step, results.get(step)]);
	const times = ordered.map(([step, { isGreen, time, passed }]) => {
		const tests = step.countsTests ? `  ${passed} passed` : '';
		return `${isGreen ? '✔' : '✘'} ${step.title.padEnd(28)}${`${time.toFixed(1)} s`.padStart(8)}${tests}`;
	});
	console.log(`\n${times.join('\n')}\n  ${'All'.padEnd(28)}${`${seconds(begin).toFixed(1)} s`.padStart(8)}\n`);
	printFailures(ordered, again);
	const sum = (of) => ordered.reduce((total, [, result]) => total + of(result), 0);
	const failed = sum(({ isGreen, failed }) => failed || (isGreen ? 0 : 1));
	console.log(`\n${sum(({ passed }) => passed)} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}
