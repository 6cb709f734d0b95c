import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';

type Manifest = {
	contributes: {
		commands: { command: string; title: string }[];
		menus: { commandPalette: { command: string; when: string }[] };
	};
};

const items = '.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)';
const submenu = '.monaco-menu .action-label[aria-label="WorkOS Vault"]';

/** The titles of the commands whose condition in the palette is none, or one that keys which nobody set meet. */
function expected(): string[] {
	const { commands, menus } = (extension().packageJSON as Manifest).contributes;
	const conditions = new Map(menus.commandPalette.map(({ command, when }) => [command, when]));
	return commands
		.filter(({ command }) => !['false', 'workosVault.isScanning'].includes(conditions.get(command) ?? ''))
		.map(({ title }) => `WorkOS Vault: ${title}`);
}

suite('A fresh window in which WorkOS Vault was never opened', () => {
	suiteSetup(() => ui.resize(1280, 3600));
	suiteTeardown(() => ui.resize(1280, 800));
	teardown(() => assert.equal(extension().isActive, false, 'looking at the menus has activated the extension'));

	test('has all commands in its palette but those that need a row', async () => {
		await ui.press('F1');
		await quickInput.waitFor();
		await quickInput.fill('>WorkOS Vault: ');
		await eventually(async () => {
			const found = (await quickInput.items()).filter((label) => label.startsWith('WorkOS Vault: '));
			// VS Code has a command of its own for every view.
			const ours = found.filter((label) => !/: Focus on .* View$/.test(label));
			assert.deepEqual(ours.toSorted(), expected().toSorted());
		});
		await ui.screenshot('unopened-1-palette');
		await ui.press('Escape');
	});

	test('finds Encrypt Selection first by its name', async () => {
		await ui.press('F1');
		await quickInput.waitFor();
		await quickInput.fill('>Encrypt Selection');
		await eventually(async () => assert.equal((await quickInput.items())[0], 'WorkOS Vault: Encrypt Selection…'));
		await ui.press('Escape');
	});

	test('leaves out of the palette what works on a selection where a text is open and none of it is selected', async () => {
		const document = await vscode.workspace.openTextDocument({ content: 'alpha' });
		const editor = await vscode.window.showTextDocument(document);
		const found = async () => {
			await ui.press('F1');
			await quickInput.waitFor();
			await quickInput.fill('>WorkOS Vault: E');
			await eventually(async () => assert.ok((await quickInput.items()).includes('WorkOS Vault: Edit Value')));
			const shown = await quickInput.items();
			await ui.press('Escape');
			await quickInput.waitUntilClosed();
			return shown.filter((label) => label.includes('Encrypt Selection…'));
		};
		assert.deepEqual(await found(), []);
		editor.selection = new vscode.Selection(0, 0, 0, 5);
		await ui.waitFor('.monaco-editor .selected-text');
		assert.deepEqual(await found(), ['WorkOS Vault: Encrypt Selection…']);
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	});

	test('has the submenu of a text with what works on a selection', async () => {
		const document = await vscode.workspace.openTextDocument({ content: 'alpha' });
		const editor = await vscode.window.showTextDocument(document);
		editor.selection = new vscode.Selection(0, 0, 0, 5);
		await ui.rightClick('.monaco-editor .view-line:has-text("alpha") span span');
		await ui.waitFor(submenu);
		const before = await ui.attributes(items, 'aria-label');
		await ui.click(submenu);
		await ui.waitFor('.monaco-menu .action-label[aria-label="Decrypt"]');
		const offered = (await ui.attributes(items, 'aria-label')).filter((label) => !before.includes(label));
		await ui.screenshot('unopened-2-menu');
		assert.deepEqual(offered, [
			'Encrypt Selection…',
			'Encrypt with Associated Data…',
			'Decrypt',
			'Decrypt in Place…',
			'Re-encrypt Under…',
			'Look Up Key Context',
			'Move to Vault…',
			'Insert Reference',
		]);
		await ui.closeMenu();
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	});

	test('has the import in the menu of a .env file', async () => {
		const file = '.explorer-folders-view .monaco-list-row[aria-label^="settings.env"]';
		await ui.waitFor(file);
		await ui.rightClick(file);
		await ui.waitFor('.monaco-menu .action-label[aria-label="Import .env…"]');
		await ui.closeMenu();
	});
});
