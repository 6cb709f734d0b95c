// Runs unit or contract tests, which are built already:
//   node scripts/bundledTests.mjs unit|contract [--part N/M] [--changed] [--only TEXT]
//     the Nth of M parts; those alone that have not passed as they are now; those with TEXT in their titles
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run, toTerminal } from './toolchain/child.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { runMain } from './toolchain/progress.mjs';
import { mochaFiles } from './suites.mjs';

/** What tests below a folder of test/unit read while they run. What they import is in their bundles. */
const readInFolders = ['package.json', 'package-lock.json', 'media/secret.tmLanguage.json'].map((file) => inRoot(file));

/** Those at the top of test/unit read sources and scripts: they are always run. */
const isAtTop = (name) => path.dirname(name) === '.';

/** Of each bundle of tests, by its name, a digest of all that it depends on. */
function digestsOf(folder, names, processes) {
	const shared = createHash('sha256').update(process.version);
	for (const file of [...readInFolders, ...processes]) shared.update(readFileSync(file));
	const digest = (name) =>
		shared
			.copy()
			.update(readFileSync(path.join(folder, name)))
			.digest('hex');
	return Object.fromEntries(names.map((name) => [name, digest(name)]));
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
	const folder = inRoot('out', kind);
	const cache = inRoot('out', 'cache', `${kind}-${part}-of-${parts}.json`);
	const bundles = readdirSync(folder, { recursive: true }).sort();
	const names = bundles
		.filter((name) => name.endsWith('.test.js'))
		.filter((_name, index) => index % parts === part - 1);
	// What tests start as a process of its own.
	const processes = bundles.filter((name) => name.endsWith('.process.js')).map((name) => path.join(folder, name));
	const now = digestsOf(folder, names, processes);
	const passed = values.changed && existsSync(cache) ? JSON.parse(readFileSync(cache, 'utf8')) : {};
	const chosen = names.filter((name) => isAtTop(name) || passed[name] !== now[name]);
	if (chosen.length < names.length) {
		console.log(`${names.length - chosen.length} files of tests have passed as they are now, and are left out.`);
	}
	if (chosen.length === 0) return 0;
	const files = chosen.map((name) => path.join(folder, name));
	const { command, args } = mochaFiles(kind, kind, process.execPath, files, { only: values.only });
	const { code } = await run(command, args, { cwd: inRoot(), print: toTerminal });
	if (code === 0 && values.only === undefined) {
		mkdirSync(path.dirname(cache), { recursive: true });
		writeFileSync(cache, JSON.stringify(now));
	}
	return code;
}

await runMain(main);
