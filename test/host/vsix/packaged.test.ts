import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, openSidebar } from '../product';
import { eventually, ui } from '../ui';

suite('The packaged extension', () => {
	test('is installed, not under development', () => {
		assert.match(extension().extensionPath, /extensions/);
		assert.equal(extension().isActive, false, 'something has activated the extension already');
	});

	test('ignores the variable of npm start', async () => {
		process.env['WORKOS_VAULT_DEV_LOCAL'] = 'demo';
		await openSidebar();
		await ui.waitFor('.welcome-view .monaco-button:has-text("Try Local Vault")');
		assert.equal(extension().isActive, true);
	});

	test('starts Local Vault and lists its organizations', async () => {
		await ui.click('.welcome-view .monaco-button:has-text("Try Local Vault")');
		await eventually(async () => assert.match(await ui.treePicture(), /▸ Arctic Tern Logistics/), 20_000);
		await ui.screenshot('vsix-1-organizations');
	});

	test('ends Local Vault when the person signs out', async () => {
		await vscode.commands.executeCommand('workosVault.signOut');
		await ui.waitFor('.welcome-view .monaco-button:has-text("Try Local Vault")');
	});
});
