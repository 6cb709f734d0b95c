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
	publishButton,
	startVault,
	type TestVault,
} from '../product';
import { eventually, ui } from '../ui';

suite('A draft and an extension that changes what is saved', () => {
	let vault: TestVault;
	let other: vscode.Disposable;

	suiteSetup(async () => {
		vault = await startVault({ organizations: [acme], objects: [] });
		const object = { name: 'plain', value: 'plain', key_context: { organization_id: acme.id } };
		await vault.call('POST', '/vault/v1/kv', object);
		await connect(vault, 'Changed on saving');
		await openOrganization(acme.name);
		// As one does that keeps to an `insert_final_newline` of an .editorconfig.
		other = vscode.workspace.onWillSaveTextDocument((event) => {
			const { document } = event;
			const end = document.lineAt(document.lineCount - 1).range.end;
			if (end.character > 0) event.waitUntil(Promise.resolve([vscode.TextEdit.insert(end, '\n')]));
		});
	});
	suiteTeardown(async () => {
		other.dispose();
		await closeEditors();
		await clearNotifications();
		await leave(vault);
	});

	test('what it changed is published after a question only', async () => {
		await ui.clickRowAction('plain', 'edit');
		await ui.waitFor(publishButton);
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await vscode.commands.executeCommand('cursorBottom');
		await ui.type('X');
		await eventually(() => assert.equal(activeText(), 'plainX\n'));
		await ui.press('Control+S');
		assert.match(await ui.dialogText(), /Publish “plain” as it is now\?.*Another extension changed white space in it/s);
		await ui.screenshot('changed-on-saving');
		await ui.pressDialog('Cancel');
		assert.equal((await vault.read('plain')).value, 'plain');
		await ui.press('Control+S');
		await ui.pressDialog('Publish as It Is');
		await notification('Published a new version of “plain”.');
		assert.equal((await vault.read('plain')).value, 'plainX\n');
	});
});
