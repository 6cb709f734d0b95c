import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { measured } from './driver/measured.mjs';
import { Run } from './driver/run.mjs';
import { until } from './driver/until.mjs';
import { examine, table } from './places.mjs';

/** What VS Code and the browser do write, for a run that finds nothing to mean something. */
suite('What must be found', function () {
	this.timeout(180_000);
	let run;
	let rows;
	const ended = { isSo: false };

	suiteSetup(async () => {
		const env = {};
		run = new Run('controls', { developed: [inRoot('test', 'leaks', 'control')], env });
		env.LEAK_CONTROL = run.canaries.make('global state');
		await run.begin(['stalled']);
	});
	suiteTeardown(async () => {
		if (!ended.isSo) await run.end();
	});

	const isBackedUp = (label) => run.watch.findings.some((finding) => finding.label === label);
	const foundIn = (place) => rows.find((row) => row.place === place).findings.map(({ label }) => label);

	test('a plain document that is left unsaved is in VS Code’s backups', async () => {
		await run.person.runCommand('File: New Untitled Text File');
		await run.person.see('.editor-group-container.active .monaco-editor.focused');
		await run.person.type(run.canaries.make('plain document'));
		await until(() => isBackedUp('plain document'), 'The backup does not come');
	});

	test('a draft is in VS Code’s backups while the extension host is busy for five seconds', async () => {
		await run.person.edit('stalled');
		await run.stall(5000, () => run.person.type(run.canaries.make('stalled draft')));
		await until(() => isBackedUp('stalled draft'), 'The backup does not come');
	});

	test('a stall of the extension host is measured, and what was done meanwhile is done again', async () => {
		let times = 0;
		const work = async (where) => {
			times++;
			where.canaries.make('done over a stall');
			if (where === run) await run.stall(1200, () => undefined);
		};
		const { stall, repeats } = await measured(run, ['stalled again'], work);
		assert.deepEqual([times, repeats], [2, 1]);
		assert.ok(stall < 1000, `the repeat stood still for ${stall} ms`);
		assert.equal(run.canaries.all['done over a stall'], undefined, 'what was done over the stall counts');
	});

	test('what an extension and the page keep is in the browser’s profile', async () => {
		const kept = { local: run.canaries.make('local storage'), indexed: run.canaries.make('indexed database') };
		await run.person.page.evaluate(async ({ local, indexed }) => {
			window.localStorage.setItem('control', local);
			await new Promise((resolve, reject) => {
				const opening = window.indexedDB.open('control');
				opening.onerror = reject;
				opening.onupgradeneeded = () => opening.result.createObjectStore('control');
				opening.onsuccess = () => {
					const writing = opening.result.transaction('control', 'readwrite', { durability: 'strict' });
					writing.objectStore('control').put({ text: indexed.repeat(3) }, 'control');
					writing.oncomplete = resolve;
				};
			});
		}, kept);
		await run.end();
		ended.isSo = true;
		rows = examine(run);
		const found = foundIn('Browser profile');
		for (const label of ['global state', 'local storage', 'indexed database']) {
			assert.ok(found.includes(label), `${label} was not found; found: ${found.join(', ')}`);
		}
	});

	test('what was seen in the backups is told by the table', () => {
		console.log(`\n${table('What must be found', rows, Object.keys(run.canaries.all).length)}\n`);
		const found = foundIn('VS Code’s backups');
		for (const label of ['plain document', 'stalled draft']) assert.ok(found.includes(label), label);
	});
});
