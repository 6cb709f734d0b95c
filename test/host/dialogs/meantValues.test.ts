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
import { eventually, quickInput, row, ui } from '../ui';

const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEF\n-----END PRIVATE KEY-----';

suite('The value that a person means', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Meant');
		await openOrganization(acme.name);
	});
	suiteTeardown(() => leave(vault));
	setup(clearNotifications);

	const valueOf = async () => (await vault.read('database-url')).value;

	/** Begins to replace the value, up to the question where the new one comes from. */
	async function beginReplacing(): Promise<void> {
		await ui.contextMenu(row('database-url'), 'Replace Value…');
		await quickInput.waitFor();
	}

	/** Opens the value for editing, once it may be typed in. */
	async function edit(): Promise<void> {
		await pressRowAction('database-url', 'edit', () => assert.ok(activeText() !== undefined));
		await ui.waitFor(publishButton);
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
	}

	test('a key of several lines that is pasted into the masked box can be had as it is', async () => {
		await ui.writeClipboard(pem);
		await beginReplacing();
		await quickInput.pick('Type or Paste It');
		await eventually(async () => assert.equal(await quickInput.isMasked(), true));
		await ui.press('Control+V');
		await ui.press('Enter');
		await notification('What you pasted has several lines');
		await ui.screenshot('meant-1-lines');
		await ui.pressNotification('several lines', 'Use the Clipboard');
		await notification('Published a new version of “database-url”');
		assert.equal(await valueOf(), pem);
	});

	test('a line break at the end of what was copied is asked about', async () => {
		await ui.writeClipboard('secret\n');
		await beginReplacing();
		await quickInput.pick('Use the Clipboard');
		await ui.waitFor('.quick-input-list .monaco-list-row[aria-label^="Leave It Out"]');
		await ui.screenshot('meant-2-ends');
		await quickInput.pick('Leave It Out');
		await notification('Published a new version of “database-url”');
		assert.equal(await valueOf(), 'secret');
	});

	test('a draft whose text is all gone is published after a question only', async () => {
		await edit();
		await ui.press('Control+A');
		await ui.press('Delete');
		await eventually(() => assert.equal(activeText(), ''));
		await ui.press('Control+S');
		assert.match(await ui.dialogText(), /Publish an empty value of “database-url”\?/);
		await ui.screenshot('meant-3-empty');
		await ui.pressDialog('Cancel');
		assert.equal(await valueOf(), 'secret');
		await ui.press('Control+S');
		await ui.pressDialog('Publish Empty Value');
		await notification('Published a new version of “database-url”');
		assert.equal(await valueOf(), '');
		await closeEditors();
	});

	test('what is typed into a draft over the questions of Replace Value is kept, and nothing is replaced', async () => {
		await edit();
		await ui.writeClipboard('from the clipboard');
		await beginReplacing();
		await ui.click('.editor-instance .view-lines');
		await ui.type('typed meanwhile');
		await eventually(() => assert.equal(activeText(), 'typed meanwhile'));
		await quickInput.pick('Use the Clipboard');
		await notification('“database-url” has an unpublished draft, so it was not replaced');
		await eventually(() => assert.equal(activeText(), 'typed meanwhile'));
		assert.equal(await valueOf(), '');
		await closeEditors();
		await ui.pressNotification('not published', 'Discard');
	});

	const compared = 'settings.json (version 1) (lines end in CRLF) ↔ settings.json (current) (lines end in LF)';

	/** Compares the first version with the current one, in a tab of this title. */
	async function compare(title: string): Promise<void> {
		const tab = `.tab.active .label-name:text-is(${JSON.stringify(title)})`;
		await pressRowAction('Version 1', 'diff', async () => assert.equal(await ui.count(tab), 1));
	}

	test('a comparison shows blanks at the ends of lines, and says how the lines end', async () => {
		await vault.publish('settings.json', '{\n  "retries": 3  \n}\n');
		await quickInput.runCommand('WorkOS Vault: Refresh');
		await ui.click(row('settings.json'));
		await compare(compared);
		await ui.waitFor('.monaco-diff-editor .line-insert');
		await ui.screenshot('meant-4-compared');
		await closeEditors();
	});

	test('a comparison says that line ends alone differ, and that a folder hides blanks at the ends of lines', async () => {
		const diff = vscode.workspace.getConfiguration('diffEditor', { languageId: 'workos-vault-secret' });
		await diff.update('ignoreTrimWhitespace', true, vscode.ConfigurationTarget.Workspace, true);
		try {
			await vault.publish('settings.json', '{\n  "retries": 3\n}\n');
			await quickInput.runCommand('WorkOS Vault: Refresh');
			const said = 'Differ in line ends only, blanks at the ends of lines are not compared';
			await compare(`${said}: ${compared} (diffEditor.ignoreTrimWhitespace)`);
			await ui.screenshot('meant-5-compared-without-blanks');
		} finally {
			await diff.update('ignoreTrimWhitespace', undefined, vscode.ConfigurationTarget.Workspace, true);
		}
		await closeEditors();
	});

	test('a copied value is cleared from the clipboard also where the system has changed its line ends', async () => {
		const settings = vscode.workspace.getConfiguration('workosVault');
		await settings.update('clipboard.clearAfter', 4, vscode.ConfigurationTarget.Global);
		try {
			await vault.publish('settings.json', 'first\nsecond\n');
			await ui.clickRowAction('settings.json', 'copy');
			await notification('Copied the value of “settings.json”.');
			await ui.writeClipboard('first\r\nsecond\r\n');
			await eventually(async () => assert.equal(await ui.readClipboard(), ''));
		} finally {
			await settings.update('clipboard.clearAfter', undefined, vscode.ConfigurationTarget.Global);
		}
	});
});
