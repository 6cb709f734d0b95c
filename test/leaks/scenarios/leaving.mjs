import assert from 'node:assert/strict';
import { until } from '../driver/until.mjs';
import { publish, settled, typeInto } from './steps.mjs';

/** Drafts that are left before they are published, and windows that are locked or loaded again. @type {import('../scenarios.mjs').Scenario[]} */
export const leaving = [
	{
		title: 'close the tab of an unpublished draft, reopen it, close and discard it',
		objects: ['closed'],
		async act(run) {
			const { person, canaries } = run;
			await typeInto(run, 'closed', 'closed, mine');
			await person.closeEditors();
			await person.pressButton('not published', 'Reopen');
			await person.seeText(canaries.all['closed, mine']);
			await person.clearNotices();
			await person.closeEditors();
			await person.pressButton('not published', 'Discard');
			await person.edit('closed');
			await person.page.waitForSelector(`.view-line:has-text("${canaries.all['closed, mine']}")`, {
				state: 'detached',
			});
			await person.closeEditors();
			await person.clearNotices();
		},
	},
	{
		title: 'lock with a reveal and a draft open and a value copied, unlock, go on with the draft',
		objects: ['locked', 'locked draft'],
		async act(run) {
			const { person, canaries } = run;
			await person.reveal('locked', canaries.all.locked);
			const mine = await typeInto(run, 'locked draft', 'locked draft, mine');
			await person.copy('locked', 'Copied the value of “locked”');
			await person.runCommand('WorkOS Vault: Lock Now');
			await person.page.waitForSelector('.tab', { state: 'detached' });
			await until(async () => (await person.readClipboard()) === '', 'The copied value is still on the clipboard');
			assert.deepEqual(canaries.find(Buffer.from(await person.readWindow())), []);
			await person.clearNotices();
			await person.runCommand('WorkOS Vault: Unlock');
			await person.pressButton('not published', 'Reopen');
			await person.goIntoDraft('locked draft');
			await person.seeText(canaries.all['locked draft, mine']);
			await publish(run, 'locked draft');
			assert.equal(await run.vault.read('locked draft'), mine);
			await person.closeEditors();
		},
	},
	{
		title: 'reload the window with a reveal, a diff and a draft open',
		objects: ['reloaded', 'reloaded draft', 'reloaded versions'],
		async act(run) {
			const { person, canaries } = run;
			await person.reveal('reloaded', canaries.all.reloaded);
			await run.vault.publish('reloaded versions', canaries.make('reloaded versions, second'));
			await person.runCommand('WorkOS Vault: Refresh');
			await person.expand('reloaded versions');
			await person.compare('Version 1', canaries.all['reloaded versions']);
			const mine = await typeInto(run, 'reloaded draft', 'reloaded draft, mine');
			const reads = await run.vault.countReads();

			await settled();
			await person.reload();
			await person.notice('not published');
			assert.deepEqual(canaries.find(Buffer.from(await person.readWindow())), []);
			for (const tab of await person.page.locator('.tab').all()) {
				await tab.click();
				await person.see('.editor-group-container.active .editor-instance');
				assert.deepEqual(canaries.find(Buffer.from(await person.readWindow())), []);
			}
			assert.equal(await run.vault.countReads(), reads, 'a value was read');

			await person.pressButton('not published', 'Reopen');
			await person.goIntoDraft('reloaded draft');
			await person.seeText(canaries.all['reloaded draft, mine']);
			await publish(run, 'reloaded draft');
			assert.equal(await run.vault.read('reloaded draft'), mine);
			await person.closeEditors();
		},
	},
];
