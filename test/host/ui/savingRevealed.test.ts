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
	startVault,
	type TestVault,
} from '../product';
import { eventually, quickInput, ui } from '../ui';

const name = 'database-url';
const sentence = 'A revealed value is not saved to a file';

suite('Saving a revealed value', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Saving');
		await openOrganization(acme.name);
	});
	suiteTeardown(() => leave(vault));
	setup(clearNotifications);
	teardown(closeEditors);

	/** Presses Ctrl+S, and sees a sentence and no question for a file. */
	async function isRefused(): Promise<void> {
		await ui.press('Control+S');
		await notification(sentence);
		assert.equal(await ui.count('.quick-input-widget:visible'), 0);
	}

	test('is refused with a sentence, in the text and on its tab', async () => {
		const { value } = await vault.read(name);
		await pressRowAction(name, 'eye', () => assert.equal(activeText(), value));
		await ui.click('.editor-instance .view-line');
		await isRefused();
		await ui.screenshot('save-refused');
		await clearNotifications();
		await ui.click('.tab.active');
		await isRefused();
	});

	test('is refused in a comparison of versions', async () => {
		await vault.publish(name, 'newer');
		await quickInput.runCommand('WorkOS Vault: Refresh');
		await vscode.commands.executeCommand('workbench.action.focusSideBar');
		void vscode.commands.executeCommand('workosVault.compareWithCurrent');
		await quickInput.waitFor();
		await quickInput.fill(name);
		await ui.waitFor(`.quick-input-list .monaco-list-row.focused:has-text("${name}")`);
		await ui.press('Enter');
		await quickInput.pick('Version 1');
		await eventually(() => assert.equal(activeText(), 'newer'));
		for (const side of ['original', 'modified']) {
			await ui.click(`.monaco-diff-editor .${side} .view-line`);
			await isRefused();
			await clearNotifications();
		}
	});

	test('takes nothing from a draft, which the same key publishes', async () => {
		const { value } = await vault.read(name);
		await pressRowAction(name, 'eye', () => assert.equal(activeText(), value));
		await pressRowAction(name, 'edit', () => assert.equal(activeText(), value));
		await ui.waitFor(publishButton);
		await ui.type('mine ');
		await ui.press('Control+S');
		await notification('Published a new version');
		assert.equal((await vault.read(name)).value, `mine ${value}`);
		assert.ok(!(await ui.notifications()).some(({ message }) => message.includes(sentence)));
	});
});
