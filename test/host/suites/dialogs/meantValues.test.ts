import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	isAsked,
	isTold,
	leave,
	notification,
	openOrganization,
	pressRowAction,
	publishButton,
	startVault,
	takeFromRowMenu,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';

const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEF\n-----END PRIVATE KEY-----';

suite('The value that a person means', () => {
	let vault: TestVault;
	let folder: string;

	suiteSetup(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'meant-values-'));
		vault = await startVault();
		await connect(vault, 'Meant');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await rm(folder, { recursive: true, force: true });
		await leave(vault);
	});
	setup(clearNotifications);

	const valueOf = async () => (await vault.read('database-url')).value;

	/** Begins to replace the value, up to the question where the new one comes from. */
	async function beginReplacing(): Promise<void> {
		await takeFromRowMenu('database-url', 'Replace Value…', isAsked);
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

	/** Replaces the value by what a file of these bytes holds, chosen by its path. */
	async function takeFromFile(bytes: readonly number[]): Promise<void> {
		const taken = path.join(folder, 'value.bin');
		await writeFile(taken, Uint8Array.from(bytes));
		await beginReplacing();
		await quickInput.pick('Take It from a File…');
		// VS Code's own dialog for files takes no path before it has shown the files of the workspace.
		const file = (name: string) => `.quick-input-list .monaco-list-row[aria-label^="${name}"]`;
		await ui.waitFor(file('settings.env'));
		await quickInput.fill(taken);
		await ui.waitFor(file('value.bin'));
		await ui.click('.quick-input-widget .monaco-button:has-text("Use as Value")');
	}

	test('a file with a mark of its byte order gives its text without the mark', async () => {
		await takeFromFile([0xef, 0xbb, 0xbf, ...Buffer.from('pässword')]);
		await notification('Published a new version of “database-url”');
		assert.equal(await valueOf(), 'pässword');
		await clearNotifications();
		await takeFromFile([0xff, 0xfe, ...Buffer.from('пароль', 'utf16le')]);
		await notification('Published a new version of “database-url”');
		assert.equal(await valueOf(), 'пароль');
	});

	test('a file in UTF-16 without a mark is refused with the advice to save it as UTF-8', async () => {
		const before = await valueOf();
		await takeFromFile([...Buffer.from('пароль', 'utf16le')]);
		await notification('The file looks like UTF-16 text without a byte order mark');
		await ui.screenshot('meant-6-utf16');
		assert.equal(await valueOf(), before);
	});

	test('control characters inside a value are asked about', async () => {
		await takeFromFile([...Buffer.from('secr\x01et\n')]);
		await ui.waitFor('.quick-input-list .monaco-list-row[aria-label^="Leave It Out"]');
		await ui.screenshot('meant-7-controls');
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
		await ui.openRow('settings.json');
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
		await settings.update('clipboard.clearAfter', 10, vscode.ConfigurationTarget.Global);
		try {
			await vault.publish('settings.json', 'first\nsecond\n');
			await pressRowAction('settings.json', 'copy', () => isTold('Copied the value of “settings.json”.'));
			await ui.writeClipboard('first\r\nsecond\r\n');
			await eventually(async () => assert.equal(await ui.readClipboard(), ''));
		} finally {
			await settings.update('clipboard.clearAfter', undefined, vscode.ConfigurationTarget.Global);
		}
	});
});
