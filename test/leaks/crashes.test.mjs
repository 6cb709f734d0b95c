import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { suite, suiteSetup, suiteTeardown, teardown, test } from 'mocha';
import { Run } from './driver/run.mjs';
import { until } from './driver/until.mjs';
import { ended } from './ended.mjs';

suite('A window that is killed', function () {
	this.timeout(180_000);
	const run = new Run('crashes', { env: { CODE_SERVER_RECONNECTION_GRACE_TIME: '1' } });

	suiteSetup(async () => {
		await run.begin(['before', 'window', 'everything', 'on its page']);
		// Who has been here before has keys in the secret storage. In a browser it comes to the disk late, or at the end.
		await edit('before');
		await publish('before');
		await run.stop();
		await run.start();
	});
	teardown(async function () {
		if (this.currentTest.state !== 'failed') return;
		console.log(await run.person.readLabels());
		await run.person.picture(this.currentTest.title);
	});
	suiteTeardown(async () => {
		await run.end();
		ended.push(run);
	});

	/** Types into a draft, until what was typed is kept. Answers the draft's text. */
	async function edit(name) {
		const { person, canaries, vault } = run;
		const before = await vault.read(name);
		const typed = `-${canaries.make(`${name}, typed`)}`;
		await person.edit(name);
		await run.typeAndKeep(typed);
		return before + typed;
	}

	async function publish(name) {
		await run.person.press('Control+S');
		await run.person.acknowledge(`Published a new version of “${name}”`);
		await run.person.closeEditors();
	}

	/** Kills something in the middle of an edit, and expects the draft to be there as it was typed. */
	async function crash(name, kill) {
		const text = await edit(name);
		await kill();
		await run.person.pressButton('not published', 'Reopen');
		await run.person.goIntoDraft(name);
		await publish(name);
		assert.equal(await run.vault.read(name), text);
	}

	test('has its draft back where the browser was killed in mid-edit', () =>
		crash('window', async () => {
			run.killBrowser();
			// VS Code's server keeps a lost window's extension host for a time, and with it the draft's owner.
			await until(() => run.extensionHosts.length === 0, 'The extension host does not end');
			await run.openWindow();
		}));

	test('has its draft back where the browser and the server were killed in mid-edit', () =>
		crash('everything', async () => {
			await run.killAll();
			await run.start();
		}));

	test('has the page of an object back, without the value that it showed when all was killed', async () => {
		const name = 'on its page';
		await run.person.openPage(name);
		await run.person.restorePage();
		await run.person.revealOnPage(run.canaries.all[name]);
		const reads = await run.vault.countReads();
		// What VS Code writes of what it shows is written by then.
		await delay(3000);
		await run.killAll();
		await run.start();
		await run.person.seeRestoredPage();
		await run.person.isolated(`h1:has-text("${name}")`).waitFor();
		assert.deepEqual(run.canaries.find(Buffer.from(await run.person.readWindow())), []);
		assert.equal(await run.vault.countReads(), reads, 'a value was read');
		await run.person.closeEditors();
	});
});
