import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	activeText,
	clearNotifications,
	connect,
	discardActiveEditor,
	leave,
	newDocument,
	notification,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';

suite('Encrypting and decrypting in a document', () => {
	let vault: TestVault;
	let editor: vscode.TextEditor;
	const plain = 'FIRST=alpha\nSECOND=beta\n';
	let encrypted: string;

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Encrypting');
		editor = await newDocument(plain);
	});
	suiteTeardown(async () => {
		await vscode.commands.executeCommand('workbench.action.files.revert');
		await leave(vault);
	});

	test('two selections become ciphertexts', async () => {
		editor.selections = [new vscode.Selection(0, 6, 0, 11), new vscode.Selection(1, 7, 1, 11)];
		await quickInput.runCommand('WorkOS Vault: Encrypt Selection…');
		await quickInput.pick('Acme');
		await quickInput.pick('Organization');
		await eventually(() => assert.match(editor.document.getText(), /^FIRST=[\w+/]{100,}=*\nSECOND=[\w+/]{100,}=*\n$/));
		encrypted = editor.document.getText();
		await ui.screenshot('encrypt-1-ciphertexts');
	});

	test('one undo brings both texts back, and redo both ciphertexts', async () => {
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.press('Control+Z');
		await eventually(() => assert.equal(editor.document.getText(), plain));
		await ui.screenshot('encrypt-3-undone');
		await ui.press('Control+Y');
		await eventually(() => assert.equal(editor.document.getText(), encrypted));
		await ui.screenshot('encrypt-4-redone');
	});

	test('a ciphertext is not encrypted again', async () => {
		const line = editor.document.lineAt(0);
		editor.selection = new vscode.Selection(0, 6, 0, line.text.length);
		await quickInput.runCommand('WorkOS Vault: Encrypt Selection…');
		await notification('is a ciphertext already');
		await clearNotifications();
	});

	test('decrypting with the cursor in a ciphertext shows its text in a revealed document', async () => {
		editor.selection = new vscode.Selection(0, 40, 0, 40);
		await quickInput.runCommand('WorkOS Vault: Decrypt');
		await eventually(() => assert.equal(activeText(), 'alpha'));
		assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'workos-vault');
		await ui.screenshot('encrypt-2-decrypted');
		assert.equal(editor.document.getText(), encrypted);
		await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
	});

	test('the menu of a text has a submenu with what works on a selection, and without one what works at the cursor', async () => {
		const word = '.monaco-editor .view-line:has-text("alpha") span span';
		const submenu = '.monaco-menu .action-label[aria-label="WorkOS Vault"]';
		const offered = async () => {
			await ui.rightClick(word);
			await ui.waitFor(submenu);
			const all = '.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)';
			const before = await ui.attributes(all, 'aria-label');
			await ui.click(submenu);
			await ui.waitFor('.monaco-menu .action-label[aria-label="Insert Reference"]');
			return (await ui.attributes(all, 'aria-label')).filter((label) => !before.includes(label));
		};
		const text = await newDocument('alpha');
		const onText = ['Decrypt', 'Decrypt in Place…', 'Re-encrypt Under…', 'Look Up Key Context'];
		await eventually(async () => {
			await ui.closeMenu();
			assert.deepEqual(await offered(), ['Insert Reference'], 'there is no ciphertext');
		});
		await ui.closeMenu();
		await eventually(async () => {
			text.selection = new vscode.Selection(0, 0, 0, 5);
			await ui.closeMenu();
			const encrypting = ['Encrypt Selection…', 'Encrypt with Associated Data…'];
			assert.deepEqual(await offered(), [...encrypting, 'Move to Vault…', 'Insert Reference']);
		});
		await ui.screenshot('encrypt-7-submenu');
		await ui.click('.monaco-menu .action-label[aria-label="Encrypt Selection…"]');
		await quickInput.pick('Acme');
		await quickInput.pick('Organization,');
		await eventually(() => assert.match(text.document.getText(), /^[\w+/]{100,}=*$/));
		await discardActiveEditor();
		const both = await newDocument(`alpha\n${encrypted}`);
		assert.deepEqual(
			await offered(),
			[...onText, 'Insert Reference'],
			'a right click is quicker than its cursor is told',
		);
		await ui.closeMenu();
		both.selection = new vscode.Selection(0, 0, 0, 5);
		await ui.waitFor('.monaco-editor .selected-text');
		assert.deepEqual(await offered(), [
			'Encrypt Selection…',
			'Encrypt with Associated Data…',
			...onText,
			'Move to Vault…',
			'Insert Reference',
		]);
		await ui.closeMenu();
		await discardActiveEditor();
	});

	test('a template of the language is filled, and takes the quotes', async () => {
		const settings = vscode.workspace.getConfiguration('workosVault');
		const templates = { typescript: 'await workos.vault.decrypt(${ciphertext})' };
		await settings.update('encrypt.template', templates, vscode.ConfigurationTarget.Global);
		const typescript = await newDocument("const key = 'alpha';", 'typescript');
		typescript.selection = new vscode.Selection(0, 13, 0, 18);
		await quickInput.runCommand('WorkOS Vault: Encrypt Selection…');
		await quickInput.pick('Acme');
		await quickInput.pick('Organization');
		await eventually(() =>
			assert.match(typescript.document.getText(), /^const key = await workos\.vault\.decrypt\('[\w+/]{100,}=*'\);$/),
		);
		await ui.screenshot('encrypt-5-template');
		await settings.update('encrypt.template', undefined, vscode.ConfigurationTarget.Global);
		await discardActiveEditor();
	});

	test('with associated data, nobody decrypts without it', async () => {
		const bound = await newDocument('alpha');
		bound.selection = new vscode.Selection(0, 0, 0, 5);
		await quickInput.runCommand('WorkOS Vault: Encrypt with Associated Data…');
		await quickInput.pick('Acme');
		await quickInput.pick('Organization');
		await eventually(async () =>
			assert.deepEqual(await ui.attributes(quickInput.input, 'placeholder'), ['The associated data']),
		);
		await quickInput.answer('row-17');
		await eventually(() => assert.match(bound.document.getText(), /^[\w+/]{100,}=*$/));
		await discardActiveEditor();
	});

	test('decrypting something else says so', async () => {
		editor = await vscode.window.showTextDocument(editor.document);
		editor.selection = new vscode.Selection(0, 1, 0, 1);
		await quickInput.runCommand('WorkOS Vault: Decrypt');
		await notification('This is not a Vault ciphertext.');
		await clearNotifications();
	});

	test('Create Data Key shows the fields as the API names them, and copies each', async () => {
		await quickInput.runCommand('WorkOS Vault: Create Data Key…');
		await quickInput.pick('Acme');
		await quickInput.pick('Organization,');
		await eventually(() => assert.match(activeText() ?? '', /"data_key"/));
		const shown = JSON.parse(activeText() ?? '') as Record<string, unknown>;
		assert.deepEqual(Object.keys(shown), ['id', 'context', 'data_key', 'encrypted_keys']);
		await notification('The data key is shown');
		await ui.screenshot('encrypt-6-data-key');
		await ui.pressNotification('The data key is shown', 'encrypted_keys');
		await notification('Copied encrypted_keys.');
		assert.equal(await vscode.env.clipboard.readText(), shown['encrypted_keys']);
		await ui.pressNotification('Copied encrypted_keys.', 'data_key');
		await notification('Copied data_key. The clipboard is cleared in');
		assert.equal(await vscode.env.clipboard.readText(), shown['data_key']);
		await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
		await clearNotifications();
	});
});
