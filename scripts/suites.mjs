import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot, program } from './toolchain/paths.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

/** @returns {Step} a step that runs a script under the given Node */
const plain = (name, title, node, args, more = {}) => ({ name, title, command: node, args, ...more });

/**
 * Types, lint and format. Where `isCached`, what has passed before is looked at again only where its content changed; lint
 * then misses what a change does to the types of a file that has not changed itself.
 * @returns {Step[]}
 */
export function checks(node, { isCached }) {
	const cache = (name) => inRoot('out', 'cache', name);
	const cached = (...args) => (isCached ? args : []);
	return [
		plain('types', 'Types', node, [
			program('typescript', 'tsc'),
			...cached('--incremental', '--tsBuildInfoFile', cache('types')),
		]),
		plain('lint', 'Lint', node, [
			...[program('eslint'), '.'],
			...cached('--cache', '--cache-strategy', 'content', '--cache-location', cache('lint')),
		]),
		plain('types', 'Types of the page', node, [program('typescript', 'tsc'), '-p', 'src/isolated']),
		plain('format', 'Format', node, [
			...[program('prettier'), '--check', '.'],
			...cached('--cache', '--cache-strategy', 'content', '--cache-location', cache('format')),
		]),
	];
}

/** Builds the extension and the test suites; after the tests of npm start, which build too. @returns {Step} */
export const buildTests = (node, flags = []) =>
	plain('build', 'Build', node, ['esbuild.mjs', '--tests', ...flags], { needs: ['npmStart'] });

/** Builds unit tests alone, for development. @returns {Step} */
export const buildUnitTests = (node) => plain('build', 'Build of unit tests', node, ['esbuild.mjs', '--unit']);

/** Packages the extension. @returns {Step} */
export const packageVsix = (node, flags = []) =>
	plain('package', 'Package', node, [inRoot('scripts', 'package.mjs'), ...flags], { needs: ['build'] });

/**
 * Runs tests with Mocha.
 * @param {string} name
 * @param {string} title
 * @param {string} node
 * @param {string[]} files patterns; further options of Mocha may stand among them
 * @param {Partial<Step> & { only?: string }} [options] `only` is a part of the titles of the tests to run
 * @returns {Step}
 */
export const mochaFiles = (name, title, node, files, { only, ...more } = {}) =>
	plain(
		name,
		title,
		node,
		[
			program('mocha'),
			// A busy machine takes its time: it ends what would never end, and judges no speed.
			...['--ui', 'tdd', '--timeout', '120000', '--forbid-only', '--forbid-pending'],
			...['--reporter', inRoot('scripts', 'reporter.cjs')],
			...(only === undefined ? [] : ['--fgrep', only]),
			...files,
		],
		{ countsTests: true, needs: ['build'], ...more },
	);

/** Two parts take the cores of a small machine; more would each spend most of their time on loading. */
const parts = Math.min(2, os.availableParallelism());

/**
 * Runs unit or contract tests in parts, side by side.
 * @param {'unit' | 'contract'} kind
 * @param {string} node
 * @param {{ only?: string, isCached?: boolean }} [options] where it `isCached`, which unit tests alone can be, those that
 * have not passed as they are
 * @returns {Step[]}
 */
export const bundledTests = (kind, node, { only, isCached = false } = {}) =>
	Array.from({ length: parts }, (_, index) =>
		plain(
			kind,
			`${kind === 'unit' ? 'Unit' : 'Contract'}${parts > 1 ? `, part ${index + 1}` : ''}`,
			node,
			[
				inRoot('scripts', 'bundledTests.mjs'),
				kind,
				...['--part', `${index + 1}/${parts}`],
				...(isCached ? ['--changed'] : []),
				...(only === undefined ? [] : ['--only', only]),
			],
			{ countsTests: true, needs: ['build'] },
		),
	);

/** The tests that tell whether the leak run's weakenings and the mutants fit the sources. @returns {Step} */
export const editsFit = (node, { only } = {}) =>
	mochaFiles(
		'edits',
		'Weakenings and mutants fit',
		node,
		['test/leaks/weakenings.test.mjs', 'test/mutants/mutants.test.mjs'],
		{ only, needs: [] },
	);

/** What prints times wants the machine to itself: it is no part of npm test. */
const onDemand = ['bench', 'tour'];

const suitesFolder = inRoot('test', 'host', 'suites');

const filesOf = (suite) => readdirSync(path.join(suitesFolder, suite)).filter((file) => file.endsWith('.test.ts'));

/** The host suites: every folder of test/host/suites that has tests; what few windows can share comes first, to end in time. */
export const hostSuites = () =>
	readdirSync(suitesFolder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !onDemand.includes(entry.name) && filesOf(entry.name).length > 0)
		.map(({ name }) => name)
		.sort((one, other) => filesOf(one).length - filesOf(other).length);

/**
 * How many cores a window of VS Code is given while it is clicked and typed in. Alone it takes 1.1 to 1.3, a part of them for
 * what can wait; three windows on two cores slow each other down so much that they end no sooner.
 */
const coresOfWindow = 1;

/**
 * Runs a host suite, one of several files in several windows: each takes the next file of tests that no other has taken.
 * @param {string} suite
 * @param {string} node
 * @param {{ only?: string, flags?: string[] }} [options]
 * @returns {Step[]}
 */
export function hostSuite(suite, node, { only, flags = [] } = {}) {
	const borne = Math.max(1, Math.floor(os.availableParallelism() / coresOfWindow));
	const windows = only === undefined ? Math.min(borne, filesOf(suite).length) : 1;
	const taken = inRoot('out', 'taken', suite);
	rmSync(taken, { recursive: true, force: true });
	mkdirSync(taken, { recursive: true });
	return Array.from({ length: windows }, (_, index) =>
		plain(
			suite,
			`Host suite ${suite}${windows > 1 ? `, window ${index + 1}` : ''}`,
			node,
			[inRoot('scripts', 'hostSuite.mjs'), suite, ...flags],
			{
				turn: index,
				countsTests: true,
				cores: coresOfWindow,
				needs: ['build', ...(suite === 'vsix' ? ['package'] : [])],
				env: { ...(windows > 1 && { VSCODEHOST_TAKEN: taken }), ...(only && { VSCODEHOST_ONLY: only }) },
			},
		),
	);
}

/**
 * The files of each part of the leak run, in this order: what the scanner finds, what must be found, what is done, and what
 * must not be found after it.
 */
export const leakParts = {
	isolated: ['scan', 'isolated', 'table'],
	session: ['commands', 'table'],
	faults: ['controls', 'crashes', 'table'],
	weakened: ['scan', 'weakened'],
};

/**
 * Looks for leaks. Where there are drafts in VS Code's own editor, a part has the machine to itself: what a stalled
 * extension host leaves is no leak; of the isolated editor it leaves nothing. Where it `isWeakened`, proves that leaks are
 * found.
 * @returns {Step[]}
 */
export const leaks = (node, { only, isWeakened = false } = {}) =>
	(isWeakened ? ['weakened'] : ['isolated', 'session', 'faults']).map((part) =>
		plain(
			'leaks',
			`Leaks, ${part}`,
			node,
			[inRoot('scripts', 'testLeaks.mjs'), '--part', part, ...(only === undefined ? [] : ['--only', only])],
			{
				countsTests: true,
				needs: ['build'],
				...(part === 'isolated' ? { cores: coresOfWindow } : { isAlone: true }),
			},
		),
	);
