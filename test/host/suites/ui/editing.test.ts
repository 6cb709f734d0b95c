import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	isTold,
	notification,
	openOrganization,
	pressRowAction,
	publishButton,
	publishLater,
	suiteVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

/** Opens an object's value for editing with the pencil beside it, and waits until it may be typed in. */
async function edit(name: string): Promise<void> {
	await pressRowAction(name, 'edit', () => {
		const uri = vscode.window.activeTextEditor?.document.uri;
		assert.equal(uri?.scheme, 'workos-vault-draft');
	});
	await ui.waitFor(`.tab.active .label-name:text-is("${name}")`);
	await ui.waitFor(publishButton);
}

/** Types at the end of the active editor. */
async function typeAtEnd(text: string): Promise<void> {
	await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
	await vscode.commands.executeCommand('cursorBottom');
	await ui.type(text);
	await eventually(() => assert.ok(activeText()?.endsWith(text), activeText()));
}

suite('Editing and publishing', () => {
	const vault = suiteVault('Editing');
	setup(clearNotifications);

	test('what is typed is published as a new version with the save key', async () => {
		const before = await vault.read('database-url');
		await edit('database-url');
		assert.equal(activeText(), before.value);
		await typeAtEnd('?ssl=on');
		await ui.screenshot('edit-1-draft');
		await ui.press('Control+S');
		await notification('Published a new version of “database-url”.');
		const after = await vault.read('database-url');
		assert.equal(after.value, 'postgres://app@db.internal/app?ssl=on');
		assert.notEqual(after.metadata.version_id, before.metadata.version_id);
		await ui.screenshot('edit-2-published');
	});

	test('the new version stands in the tree at once', async () => {
		await ui.openRow('database-url');
		await eventually(async () => assert.match(await ui.treePicture(), /· Version 2 {2}current/));
		await ui.click(row('database-url'));
	});

	test('saving again without a change publishes nothing', async () => {
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.press('Control+S');
		await notification('Nothing to publish');
		await closeEditors();
	});

	test('line ends and the last newline reach the vault as they were', async () => {
		await edit('settings.json');
		await typeAtEnd('x');
		await ui.press('Control+S');
		await notification('Published a new version of “settings.json”.');
		assert.equal((await vault.read('settings.json')).value, '{\r\n  "retries": 3\r\n}\r\nx');
		await closeEditors();
	});

	test('VS Code never takes the document for dirty for long, so it has nothing to back up', async () => {
		await edit('database-url');
		await typeAtEnd(' and more');
		await eventually(() => assert.equal(vscode.window.activeTextEditor?.document.isDirty, false), 10_000);
		await ui.waitFor('.tab.active .monaco-icon-label-container:has-text("database-url")');
		await vscode.commands.executeCommand('undo');
	});

	test('a conflict overwrites theirs when the person says so', async () => {
		await vault.publish('database-url', 'theirs 1');
		await typeAtEnd(' mine 1');
		const mine = activeText();
		await ui.press('Control+S');
		await notification('Somebody published a newer version of “database-url”');
		await ui.screenshot('edit-3-conflict');
		assert.equal((await vault.read('database-url')).value, 'theirs 1');
		assert.equal(activeText(), mine);
		await ui.pressNotification('Somebody published', 'Overwrite Theirs');
		await notification('Published a new version');
		assert.equal((await vault.read('database-url')).value, mine);
		await ui.screenshot('edit-8-overwritten');
	});

	test('a conflict takes theirs when the person says so, and undo brings mine back', async () => {
		await vault.publish('database-url', 'theirs 2');
		await typeAtEnd(' mine 2');
		const mine = activeText();
		await ui.press('Control+S');
		await ui.pressNotification('Somebody published', 'Take Theirs');
		await notification('holds their version');
		await ui.screenshot('edit-9-taken');
		assert.equal(activeText(), 'theirs 2');
		assert.equal((await vault.read('database-url')).value, 'theirs 2');
		await vscode.commands.executeCommand('undo');
		await eventually(() => assert.equal(activeText(), mine));
		await vscode.commands.executeCommand('redo');
		await eventually(() => assert.equal(activeText(), 'theirs 2'));
	});

	test('a conflict can be compared first, and decides nothing', async () => {
		await vault.publish('database-url', 'theirs 3');
		await typeAtEnd(' mine 3');
		const mine = activeText();
		await ui.press('Control+S');
		await ui.pressNotification('Somebody published', 'Compare');
		await ui.waitFor('.tab.active .label-name:has-text("database-url (theirs) ↔ your draft")');
		await ui.waitFor('.monaco-diff-editor .view-line:has-text("theirs")');
		await ui.screenshot('edit-4-compare');
		assert.equal((await vault.read('database-url')).value, 'theirs 3');
		await ui.pressNotification('Somebody published', 'Overwrite Theirs');
		await notification('Published a new version');
		assert.equal((await vault.read('database-url')).value, mine);
		await closeEditors();
	});

	test('the message about a closed draft does nothing any more once that was published, and says so', async () => {
		await edit('database-url');
		await typeAtEnd(' settled');
		const mine = activeText();
		await closeEditors();
		await notification('is not published');
		await quickInput.runCommand('WorkOS Vault: Reopen Draft');
		await eventually(() => assert.equal(activeText(), mine));
		await ui.pressNotification('is not published', 'Discard');
		await notification('is open again, so nothing was discarded');
		assert.equal(activeText(), mine);
		await clearNotifications();
		await closeEditors();
		await notification('is not published');
		await quickInput.runCommand('WorkOS Vault: Reopen Draft');
		await eventually(() => assert.equal(activeText(), mine));
		await ui.waitFor(publishButton);
		await ui.press('Control+S');
		await notification('Published a new version');
		await ui.pressNotification('is not published', 'Reopen');
		await notification('is published or discarded meanwhile');
		await ui.screenshot('edit-10-overtaken');
		await closeEditors();
		await clearNotifications();
	});

	test('a closed draft is offered again with all that was typed', async () => {
		await edit('database-url');
		await typeAtEnd(' kept');
		const mine = activeText();
		await closeEditors();
		await notification('kept encrypted on this machine');
		await ui.screenshot('edit-5-closed');
		await ui.pressNotification('is not published', 'Reopen');
		await eventually(() => assert.equal(activeText(), mine));
		await closeEditors();
		await ui.pressNotification('is not published', 'Discard');
		await edit('database-url');
		await eventually(async () => assert.equal(activeText(), (await vault.read('database-url')).value));
		await closeEditors();
	});

	test('a lock in the middle of a save by VS Code itself loses nothing of what was typed', async () => {
		await edit('database-url');
		const typed = ' locked';
		let isSaving = false;
		const slowing = vscode.workspace.onWillSaveTextDocument((saved) => {
			isSaving ||= saved.document.getText().endsWith(typed);
			saved.waitUntil(new Promise<void>((resolve) => setTimeout(resolve, 700)));
		});
		try {
			await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
			await vscode.commands.executeCommand('cursorBottom');
			await ui.insert(typed);
			await eventually(() => assert.ok(activeText()?.endsWith(typed)));
			const mine = activeText();
			await eventually(() => assert.equal(isSaving, true));
			await vscode.commands.executeCommand('workosVault.lockNow');
			await eventually(() => assert.equal(activeText(), undefined));
			await vscode.commands.executeCommand('workosVault.unlock');
			await notification('WorkOS Vault is unlocked.');
			await ui.pressNotification('is not published', 'Reopen');
			await eventually(() => assert.equal(activeText(), mine));
		} finally {
			slowing.dispose();
		}
		await closeEditors();
		await ui.pressNotification('is not published', 'Discard');
		await openOrganization(acme.name);
	});

	test('a value that the editor can’t hold exactly opens read-only, and says why', async () => {
		await vault.publish('settings.json', 'mixed\r\nline\nends');
		await pressRowAction('settings.json', 'edit', () => isTold('can’t hold the value of “settings.json” exactly'));
		await ui.screenshot('edit-7-inexact');
		await ui.waitFor(publishButton, 'detached');
		const before = activeText();
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.type('x');
		await ui.waitFor('.monaco-editor-overlaymessage');
		assert.equal(activeText(), before);
		await closeEditors();
		assert.equal((await vault.read('settings.json')).value, 'mixed\r\nline\nends');
	});

	for (const [form, address] of [
		['as they are', '//gone/Acme/database-url'],
		['as they were once', '/gone/database-url'],
	] as const) {
		test(`a tab of a draft that is gone is closed, without an error, with addresses ${form}: nothing would take what is typed there`, async () => {
			const uri = vscode.Uri.parse(`workos-vault-draft:${address}/value.workos-vault-secret`);
			await vscode.window.showTextDocument(uri);
			await eventually(async () => assert.equal(await ui.count('.editor-group-container .tab'), 0));
			assert.deepEqual(await ui.notifications(), []);
			assert.equal((await vscode.workspace.fs.readFile(uri)).length, 0);
		});
	}

	test('what is typed into the document of a draft that is gone stays nowhere', async () => {
		const uri = vscode.Uri.parse('workos-vault-draft://gone/Acme/database-url/draft.workos-vault-secret');
		const document = await vscode.workspace.openTextDocument(uri);
		const texts: string[] = [];
		const changes = vscode.workspace.onDidChangeTextDocument(() => texts.push(document.getText()));
		const typed = new vscode.WorkspaceEdit();
		typed.insert(uri, new vscode.Position(0, 0), 'typed in vain');
		try {
			assert.ok(await vscode.workspace.applyEdit(typed));
			await eventually(() => assert.deepEqual([document.getText(), document.isDirty], ['', false]));
		} finally {
			changes.dispose();
		}
		assert.ok(texts.includes('typed in vain'));
		assert.equal((await vscode.workspace.fs.readFile(uri)).length, 0);
	});

	test('what stands above a draft is its organization and its name, and its tab tells it from a revealed value', async () => {
		const badge = async () => (await ui.contents('.tab.active .monaco-icon-label')).join('');
		await pressRowAction('database-url', 'eye', () =>
			assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'workos-vault'),
		);
		await eventually(async () => assert.deepEqual(await ui.texts('.tab.active .label-name'), ['database-url']));
		assert.doesNotMatch(await badge(), /✎/);
		await edit('database-url');
		const folders = await ui.texts('.breadcrumbs-control .monaco-breadcrumb-item');
		assert.deepEqual(folders, ['Acme', 'database-url', 'draft.workos-vault-secret']);
		await eventually(async () => assert.match(await badge(), /✎/));
		await ui.screenshot('edit-8-address');
		await closeEditors();
	});

	test('a draft is read-only while a setting would let VS Code write it to the disk', async () => {
		const language = { languageId: 'workos-vault-secret' };
		const files = vscode.workspace.getConfiguration('files', language);
		await edit('database-url');
		await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global, true);
		try {
			await notification('The draft is read-only');
			await ui.screenshot('edit-6-guard');
			await ui.waitFor(publishButton, 'detached');
			const before = activeText();
			await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
			await ui.type('x');
			await ui.waitFor('.monaco-editor-overlaymessage');
			assert.equal(activeText(), before);
		} finally {
			await files.update('autoSave', undefined, vscode.ConfigurationTarget.Global, true);
		}
		await ui.waitFor(publishButton);
		await typeAtEnd(' again');
		await ui.press('Control+S');
		await notification('Published a new version');
	});

	for (const [mine, theirs] of [
		['one\ntwo\nthree\n', 'one\r\ntwo\r\nthree\r\nTHEIRS\r\n'],
		['one\r\ntwo\r\nthree\r\n', 'one\ntwo\nTHEIRS'],
	] as const) {
		test(`theirs with other line ends are taken, and undone in two steps: ${JSON.stringify(theirs)}`, async () => {
			await closeEditors();
			await publishLater(vault, 'database-url', mine);
			await edit('database-url');
			await typeAtEnd('mine');
			const typed = activeText();
			await publishLater(vault, 'database-url', theirs);
			await ui.press('Control+S');
			await ui.pressNotification('Somebody published', 'Take Theirs');
			await notification('holds their version');
			await eventually(() => assert.equal(activeText(), theirs));
			for (const text of [typed, theirs]) {
				for (let step = 0; step < 2; step++) await vscode.commands.executeCommand(text === typed ? 'undo' : 'redo');
				await eventually(() => assert.equal(activeText(), text));
			}
			for (let step = 0; step < 2; step++) await vscode.commands.executeCommand('undo');
			await ui.press('Control+S');
			await notification('Published a new version of “database-url”.');
			assert.equal((await vault.read('database-url')).value, typed);
			await closeEditors();
		});
	}
});
