import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	closeEditors,
	connect,
	isShown,
	leave,
	openOrganization,
	publishButton,
	startVault,
	takeFromRowMenu,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, throughout, ui } from '../../driver/ui';
import { clickBeside, goToEnd, inPage, revealInIsolation, status, tryToChange, waitForLines, waitForPage } from './tab';

const context = { organization_id: acme.id };
const objects = [
	{ name: 'database-url', value: 'postgres://app@db.internal/app', context },
	{ name: 'two-lines', value: 'first\nsecond', context },
];

suite('Revealing in isolation', () => {
	let vault: TestVault;
	const settings = vscode.workspace.getConfiguration('workosVault');
	const hidden = inPage('p:has-text("Hidden. Choose “Reveal Again”")');

	suiteSetup(async () => {
		vault = await startVault({ organizations: [acme], objects });
		await connect(vault, 'Revealing');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await settings.update('reveal.hideAfter', undefined, vscode.ConfigurationTarget.Global);
		await leave(vault);
	});

	/** Checks that neither the value of `two-lines` nor what was typed into its draft is in a text document. */
	function isInNoDocument(): void {
		const texts = vscode.workspace.textDocuments.map((document) => document.getText());
		assert.ok(!texts.some((text) => /first|second|half done/.test(text)));
	}

	test('the save key in a revealed value publishes no draft', async () => {
		await clickBeside('two-lines', 'edit');
		await ui.waitFor(publishButton);
		await ui.type('half done ');
		await eventually(() => assert.match(activeText() ?? '', /^half done /));
		await revealInIsolation('database-url');
		await ui.click(inPage('.cm-content'));
		await ui.press('Control+S');
		await throughout(async () => assert.equal((await vault.read('two-lines')).value, 'first\nsecond'), 1_500);
		await closeEditors();
		await ui.pressNotification('not published', 'Discard');
		await eventually(() => assert.equal(activeText(), undefined));
		// VS Code reads the discarded draft's document again, a moment later.
		await eventually(isInNoDocument);
	});

	test('a value is shown read-only, and comes into no text document', async () => {
		await revealInIsolation('two-lines');
		await waitForLines('first', 'second');
		assert.equal(await status(), 'Read-only');
		await goToEnd();
		await ui.type('x');
		await waitForLines('first', 'second');
		isInNoDocument();
		await ui.screenshot('isolated-6-reveal');
	});

	test('no key, paste, drop or input method changes what is shown', async () => {
		await closeEditors();
		await revealInIsolation('two-lines');
		await waitForLines('first', 'second');
		/** What is copied now, told to the window, which has the focus again. */
		const copied = async (): Promise<string> => {
			await goToEnd();
			await ui.press('Control+A');
			await ui.press('Control+C');
			await vscode.commands.executeCommand('workbench.action.focusSideBar');
			return ui.readClipboard();
		};
		await tryToChange('.cm-editor', 'first', 'second');
		await eventually(async () => assert.deepEqual((await copied()).split(/\r?\n/), ['first', 'second']));
		await ui.writeClipboard('');
		await closeEditors();
		await revealInIsolation('two-lines');
	});

	test('no key, paste, drop or input method changes a version that is compared with the current one', async () => {
		await vault.publish('two-lines', 'third\nfourth');
		await settings.update('editor', 'isolated', vscode.ConfigurationTarget.Global);
		await quickInput.runCommand('WorkOS Vault: Refresh');
		await ui.openRow('two-lines');
		await takeFromRowMenu('Version 1', 'Compare with Current', () => isShown(inPage('.cm-merge-b .cm-content')));
		await tryToChange('.cm-merge-a', 'first', 'second');
		await tryToChange('.cm-merge-b', 'third', 'fourth');
		await ui.screenshot('isolated-6-compare-unchanged');
		await settings.update('editor', undefined, vscode.ConfigurationTarget.Global);
		await closeEditors();
		await vault.publish('two-lines', 'first\nsecond');
		await revealInIsolation('two-lines');
	});

	test('it is there again after another tab was in front, until it is hidden', async () => {
		await revealInIsolation('database-url');
		await ui.click('.tab:has-text("two-lines")');
		await waitForPage('two-lines');
		await waitForLines('first', 'second');
		await quickInput.runCommand('WorkOS Vault: Hide Revealed Values');
		await ui.waitFor(hidden);
		await ui.screenshot('isolated-7-hidden');
		await ui.click('.tab:has-text("database-url")');
		await ui.waitFor('.tab.active:has-text("database-url")');
		await ui.waitFor(hidden);
		assert.equal(await ui.count(inPage('.cm-editor')), 0);
		await closeEditors();
	});

	test('it hides itself when nobody uses it', async () => {
		await revealInIsolation('two-lines');
		await settings.update('reveal.hideAfter', 1, vscode.ConfigurationTarget.Global);
		await ui.waitFor(hidden);
		await closeEditors();
	});
});
