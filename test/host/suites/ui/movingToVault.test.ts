import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	clearNotifications,
	connect,
	discardActiveEditor,
	leave,
	newDocument,
	notification,
	openOrganization,
	openSidebar,
	startVault,
	takeFromRowMenu,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';

const secret = 'sk_live_9d1c';
const source = `const STRIPE_API_KEY = "${secret}";\n`;

suite('Moving a secret out of code', () => {
	let vault: TestVault;
	let editor: vscode.TextEditor;

	suiteSetup(async () => {
		await openSidebar();
		vault = await startVault();
		await connect(vault, 'Moving');
		editor = await newDocument(source, 'typescript');
	});
	suiteTeardown(async () => {
		await vscode.window.showTextDocument(editor.document);
		await vscode.commands.executeCommand('workbench.action.files.revert');
		await leave(vault);
	});

	test('Move to Vault suggests the variable’s name, and leaves a call of the SDK in its place', async () => {
		editor.selection = new vscode.Selection(0, 24, 0, 24 + secret.length);
		await quickInput.runCommand('WorkOS Vault: Move to Vault…');
		await quickInput.pick('Acme');
		await eventually(async () =>
			assert.deepEqual(await ui.attributes(quickInput.input, 'placeholder'), ['The object’s name']),
		);
		await ui.screenshot('move-1-name');
		await ui.press('Enter');
		await quickInput.pick('Organization,');
		await notification('“stripe-api-key” is in the vault. The old text is still in undo');
		await eventually(() =>
			assert.equal(
				editor.document.getText(),
				'const STRIPE_API_KEY = (await workos.vault.readObjectByName("stripe-api-key")).value;\n',
			),
		);
		await ui.screenshot('move-2-moved');
		assert.equal((await vault.read('stripe-api-key')).value, secret);
		await clearNotifications();
	});

	test('one undo brings the old text back', async () => {
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.press('Control+Z');
		await eventually(() => assert.equal(editor.document.getText(), source));
		await ui.press('Control+Y');
		await eventually(() => assert.match(editor.document.getText(), /readObjectByName/));
	});

	test('Insert Reference puts a call of the SDK at the cursor that reads the object that was picked', async () => {
		const python = await newDocument('token = ', 'python');
		python.selection = new vscode.Selection(0, 8, 0, 8);
		await quickInput.runCommand('WorkOS Vault: Insert Reference');
		await quickInput.fill('stripe');
		await eventually(async () => assert.deepEqual(await quickInput.items(), ['stripe-api-key']));
		await ui.press('Enter');
		await eventually(() =>
			assert.equal(python.document.getText(), 'token = client.vault.get_name("stripe-api-key").value'),
		);
		await ui.screenshot('move-3-inserted');
		await discardActiveEditor();
	});

	test('Insert Reference on an object’s row reads that object', async () => {
		await openOrganization(acme.name);
		const python = await newDocument('url = ', 'python');
		python.selection = new vscode.Selection(0, 6, 0, 6);
		await takeFromRowMenu('database-url', 'Insert Reference', () =>
			assert.equal(python.document.getText(), 'url = client.vault.get_name("database-url").value'),
		);
		await discardActiveEditor();
	});
});
