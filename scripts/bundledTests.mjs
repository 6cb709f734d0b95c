// Runs unit or contract tests, which are built already:
//   node scripts/bundledTests.mjs unit|contract [--part N/M] [--changed] [--only TEXT]
//     the Nth of M parts; of the unit tests those alone that have not passed as they are; those with TEXT in their titles
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run, toTerminal } from './toolchain/child.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { PlainError, runMain } from './toolchain/progress.mjs';
import { mochaFiles } from './suites.mjs';

const caches = inRoot('out', 'cache');
const isCache = (name) => /^unit-\d+-of-\d+\.json$/.test(name);

/** What unit tests below a folder of test/unit read while they run, and what says which Mocha runs them. */
const readInFolders = ['package.json', 'package-lock.json'].map((file) => inRoot(file));

/**
 * Those at the top of test/unit read sources and scripts, which are in no bundle: they are always run. A run without any
 * test would count as one that found none.
 */
const isAtTop = (name) => path.dirname(name) === '.';

/** Of each bundle of unit tests, by its name, a digest of what its tests depend on. */
function digestsOf(folder, bundles, options) {
	const random = Object.entries(process.env).filter(([name]) => /_(RUNS|SEED)$/.test(name));
	const shared = createHash('sha256').update(JSON.stringify([process.version, options, random]));
	// What tests start as a process of its own.
	const processes = bundles.filter((name) => name.endsWith('.process.js')).map((name) => path.join(folder, name));
	for (const file of [...readInFolders, ...processes]) shared.update(readFileSync(file));
	const digest = (name) =>
		shared
			.copy()
			.update(readFileSync(path.join(folder, name)))
			.digest('hex');
	return Object.fromEntries(bundles.filter((name) => name.endsWith('.test.js')).map((name) => [name, digest(name)]));
}

/** What passed before, by name: a bundle may have been in another part then. */
function passedBefore() {
	mkdirSync(caches, { recursive: true });
	const files = readdirSync(caches).filter(isCache);
	return Object.assign({}, ...files.map((file) => parsed(readFileSync(path.join(caches, file), 'utf8'))));
}

/** A file that was cut off in the middle of its writing says nothing. */
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return {};
	}
}

async function main() {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			part: { type: 'string', default: '1/1' },
			changed: { type: 'boolean', default: false },
			only: { type: 'string' },
		},
	});
	const [kind] = positionals;
	const [part, parts] = values.part.split('/').map(Number);
	const isUnit = kind === 'unit';
	if (values.changed && !isUnit) throw new PlainError('Contract tests start what is in no bundle: run them whole.');

	const folder = inRoot('out', kind);
	const bundles = readdirSync(folder, { recursive: true }).sort();
	const names = bundles
		.filter((name) => name.endsWith('.test.js'))
		.filter((_name, index) => index % parts === part - 1);
	if (names.length === 0) throw new PlainError(`There are no tests in ${folder}: build them first.`);
	const options = mochaFiles(kind, kind, process.execPath, []).args;
	const now = isUnit ? digestsOf(folder, bundles, options) : {};
	const passed = isUnit ? passedBefore() : {};
	const chosen = names.filter((name) => !values.changed || isAtTop(name) || passed[name] !== now[name]);
	const left = names.length - chosen.length;
	if (left > 0)
		console.log(`Left out, as they have passed as they are: the tests of ${left} of ${names.length} files.`);
	if (chosen.length === 0) return 0;

	const files = chosen.map((name) => path.join(folder, name));
	const { command, args } = mochaFiles(kind, kind, process.execPath, files, { only: values.only });
	const { code } = await run(command, args, { cwd: inRoot(), print: toTerminal });
	if (isUnit && (code !== 0 || values.only === undefined)) {
		// What failed once is not taken for passed because it did so before.
		const kept = names.filter((name) => code === 0 || !chosen.includes(name)).map((name) => [name, now[name]]);
		writeFileSync(path.join(caches, `unit-${part}-of-${parts}.json`), JSON.stringify(Object.fromEntries(kept)));
	}
	return code;
}

await runMain(main);
