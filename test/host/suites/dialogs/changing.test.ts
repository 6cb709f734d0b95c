import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	discardActiveEditor,
	isConfirming,
	isShown,
	isTold,
	leave,
	newDocument,
	notification,
	openOrganization,
	pressOnRow,
	pressRowAction,
	reveal,
	startVault,
	statusItem,
	takeFromRowMenu,
	type TestVault,
} from '../../driver/product';
import { logs } from '../../driver/logs';
import { eventually, quickInput, row, throughout, ui } from '../../driver/ui';

const clearAfter = 10;
const value = 'postgres://app@db.internal/app';
const clipboardItem = statusItem('clipboard');

/** Copies the value with the button beside its row. */
async function copyValue(): Promise<void> {
	await pressRowAction('database-url', 'copy', () => isTold('Copied the value of “database-url”.'));
	assert.equal(await ui.readClipboard(), value);
}

/** Changes how long a copied value stays on the clipboard, or takes the change back. */
const keepCopied = (seconds: number | undefined) =>
	vscode.workspace
		.getConfiguration('workosVault')
		.update('clipboard.clearAfter', seconds, vscode.ConfigurationTarget.Global);

suite('Deleting, versions, files and the clipboard', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		vault = await startVault();
		await vault.publish('database-url', 'second');
		await vault.publish('database-url', 'third');
		await keepCopied(clearAfter);
		await connect(vault, 'Dialogs');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await closeEditors();
		await keepCopied(undefined);
		await leave(vault);
	});
	setup(async () => {
		await ui.press('Escape');
		await closeEditors();
		await clearNotifications();
	});

	test('an older version is revealed with its number in the tab', async () => {
		await ui.openRow('database-url');
		await ui.waitFor(row('Version 1'));
		await reveal('Version 1', value);
		await ui.waitFor('.tab.active .label-name:text-is("database-url (version 1)")');
	});

	test('an older version is compared with the current one', async () => {
		const title = '.tab.active .label-name:has-text("database-url (version 2) ↔ database-url (current)")';
		await pressRowAction('Version 2', 'diff', () => isShown(title));
		await ui.waitFor('.monaco-diff-editor .view-line:has-text("second")');
		await ui.waitFor('.monaco-diff-editor .view-line:has-text("third")');
		await ui.screenshot('versions-1-compare');
	});

	test('restoring a version asks first, then publishes its value', async () => {
		await takeFromRowMenu('Version 1', 'Restore This Version…', isConfirming);
		assert.match(await ui.dialogText(), /Restore version 1 of “database-url”\?/);
		await ui.screenshot('versions-2-restore');
		await ui.pressDialog('Restore');
		await notification('Version 1 of “database-url” is the current one again.');
		assert.equal((await vault.read('database-url')).value, value);
		await eventually(async () => assert.match(await ui.treePicture(), /· Version 4 {2}current/));
		await ui.click(row('database-url'));
	});

	test('a copied value is on the clipboard, and is cleared when its time is up', async () => {
		await copyValue();
		await ui.screenshot('clipboard-1-copied');
		await eventually(async () => assert.equal(await ui.readClipboard(), ''));
		await clearNotifications();
		await newDocument('Pasted: ');
		await vscode.commands.executeCommand('cursorBottom');
		await ui.press('Control+V');
		await ui.type('nothing');
		await eventually(() => assert.equal(activeText(), 'Pasted: nothing'));
		await ui.screenshot('clipboard-2-cleared');
		await discardActiveEditor();
	});

	test('the clipboard is left alone when something else is on it by then', async () => {
		await copyValue();
		await ui.writeClipboard('something else');
		const unchanged = async () => assert.equal(await ui.readClipboard(), 'something else');
		await throughout(unchanged, (clearAfter + 2) * 1000);
	});

	test('the status bar counts down to the clearing, and a click on it clears at once', async () => {
		await keepCopied(60);
		try {
			await copyValue();
			const left = async () => Number(/Clipboard: (\d+)/.exec((await ui.texts(clipboardItem)).join())?.[1]);
			const start = await eventually(async () => {
				const seconds = await left();
				assert.ok(seconds > 0 && seconds <= 60, String(seconds));
				return seconds;
			});
			await ui.screenshot('clipboard-3-countdown');
			await eventually(async () => assert.ok((await left()) < start));
			await ui.click(clipboardItem);
			await eventually(async () => assert.equal(await ui.readClipboard(), ''));
			await ui.waitFor(clipboardItem, 'detached');
		} finally {
			await keepCopied(clearAfter);
		}
	});

	test('while the person works in another program, the clipboard is left, and cleared when they are back', async () => {
		await copyValue();
		await ui.setFocused(false);
		try {
			await ui.waitFor(`${clipboardItem}:has-text("cleared when you are back")`);
			assert.equal(await ui.readClipboard(), value);
		} finally {
			await ui.setFocused(true);
		}
		await eventually(async () => assert.equal(await ui.readClipboard(), ''));
	});

	test('locking clears a copied value from the clipboard at once', async () => {
		await keepCopied(60);
		try {
			await copyValue();
			await quickInput.runCommand('WorkOS Vault: Lock Now');
			await eventually(async () => assert.equal(await ui.readClipboard(), ''));
		} finally {
			await keepCopied(clearAfter);
			await quickInput.runCommand('WorkOS Vault: Unlock');
		}
		await openOrganization(acme.name);
	});

	test('a name is copied from the row’s menu', async () => {
		await takeFromRowMenu('database-url', 'Copy Name', async () =>
			assert.equal(await ui.readClipboard(), 'database-url'),
		);
	});

	test('the bytes of a chosen file become a new object’s value', async () => {
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		assert.ok(folder);
		const file = vscode.Uri.joinPath(folder.uri, 'value.pem');
		await vscode.workspace.fs.writeFile(file, Buffer.from('line one\r\nline two\n'));
		await quickInput.runCommand('WorkOS Vault: Create Object…');
		await quickInput.pick('Acme');
		await quickInput.answer('from-file');
		await quickInput.pick('Organization,');
		await quickInput.pick('Take It from a File…');
		await ui.waitFor('.quick-input-list .monaco-list-row[aria-label^="value.pem"]');
		await ui.screenshot('create-4-file');
		await quickInput.pick('value.pem');
		await quickInput.pick('Keep It');
		await notification('Created “from-file”.');
		assert.equal((await vault.read('from-file')).value, 'line one\r\nline two\n');
	});

	test('deleting names the object and its organization, and does nothing when it is cancelled', async () => {
		await takeFromRowMenu('settings.json', 'Delete Object…', isConfirming);
		const text = await ui.dialogText();
		assert.match(text, /Delete “settings.json”\?/);
		assert.match(text, /It belongs to Acme\./);
		assert.match(text, /unavailable at once/);
		await ui.screenshot('delete-1-question');
		await ui.pressDialog('Cancel');
		assert.ok((await vault.read('settings.json')).id);
	});

	test('an object that somebody changed meanwhile is not deleted', async () => {
		// Its version is known then, and checked when the person has said yes.
		await pressRowAction('settings.json', 'copy', () => isTold('Copied the value of “settings.json”.'));
		await vault.publish('settings.json', 'newer');
		await takeFromRowMenu('settings.json', 'Delete Object…', isConfirming);
		await ui.pressDialog('Delete');
		await notification('Somebody published a newer version of “settings.json”');
		assert.equal((await vault.read('settings.json')).value, 'newer');
	});

	test('the Delete key deletes an object after asking', async () => {
		await ui.select('settings.json');
		await pressOnRow('Delete', isConfirming);
		await ui.pressDialog('Delete');
		await notification('Deleted “settings.json”.');
		await assert.rejects(vault.read('settings.json'), /404/);
		await eventually(async () => assert.doesNotMatch(await ui.treePicture(), /settings\.json/));
		await ui.screenshot('delete-2-gone');
	});

	test('the log tells of requests, and of no value, key or name', async () => {
		await quickInput.runCommand('WorkOS Vault: Show Log');
		await eventually(async () => assert.match((await ui.texts('.panel .view-lines')).join('\n'), /\s\/vault\/v1\/kv/));
		await ui.screenshot('log-1');
		await eventually(() => assert.match(logs().own, /DELETE \/vault\/v1\/kv\/[\w-]+ 409/));
		assert.doesNotMatch(logs().own, /postgres|sk_test|database-url|settings\.json/);
	});
});
