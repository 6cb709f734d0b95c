import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	leave,
	notification,
	openOrganization,
	pressRowAction,
	publishButton,
	publishLater,
	startVault,
	type TestVault,
} from '../product';
import { eventually, quickInput, ui } from '../ui';

const name = 'database-url';
const isNews = /published a newer version/;

suite('What changed meanwhile', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Changed meanwhile');
		await openOrganization(acme.name);
	});
	suiteTeardown(() => leave(vault));
	setup(clearNotifications);
	teardown(closeEditors);

	/** Opens the object with a button beside it. @returns what it holds */
	async function open(icon: string): Promise<string> {
		const { value } = await vault.read(name);
		await pressRowAction(name, icon, () => assert.equal(activeText(), value));
		return value;
	}

	/** Publishes as another client, and has the catalog look. */
	async function publishAsAnother(value: string): Promise<void> {
		await publishLater(vault, name, value);
		await quickInput.runCommand('WorkOS Vault: Refresh');
	}

	/** What is drawn beside the text of the editors. */
	const drawn = async () => (await ui.contents('.editor-instance .view-line span')).join('\n');

	test('a revealed value says that a newer one was published, and shows it when asked', async () => {
		const value = await open('eye');
		assert.doesNotMatch(await drawn(), isNews);
		await publishAsAnother('of another client');
		await notification(`“${name}” has changed.`);
		await eventually(async () => assert.match(await drawn(), isNews));
		assert.equal(activeText(), value);
		await ui.screenshot('changed-meanwhile');
		await ui.pressNotification('has changed.', 'Reveal Again');
		await eventually(() => assert.equal(activeText(), 'of another client'));
		await eventually(async () => assert.doesNotMatch(await drawn(), isNews));
	});

	test('a value that was hidden says nothing any more', async () => {
		await open('eye');
		await publishAsAnother('of another client again');
		await eventually(async () => assert.match(await drawn(), isNews));
		await quickInput.runCommand('WorkOS Vault: Hide Revealed Values');
		await eventually(async () => assert.doesNotMatch(await drawn(), isNews));
	});

	test('a draft says so before it is saved, and no more once it goes on from there', async () => {
		const value = await open('edit');
		await ui.waitFor(publishButton);
		await publishAsAnother('theirs');
		await eventually(async () => assert.match(await drawn(), /compare, overwrite, or take theirs/));
		assert.equal(activeText(), value);
		await ui.screenshot('changed-meanwhile-draft');
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.type('mine');
		await ui.press('Control+S');
		await ui.pressNotification('while you edited it', 'Overwrite Theirs');
		await notification('Published a new version');
		await eventually(async () => assert.doesNotMatch(await drawn(), isNews));
	});
});
