import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	isConfirming,
	isTold,
	leave,
	pressOnRow,
	startVault,
	takeFromRowMenu,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const dialog = '.monaco-dialog-box:visible';
const focused = '.part.sidebar .monaco-list-row.focused';
const several = { modifiers: ['Control'] } as const;

suite('Keys on the rows of the tree', () => {
	let vault: TestVault;
	const trees = vscode.workspace.getConfiguration('workbench.tree');

	suiteSetup(async () => {
		// A click that opens a row, too, would put rows between the two.
		await trees.update('expandMode', 'doubleClick', vscode.ConfigurationTarget.Global);
		vault = await startVault();
		await vault.call('POST', '/vault/v1/kv', {
			name: 'mqtt-url',
			value: 'mqtt://broker',
			key_context: { organization_id: acme.id },
		});
		await connect(vault, 'Keys');
		await quickInput.runCommand('WorkOS Vault: Find Object…');
		// Its rows are drawn anew while objects are learnt: a click may go nowhere.
		await quickInput.fill('mqtt-url');
		await ui.waitFor('.quick-input-list .monaco-list-row.focused:has-text("mqtt-url")');
		await ui.press('Enter');
		await ui.waitFor(row('settings.json'));
	});
	suiteTeardown(async () => {
		await trees.update('expandMode', undefined, vscode.ConfigurationTarget.Global);
		await leave(vault);
	});
	setup(async () => {
		// A question that a failed test left open would lie over all others.
		if ((await ui.count(dialog)) > 0) await ui.pressDialog('Cancel');
		await clearNotifications();
	});
	teardown(closeEditors);

	/** Selects a row with a click, and goes to another one with the arrow keys, which select nothing. */
	async function focus(selected: string, key: 'ArrowUp' | 'ArrowDown', label: string): Promise<void> {
		await ui.select(selected);
		await ui.press(key);
		await ui.waitFor(`${focused}[aria-label^="${label}"]`);
	}

	/** What the Delete key asks, answered with *Cancel*. */
	async function askedOnDelete(): Promise<string> {
		await pressOnRow('Delete', isConfirming);
		const text = await ui.dialogText();
		await ui.pressDialog('Cancel');
		await ui.waitFor(dialog, 'detached');
		return text;
	}

	test('Delete asks about the row that has the focus, not about the selected one', async () => {
		await focus('database-url', 'ArrowDown', 'mqtt-url');
		assert.match(await askedOnDelete(), /^Delete “mqtt-url”\?/);
	});

	test('Ctrl+Enter reveals the row that has the focus, not the selected one', async () => {
		await focus('database-url', 'ArrowDown', 'mqtt-url');
		await pressOnRow('Control+Enter', () => assert.equal(activeText(), 'mqtt://broker'));
	});

	test('with no row selected, Delete and Ctrl+Enter act on the row that the arrow keys led to, and the question names it', async () => {
		await vscode.commands.executeCommand('workosVault.objects.focus');
		await ui.press('Escape');
		await eventually(async () => assert.equal(await ui.count('.part.sidebar .monaco-list-row.selected'), 0));
		await ui.press('Home');
		await eventually(async () => {
			if ((await ui.count(`${focused}[aria-label^="mqtt-url"]`)) > 0) return;
			await ui.press('ArrowDown');
			assert.fail('The focus is not there yet');
		});
		assert.equal(await ui.count('.part.sidebar .monaco-list-row.selected'), 0);
		assert.match(await askedOnDelete(), /^Delete “mqtt-url”\?/);
		assert.equal(await ui.count('.part.sidebar .monaco-list-row.selected'), 0);
		await ui.waitFor(`${focused}[aria-label^="mqtt-url"]`);
		await pressOnRow('Control+Enter', () => assert.equal(activeText(), 'mqtt://broker'));
	});

	test('the menu of a row acts on that row while another one is selected', async () => {
		await ui.click(row('database-url'));
		await takeFromRowMenu('mqtt-url', 'Delete Object…', isConfirming);
		assert.match(await ui.dialogText(), /^Delete “mqtt-url”\?/);
		await ui.screenshot('keys-2-menu-beside-the-selected');
		await ui.pressDialog('Cancel');
		await ui.waitFor(dialog, 'detached');
		await ui.click(row('database-url'));
		await takeFromRowMenu('mqtt-url', 'Copy Name', async () => assert.equal(await ui.readClipboard(), 'mqtt-url'));
		await ui.click(row('database-url'));
		await takeFromRowMenu('mqtt-url', 'Reveal Value', () => assert.equal(activeText(), 'mqtt://broker'));
	});

	test('Delete asks about all selected rows where the focus is among them, and names them', async () => {
		await ui.click(row('database-url'));
		await ui.click(row('settings.json'), several);
		const text = await askedOnDelete();
		assert.match(text, /^Delete 2 objects\?/);
		assert.match(text, /“database-url”/);
		assert.match(text, /“settings\.json”/);
	});

	test('Delete asks about the focused row alone where it is not among the selected ones', async () => {
		await ui.click(row('database-url'));
		await ui.click(row('settings.json'), several);
		await ui.press('ArrowUp');
		await ui.waitFor(`${focused}[aria-label^="mqtt-url"]`);
		assert.match(await askedOnDelete(), /^Delete “mqtt-url”\?/);
	});

	test('Ctrl+Enter on several selected rows says that it works on one', async () => {
		await ui.click(row('database-url'));
		await ui.click(row('settings.json'), several);
		await pressOnRow('Control+Enter', () => isTold('This works on one row at a time'));
		assert.equal(activeText(), undefined);
	});

	test('the menu of several selected rows offers what works on several, and nothing else', async () => {
		await ui.click(row('database-url'));
		await ui.click(row('settings.json'), several);
		await ui.rightClick(row('settings.json'));
		await ui.waitFor('.monaco-menu .action-label[aria-label="Delete Objects…"]');
		const items = await ui.attributes('.monaco-menu .action-item:not(.disabled) .action-label', 'aria-label');
		assert.deepEqual(items, ['Refresh', 'Copy Names', 'Copy IDs', 'Delete Objects…']);
		await ui.screenshot('keys-1-menu-of-several');
		await ui.press('Escape');
		await takeFromRowMenu('settings.json', 'Copy Names', async () =>
			assert.deepEqual((await ui.readClipboard()).split('\n').toSorted(), ['database-url', 'settings.json']),
		);
		await ui.click(row('database-url'));
	});

	test('on the row of a version, Delete says that it works on objects, and offers no other object', async () => {
		await ui.openRow('mqtt-url');
		await ui.select('Version 1');
		await pressOnRow('Delete', () => isTold('This works on objects'));
		assert.equal(await ui.count(`${quickInput.input}:visible`), 0);
		assert.equal(await ui.count(dialog), 0);
	});

	test('on the row of a version, Ctrl+Enter reveals that version', async () => {
		await focus('settings.json', 'ArrowUp', 'Version 1');
		await pressOnRow('Control+Enter', () => assert.equal(activeText(), 'mqtt://broker'));
	});
});
