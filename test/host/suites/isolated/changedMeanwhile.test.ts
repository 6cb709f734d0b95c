import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	clearNotifications,
	closeEditors,
	connect,
	leave,
	notification,
	openOrganization,
	publishLater,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';
import { clickBeside, edit, inPage, waitForLines, waitForPage } from './tab';

const name = 'database-url';

suite('What changed meanwhile, in the isolated editor', () => {
	let vault: TestVault;
	const settings = vscode.workspace.getConfiguration('workosVault');

	suiteSetup(async () => {
		await settings.update('editor', 'isolated', vscode.ConfigurationTarget.Global);
		vault = await startVault();
		await connect(vault, 'Changed in isolation');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await settings.update('editor', undefined, vscode.ConfigurationTarget.Global);
		await leave(vault);
	});
	setup(clearNotifications);
	teardown(closeEditors);

	/** What the page says above the text, to everybody and to a screen reader. */
	const notice = async () => (await ui.texts(inPage('[role=status].notice'))).join('');

	async function publishAsAnother(value: string): Promise<void> {
		await publishLater(vault, name, value);
		await quickInput.runCommand('WorkOS Vault: Refresh');
	}

	test('a revealed value says above the text that a newer one was published', async () => {
		const { value } = await vault.read(name);
		await clickBeside(name, 'eye');
		await waitForPage(name);
		assert.equal(await notice(), '');
		await publishAsAnother('of another client');
		await eventually(async () => assert.match(await notice(), /published a newer version .+ “Reveal Value” shows it/));
		await waitForLines(value);
		await ui.screenshot('changed-meanwhile-isolated');
		await ui.pressNotification('has changed.', 'Reveal Again');
		await waitForLines('of another client');
		assert.equal(await notice(), '');
	});

	test('a draft says so until it goes on from there', async () => {
		await edit(name);
		await publishAsAnother('theirs');
		await eventually(async () => assert.match(await notice(), /compare, overwrite, or take theirs/));
		await waitForLines('of another client');
		await ui.click(inPage('.cm-content'));
		await ui.type('mine');
		await ui.press('Control+S');
		await ui.pressNotification('while you edited it', 'Overwrite Theirs');
		await notification('Published a new version');
		await eventually(async () => assert.equal(await notice(), ''));
	});
});
