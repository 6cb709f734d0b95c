import assert from 'node:assert/strict';
import { until } from '../driver/until.mjs';
import { settled } from './steps.mjs';

/** Values that are shown, copied and compared. @type {import('../scenarios.mjs').Scenario[]} */
export const showing = [
	{
		title: 'reveal, look for a part of it, hide',
		objects: ['reveal'],
		async act({ person, canaries }) {
			await person.reveal('reveal', canaries.all.reveal);
			await person.press('Control+A');
			await person.press('Control+F');
			await person.see('.find-widget.visible');
			await person.press('Escape');
			await person.runCommand('WorkOS Vault: Hide Revealed Values');
			await person.seeText('Hidden.');
			await person.closeEditors();
		},
	},
	{
		title: 'hide a value and reveal it again, in the text editor and in the isolated one',
		objects: ['again', 'again in isolation'],
		async act({ person, canaries }) {
			await person.reveal('again', canaries.all.again);
			await person.runCommand('WorkOS Vault: Hide Revealed Values');
			await person.seeText('Hidden.');
			await person.revealAgain();
			await person.seeText(canaries.all.again);
			await person.closeEditors();
			await person.revealInIsolation('again in isolation');
			await person.seeIsolated(canaries.all['again in isolation']);
			await person.runCommand('WorkOS Vault: Hide Revealed Values');
			await person.isolated('p:has-text("Hidden.")').waitFor();
			await person.revealAgain();
			await person.seeIsolated(canaries.all['again in isolation']);
			await person.closeEditors();
		},
	},
	{
		title: 'copy a value, which is cleared from the clipboard',
		objects: ['copy'],
		async act(run) {
			const { person, canaries } = run;
			await person.copy('copy', 'Copied the value of “copy”');
			await until(async () => (await person.readClipboard()) === canaries.all.copy, 'Nothing was copied');
			await person.clearNotices();
			// What is not cleared is found by the look.
			await until(async () => (await person.readClipboard()) === '', 'It stays there', 15_000).catch(() => {});
			await run.lookAtClipboard();
		},
	},
	{
		title: 'reveal and compare versions, restore one',
		objects: ['versions'],
		async act(run) {
			const { person, canaries } = run;
			const first = canaries.all.versions;
			await run.vault.publish('versions', canaries.make('versions, second'));
			await person.runCommand('WorkOS Vault: Refresh');
			await person.expand('versions');
			await person.reveal('Version 1', first);
			await person.compare('Version 1', first);
			await person.see(`.monaco-diff-editor .view-line:has-text("${canaries.all['versions, second']}")`);
			await person.choose('Version 1', 'Restore This Version…', '.monaco-dialog-box');
			await person.confirm('Restore');
			await person.acknowledge('is the current one again');
			assert.equal(await run.vault.read('versions'), first);
			await person.collapse('versions');
			await person.closeEditors();
		},
	},
	{
		title: 'presentation mode with a reveal open',
		objects: ['presented'],
		async act({ person, canaries }) {
			await person.reveal('presented', canaries.all.presented);
			await person.runCommand('WorkOS Vault: Start Presentation Mode');
			await person.page.waitForSelector('.tab', { state: 'detached' });
			await person.copy('presented', 'withheld');
			assert.deepEqual(canaries.find(Buffer.from(await person.readWindow())), []);
			await person.runCommand('WorkOS Vault: Stop Presentation Mode');
			await person.clearNotices();
		},
	},
	{
		title: 'reopen the closed editor of a reveal, and go back to it: it stays hidden',
		objects: ['reopened'],
		async act(run) {
			const { person, canaries } = run;
			await person.reveal('reopened', canaries.all.reopened);
			await person.closeEditor();
			const reads = await run.vault.countReads();
			for (const command of ['View: Reopen Closed Editor', 'Go Back']) {
				await person.runCommand(command);
				await settled();
				assert.deepEqual(canaries.find(Buffer.from(await person.readWindow())), []);
			}
			assert.equal(await run.vault.countReads(), reads, 'a value was read');
			await person.closeEditors();
		},
	},
];
