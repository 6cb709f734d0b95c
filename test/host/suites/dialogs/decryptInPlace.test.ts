import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ciphertextIn } from '../../driver/ciphertext';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	discardActiveEditor,
	leave,
	newDocument,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';

suite('Decrypting in place', () => {
	let vault: TestVault;
	let text: string;

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'In place');
		const { ciphertext } = await ciphertextIn(vault, 'alpha', acme);
		text = `A title\nTOKEN="${ciphertext}"\n`;
		const editor = await newDocument(text);
		editor.selection = new vscode.Selection(1, 30, 1, 30);
	});
	suiteTeardown(async () => {
		await discardActiveEditor();
		await closeEditors();
		await clearNotifications();
		await leave(vault);
	});

	test('says where the plaintext then is, and changes nothing when it is cancelled', async () => {
		await quickInput.runCommand('WorkOS Vault: Decrypt in Place…');
		const told = await ui.dialogText();
		assert.match(told, /Replace this ciphertext by its plaintext\?/);
		for (const place of ['undo', 'backups', 'Local History', 'git']) assert.ok(told.includes(place), place);
		await ui.screenshot('cipher-5-in-place');
		await ui.pressDialog('Cancel');
		assert.equal(activeText(), text);
	});

	test('replaces the ciphertext after a yes, and one undo brings it back', async () => {
		await quickInput.runCommand('WorkOS Vault: Decrypt in Place…');
		await ui.pressDialog('Decrypt in Place');
		await eventually(() => assert.equal(activeText(), 'A title\nTOKEN="alpha"\n'));
		await ui.screenshot('cipher-5-replaced');
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.press('Control+Z');
		await eventually(() => assert.equal(activeText(), text));
	});

	/** Brings a document of a language with a ciphertext of `plaintext` to the front, and decrypts it in place. */
	const decryptIn = async (languageId: string, before: string, plaintext: string, after: string): Promise<void> => {
		const { ciphertext } = await ciphertextIn(vault, plaintext, acme);
		const editor = await newDocument(before + ciphertext + after);
		await vscode.languages.setTextDocumentLanguage(editor.document, languageId);
		const offset = before.length + 30;
		editor.selection = new vscode.Selection(0, offset, 0, offset);
		await quickInput.runCommand('WorkOS Vault: Decrypt in Place…');
		await ui.pressDialog('Decrypt in Place');
	};

	test('a plaintext is written as the document’s language writes it', async () => {
		await decryptIn('json', '{"token": "', 'say "hi"\n', '"}');
		await eventually(() => assert.equal(activeText(), '{"token": "say \\"hi\\"\\n"}'));
		await discardActiveEditor();
	});

	test('where its place can’t hold it, the document stays as it is, and the plaintext is shown beside', async () => {
		await decryptIn('python', 'token = f"', '{not an expression}', '"');
		await ui.pressNotification('can’t be written safely where its ciphertext stands', 'Decrypt');
		await eventually(() => assert.equal(activeText(), '{not an expression}'));
		await ui.screenshot('cipher-6-beside');
		await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
		await eventually(() => assert.match(activeText() ?? '', /^token = f"[A-Za-z0-9+/]/));
		await discardActiveEditor();
	});
});
