import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { suite, suiteSetup, suiteTeardown, teardown, test } from 'mocha';
import { Run } from './driver/run.mjs';
import { ended } from './ended.mjs';

const objects = [
	'shown',
	'on its page',
	'left on its page',
	'stalled',
	'stalled for long',
	'killed',
	'compared',
	'reloaded',
];

suite('The isolated editor', function () {
	this.timeout(180_000);
	const run = new Run('isolated', {
		settings: { 'workosVault.editor': 'isolated', 'workosVault.click': 'page' },
	});

	suiteSetup(() => run.begin(objects));
	teardown(async function () {
		if (this.currentTest.state === 'failed') await run.person.picture(this.currentTest.title);
	});
	suiteTeardown(async () => {
		await run.end();
		ended.push(run);
	});

	async function open(name) {
		await run.person.open(name);
		await run.person.goIntoIsolated(name);
	}

	/** A canary to type, and the text that the draft has then. */
	async function toType(name) {
		const typed = `-${run.canaries.make(`${name}, typed`)}`;
		return { typed, text: (await run.vault.read(name)) + typed };
	}

	async function publish(name, text) {
		await run.person.press('Control+S');
		await run.person.acknowledge(`Published a new version of “${name}”`);
		assert.equal(await run.vault.read(name), text);
		await run.person.closeEditors();
	}

	test('shows a value and hides it', async () => {
		const { person, canaries } = run;
		await person.revealInIsolation('shown');
		await person.seeIsolated(canaries.all.shown);
		await person.runCommand('WorkOS Vault: Hide Revealed Values');
		await person.isolated(`.cm-line:has-text("${canaries.all.shown}")`).waitFor({ state: 'detached' });
		await person.closeEditors();
	});

	test('shows a value on its object’s page, and none there after a reload', async () => {
		const { person, canaries } = run;
		await person.openPage('on its page');
		await person.revealOnPage(canaries.all['on its page']);
		const reads = await run.vault.countReads();
		await person.reload();
		await person.reach('on its page');
		assert.deepEqual(canaries.find(Buffer.from(await person.readWindow())), []);
		assert.equal(await run.vault.countReads(), reads, 'a value was read');
		await person.openPage('on its page');
		await person.revealOnPage(canaries.all['on its page']);
		await person.isolated('vscode-button:has-text("Hide")').click();
		await person.isolated('pre').waitFor({ state: 'detached' });
		await person.closeEditors();
	});

	test('shows a value on its object’s page, and none there after the extension host was killed', async () => {
		const { person, canaries } = run;
		const name = 'left on its page';
		await person.openPage(name);
		await person.restorePage();
		await person.revealOnPage(canaries.all[name]);
		const reads = await run.vault.countReads();
		await run.killExtensionHost();
		await person.reload();
		await person.seeRestoredPage();
		assert.deepEqual(canaries.find(Buffer.from(await person.readWindow())), []);
		assert.equal(await run.vault.countReads(), reads, 'a value was read');
		await person.closeEditors();
	});

	for (const [name, milliseconds] of [
		['stalled', 2500],
		['stalled for long', 6000],
	]) {
		test(`takes what is typed while the extension host is busy for ${milliseconds / 1000} seconds`, async () => {
			await open(name);
			const { typed, text } = await toType(name);
			await run.stall(milliseconds, () => run.person.type(typed, 20));
			await run.person.seeIsolated(typed);
			await publish(name, text);
		});
	}

	test('settles a conflict after a comparison', async () => {
		const { person, canaries } = run;
		await open('compared');
		const { typed, text } = await toType('compared');
		await person.type(typed);
		await run.vault.publish('compared', canaries.make('compared, theirs'));
		await person.press('Control+S');
		await person.pressButton('Somebody published', 'Compare');
		await person.seeIsolated(canaries.all['compared, theirs']);
		await person.pressButton('Somebody published', 'Overwrite Theirs');
		await person.acknowledge('Published a new version');
		assert.equal(await run.vault.read('compared'), text);
		await person.closeEditors();
	});

	test('has its draft back after a reload, and no tab shows a value', async () => {
		const { person, canaries } = run;
		await person.revealInIsolation('shown');
		await person.seeIsolated(canaries.all.shown);
		await open('reloaded');
		const { typed, text } = await toType('reloaded');
		await run.typeAndKeep(typed);
		const reads = await run.vault.countReads();
		await person.reload();
		await person.notice('not published');
		assert.deepEqual(canaries.find(Buffer.from(await person.readWindow())), []);
		assert.equal(await run.vault.countReads(), reads, 'a value was read');
		await person.pressButton('not published', 'Reopen');
		await person.goIntoIsolated('reloaded');
		await person.seeIsolated(typed);
		await publish('reloaded', text);
	});

	test('has its draft back where the extension host was killed in mid-edit', async () => {
		await open('killed');
		const { typed, text } = await toType('killed');
		await run.typeAndKeep(typed);
		await run.killExtensionHost();
		// Nobody takes these keys any more, and nobody may write them down.
		await run.person.type(run.canaries.make('killed, typed after it'), 20);
		await delay(3000);
		await run.person.reload();
		await run.person.pressButton('not published', 'Reopen');
		await run.person.goIntoIsolated('killed');
		await run.person.seeIsolated(typed);
		await publish('killed', text);
	});
});
