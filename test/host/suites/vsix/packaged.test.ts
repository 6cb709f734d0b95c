import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { extension, openSidebar } from '../../driver/product';
import { eventually, ui } from '../../driver/ui';

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

	test('starts Local Vault as the settings say, and lists its organizations', async () => {
		const settings = vscode.workspace.getConfiguration('workosVault');
		await settings.update('localVault.purgeAfter', 7, vscode.ConfigurationTarget.Global);
		await ui.click('.welcome-view .monaco-button:has-text("Try Local Vault")');
		await eventually(async () => assert.match(await ui.treePicture(), /▸ Arctic Tern Logistics/));
		await ui.screenshot('vsix-1-organizations');
		assert.match(commandLines().join('\n'), /localVault\.js .*--purge-after 7 /);
	});

	test('ends Local Vault when the person signs out', async () => {
		await vscode.commands.executeCommand('workosVault.signOut');
		await ui.waitFor('.welcome-view .monaco-button:has-text("Try Local Vault")');
	});
});

/** Of all processes, on Linux, which this suite runs on. */
function commandLines(): string[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map((pid) => {
			try {
				return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
			} catch {
				return ''; // It has ended since.
			}
		});
}
