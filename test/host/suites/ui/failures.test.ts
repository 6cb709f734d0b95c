import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	activeText,
	clearNotifications,
	closeEditors,
	isTold,
	notification,
	pressRowAction,
	startConnecting,
	startVault,
	suiteVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const welcomeButton = (label: string): string => `.welcome-view .monaco-button:has-text("${label}")`;

suite('When something goes wrong', () => {
	const vault = suiteVault('Failing');

	test('a list that can’t be loaded is a row with the reason, and Retry loads it in place', async () => {
		vault.halt();
		await ui.openRow('database-url');
		await eventually(async () => assert.match(await ui.treePicture(), /· Retry {2}Cannot reach 127\.0\.0\.1/));
		await ui.screenshot('failure-1-row');
		await vault.restart();
		await ui.clickAway('Cannot reach');
		await eventually(async () => assert.match(await ui.treePicture(), /· Version 1 {2}current/));
		await ui.click(row('database-url'));
	});

	test('an object that is gone by now is said to be deleted, and leaves the tree', async () => {
		const { id } = await vault.read('settings.json');
		await vault.call('DELETE', `/vault/v1/kv/${id}`);
		const sentence = '“settings.json” is not in the vault any more: it was deleted on';
		await pressRowAction('settings.json', 'eye', () => isTold(sentence));
		await eventually(async () => assert.doesNotMatch(await ui.treePicture(), /settings\.json/));
		await clearNotifications();
	});

	test('a revealed value hides itself when it is not used', async () => {
		const settings = vscode.workspace.getConfiguration('workosVault');
		await pressRowAction('database-url', 'eye', () => assert.match(activeText() ?? '', /^postgres/));
		await settings.update('reveal.hideAfter', 1, vscode.ConfigurationTarget.Global);
		try {
			await eventually(() => assert.match(activeText() ?? '', /^Hidden\./));
		} finally {
			await settings.update('reveal.hideAfter', undefined, vscode.ConfigurationTarget.Global);
		}
		await closeEditors();
	});

	test('a vault that can’t be reached at all has welcome content with Refresh', async () => {
		vault.halt();
		await ui.click('.part.sidebar .action-label[aria-label^="Refresh"]');
		await ui.waitFor({ selector: welcomeButton('Refresh') });
		await ui.screenshot('failure-2-offline');
		await vault.restart();
		await ui.click(welcomeButton('Refresh'));
		await ui.waitFor(row('Acme'));
	});

	test('a key that is refused by now has welcome content with Replace API Key', async () => {
		await vault.restart('sk_test_rotated');
		// The title's buttons move where one comes or goes, such as the one that stops a scan: a click may find none.
		await eventually(async () => {
			await ui.click('.part.sidebar .action-label[aria-label^="Refresh"]');
			await ui.waitFor({ selector: welcomeButton('Replace API Key…'), timeout: 5_000 });
		});
		await ui.screenshot('failure-3-refused');
		await ui.click(welcomeButton('Replace API Key…'));
		await quickInput.answer('sk_test_rotated');
		await ui.waitFor(row('Acme'));
	});

	test('an empty vault says so, and offers to create an object', async () => {
		const empty = await startVault({ organizations: [], objects: [] });
		try {
			await startConnecting(empty.url);
			await quickInput.answer(empty.apiKey);
			await eventually(async () => assert.equal(await quickInput.isMasked(), false));
			await quickInput.answer('Empty');
			await ui.waitFor(welcomeButton('Create Object…'));
			await ui.screenshot('failure-4-empty');
			await quickInput.runCommand('WorkOS Vault: Sign Out…');
			await quickInput.pick('Empty');
			await notification('Signed out of “Empty”');
		} finally {
			empty.stop();
		}
	});

	test('the walkthrough opens and has four steps', async () => {
		const walkthrough = 'workos-vault-explorer.workos-vault-explorer#start';
		const steps = `.getting-started-step[data-step-id^="${walkthrough}#"]`;
		// VS Code 1.105 learns of an extension's walkthroughs while it opens its first one, which is one of its own then.
		await eventually(async () => {
			await closeEditors();
			await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
			await ui.waitFor({ selector: steps, timeout: 2_000 });
		});
		assert.equal(await ui.count(steps), 4);
		await ui.screenshot('walkthrough-1');
	});
});
