import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	connect,
	isShown,
	keptDrafts,
	loadPatience,
	notification,
	openOrganization,
	openSidebar,
	pressRowAction,
	publishButton,
	startVault,
	statusItem,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, throughout, ui } from '../../driver/ui';

const unlockButton = '.welcome-view .monaco-button:has-text("Unlock")';
const lockItem = statusItem('lock');
const tabs = '.editor-group-container .tab';
const typed = ' typed-and-not-published';

suite('The lock over two windows', () => {
	let vault: TestVault;
	let second: number;

	/** The documents that hold a text, open in a tab or only in memory. */
	const holding = (text: string) =>
		vscode.workspace.textDocuments.filter((document) => document.getText().includes(text)).map(({ uri }) => uri.path);

	async function waitUntilLocked(windows = [0, second]): Promise<void> {
		for (const window of windows) {
			await ui.waitFor({ selector: unlockButton, window });
			await eventually(async () => assert.equal(await ui.count({ selector: tabs, window }), 0));
		}
	}

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Locked');
		await openOrganization(acme.name);
		second = await ui.openWindow();
		await openSidebar(second);
		await ui.waitFor({ selector: row(acme.name), window: second, timeout: loadPatience });
	});
	suiteTeardown(async () => {
		await ui.closeWindow(second);
		vault.stop();
	});

	/** Sets the time without use after which everything locks, in minutes, and waits for the lock. */
	async function lockWithoutUse(minutes = 0.05): Promise<void> {
		const settings = vscode.workspace.getConfiguration('workosVault');
		await settings.update('lock.after', minutes, vscode.ConfigurationTarget.Global);
		try {
			// VS Code itself takes a window for idle after a minute or so.
			await eventually(async () => assert.equal(await ui.count(unlockButton), 1), 150_000);
			await waitUntilLocked([0]);
		} finally {
			await settings.update('lock.after', undefined, vscode.ConfigurationTarget.Global);
		}
	}

	test('Lock Now hides what is revealed, puts drafts away and ends the session, in every window', async () => {
		await pressRowAction('database-url', 'edit', () => isShown(publishButton));
		await vscode.commands.executeCommand('cursorBottom');
		await ui.type(typed);
		await eventually(() => assert.ok(activeText()?.endsWith(typed)));
		await ui.openRow(acme.name, { window: second });
		const value = { selector: '.view-line:has-text("retries")', window: second };
		await pressRowAction('settings.json', 'eye', () => isShown(value), { window: second });
		await ui.click('.part.sidebar .action-label.codicon-lock');
		await waitUntilLocked();
		await eventually(() => assert.deepEqual(holding(typed.trim()), []));
		for (const window of [0, second]) await ui.waitFor({ selector: `${lockItem}:has-text("Vault locked")`, window });
		await ui.screenshot('lock-1-locked');
		await ui.screenshot('lock-2-locked-too', { window: second });
	});

	test('while locked, a window that is opened shows nothing either', async () => {
		await ui.closeWindow(second);
		second = await ui.openWindow();
		await openSidebar(second);
		await ui.waitFor({ selector: unlockButton, window: second, timeout: loadPatience });
		assert.equal(await ui.count({ selector: row(acme.name), window: second }), 0);
	});

	test('unlocking is a click, and brings the vault back in every window', async () => {
		await ui.click(unlockButton);
		await notification('The draft of “database-url” is not published');
		await ui.screenshot('lock-3-offered');
		for (const window of [0, second]) await ui.waitFor({ selector: row(acme.name), window });
	});

	test('after unlocking, the draft is offered in its own window, with all that was typed', async () => {
		await throughout(async () => assert.deepEqual(await ui.notifications({ window: second }), []), 1_000);
		await ui.pressNotification('is not published', 'Reopen');
		await eventually(() => assert.ok(activeText()?.endsWith(typed)));
		assert.deepEqual(await ui.notifications({ window: second }), []);
		await ui.waitFor(publishButton);
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await ui.pressNotification('is not published', 'Discard');
		// One that is still there would be offered with those of the next tests.
		await eventually(() => assert.deepEqual(keptDrafts(), []));
	});

	test('without use for the time of the setting, everything locks by itself, also where a window’s client has vanished', async () => {
		// In use until now, as its extension host goes on to believe.
		await ui.click({ selector: row(acme.name), window: second });
		await ui.setFrozen(second, true);
		// Longer than the 15 s after which a window in use says so again.
		await lockWithoutUse(0.35);
		await ui.setFrozen(second, false);
		await waitUntilLocked();
		await ui.click(unlockButton);
		await ui.waitFor(row(acme.name));
	}).timeout(240_000);

	test('so does a draft that is open after signing out', async () => {
		await openOrganization(acme.name);
		await pressRowAction('settings.json', 'edit', () => isShown(publishButton));
		await ui.type(typed);
		await quickInput.runCommand('WorkOS Vault: Sign Out…');
		await notification('Signed out');
		await quickInput.runCommand('WorkOS Vault: Reopen Draft');
		await ui.waitFor({ frame: 'iframe.webview.ready', selector: `.cm-content:has-text("${typed.trim()}")` });
		await lockWithoutUse();
		await waitUntilLocked();
		await ui.click(unlockButton);
		await ui.pressNotification('is not published', 'Discard');
		await ui.waitFor('.welcome-view .monaco-button:has-text("Connect with an API Key…")');
		await eventually(() => assert.deepEqual(keptDrafts(), []));
	}).timeout(200_000);
});
