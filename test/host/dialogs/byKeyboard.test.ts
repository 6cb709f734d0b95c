import assert from 'node:assert/strict';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	leave,
	startVault,
	type TestVault,
} from '../product';
import { eventually, quickInput, row, ui } from '../ui';

const tree = '.part.sidebar .monaco-list:focus';
const focusedRow = (label: string) => `${tree} .monaco-list-row.focused[aria-label^="${label}"]`;

/** Goes down with the arrow keys to the row of this label. */
async function goTo(label: string): Promise<void> {
	await ui.press('Home');
	await eventually(async () => {
		if ((await ui.count(focusedRow(label))) === 0) await ui.press('ArrowDown');
		assert.equal(await ui.count(focusedRow(label)), 1);
	});
}

suite('The main job by keyboard only', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Keyboard');
	});
	suiteTeardown(() => leave(vault));
	setup(clearNotifications);

	test('the view takes the focus, and the arrow keys open an organization', async () => {
		await quickInput.runCommand('WorkOS Vault: Focus on WorkOS Vault View');
		await ui.waitFor(tree);
		await goTo(acme.name);
		await ui.press('ArrowRight');
		await ui.waitFor(row('database-url'));
		await ui.waitFor(focusedRow(acme.name));
	});

	test('Ctrl+Enter reveals, and the value has the focus', async () => {
		await goTo('database-url');
		await ui.press('Control+Enter');
		await eventually(() => assert.equal(activeText(), 'postgres://app@db.internal/app'));
		await ui.waitFor('.editor-instance :is(textarea, .native-edit-context):focus', 'attached');
		await closeEditors();
	});

	test('after a deletion the row that took its place has the focus, at the end the one before', async () => {
		await vault.call('POST', '/vault/v1/kv', { name: 'a', value: 'a', key_context: { organization_id: acme.id } });
		await quickInput.runCommand('WorkOS Vault: Refresh');
		await ui.waitFor(row('a, object'));
		for (const [name, next] of [
			['database-url', 'settings.json'],
			['settings.json', 'a, object'],
		] as const) {
			await quickInput.runCommand('WorkOS Vault: Focus on WorkOS Vault View');
			await goTo(name);
			await ui.press('Delete');
			await ui.dialogText();
			await ui.press('Enter');
			await ui.waitFor(row(name), 'detached');
			await ui.waitFor(focusedRow(next));
			await ui.screenshot(`keyboard-after-${name}`);
		}
	});

	test('after the lock the welcome view has the focus, and after unlocking the tree', async () => {
		await ui.click('.part.sidebar .action-label.codicon-lock');
		await ui.waitFor('.welcome-view-content:focus:has-text("WorkOS Vault is locked")');
		await ui.press('Tab');
		await ui.waitFor('.welcome-view .monaco-button:focus:has-text("Unlock")');
		await ui.press('Enter');
		await ui.waitFor(tree);
	});
});
