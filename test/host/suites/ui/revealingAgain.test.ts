import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	isShown,
	newDocument,
	pressRowAction,
	publishButton,
	reveal,
	suiteVault,
} from '../../driver/product';
import { ciphertextIn } from '../../driver/ciphertext';
import { inPage, revealInIsolation, waitForLines } from '../isolated/tab';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const name = 'database-url';
const button = '.editor-actions .codicon-eye';

suite('Revealing again', () => {
	const vault = suiteVault('Again');
	setup(clearNotifications);
	teardown(closeEditors);

	const tabs = async () => ui.texts('.editor-group-container .tab .label-name');
	const hide = () => quickInput.runCommand('WorkOS Vault: Hide Revealed Values');

	test('a value that was hidden has a button in the title, which its text names, and is shown in its place', async () => {
		const { value } = await vault.read(name);
		await reveal(name, value);
		assert.equal(await ui.count(button), 0);
		await hide();
		await eventually(() => assert.match(activeText() ?? '', /^Hidden\. Choose “Reveal Again”, the eye in the title/));
		await ui.waitFor(button);
		await ui.screenshot('hidden-again');
		await ui.click(button);
		await eventually(() => assert.equal(activeText(), value));
		await eventually(async () => assert.deepEqual(await tabs(), [name]));
		await ui.waitFor(button, 'detached');
	});

	test('a tab that was opened again has no button: its text says where the value is', async () => {
		const { value } = await vault.read(name);
		await reveal(name, value);
		const uri = vscode.window.activeTextEditor?.document.uri;
		assert.ok(uri);
		await closeEditors();
		await vscode.window.showTextDocument(uri);
		await eventually(() => assert.match(activeText() ?? '', /^Hidden\. Choose “Reveal Value” on the object/));
		assert.equal(await ui.count(button), 0);
	});

	test('a comparison that was hidden is shown again as one', async () => {
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
		await hide();
		await eventually(() => assert.match(activeText() ?? '', /^Hidden\./));
		await ui.click(button);
		await eventually(() => assert.equal(activeText(), 'newer'));
		await eventually(async () => assert.deepEqual(await tabs(), [`${name} (version 1) ↔ ${name} (current)`]));
	});

	test('theirs in a conflict that was hidden is shown again beside the draft', async () => {
		await pressRowAction(name, 'edit', () => isShown(publishButton));
		await vault.publish(name, 'theirs');
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.type('mine ');
		await ui.press('Control+S');
		await ui.pressNotification('Somebody published', 'Compare');
		const theirs = '.monaco-diff-editor .original .view-line:has-text("theirs")';
		await ui.waitFor(theirs);
		assert.equal(await ui.count(button), 0);
		await hide();
		await ui.waitFor('.monaco-diff-editor .original .view-line:has-text("Reveal Again")');
		await ui.waitFor(button);
		await ui.screenshot('hidden-again-conflict');
		await ui.click(button);
		await ui.waitFor(theirs);
		await eventually(async () => assert.deepEqual(await tabs(), [name, `${name} (theirs) ↔ your draft`]));
		await ui.waitFor(button, 'detached');
		await closeEditors();
		await ui.pressNotification('is not published', 'Discard');
	});

	test('a decrypted text that was hidden is decrypted again', async () => {
		const { ciphertext } = await ciphertextIn(vault, 'plaintext', acme);
		await newDocument(ciphertext);
		await vscode.commands.executeCommand('workosVault.decryptSelection');
		await eventually(() => assert.equal(activeText(), 'plaintext'));
		await hide();
		await eventually(() => assert.match(activeText() ?? '', /while its ciphertext stands in the open document\.\n$/));
		await ui.click(button);
		await eventually(() => assert.equal(activeText(), 'plaintext'));
		await eventually(async () => assert.ok(!(await tabs()).some((tab) => tab.includes('hidden'))));
		await closeEditors();
	});

	test('so does one in the isolated editor', async () => {
		const { value } = await vault.read(name);
		await revealInIsolation(name);
		assert.equal(await ui.count(button), 0);
		await hide();
		await ui.waitFor(inPage('p:has-text("Hidden.")'));
		await ui.click(button);
		await waitForLines(value);
		await eventually(async () => assert.deepEqual(await tabs(), [name]));
		await ui.waitFor(button, 'detached');
	});

	test('the lock closes what was hidden, too', async () => {
		const { value } = await vault.read(name);
		await reveal(name, value);
		await hide();
		await ui.waitFor(button);
		await quickInput.runCommand('WorkOS Vault: Lock Now');
		await eventually(async () => assert.deepEqual(await tabs(), []));
		// The view gets the focus, as nothing else is open.
		await ui.waitFor('.welcome-view-content:focus');
		await quickInput.runCommand('WorkOS Vault: Unlock');
		await ui.waitFor(row(acme.name));
	});
});
