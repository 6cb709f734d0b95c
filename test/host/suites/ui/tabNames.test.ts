import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	announced,
	clearNotifications,
	closeEditors,
	connect,
	editValue,
	leave,
	notification,
	openOrganization,
	reveal,
	startVault,
	type TestVault,
} from '../../driver/product';
import { revealInIsolation } from '../isolated/tab';
import { eventually, quickInput, ui } from '../../driver/ui';

const name = 'team/database';
const value = 'postgres://localhost';

suite('The names of tabs', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		const context = { organization_id: acme.id };
		vault = await startVault({ organizations: [acme], objects: [{ name, value, context }] });
		await connect(vault, 'First');
		await openOrganization(acme.name);
	});
	suiteTeardown(() => leave(vault));
	setup(clearNotifications);
	teardown(closeEditors);

	/** Waits until tabs have these names for the eye, and these for the ear. */
	const areNamed = (forEye: readonly string[], forEar = forEye) =>
		eventually(async () => {
			assert.deepEqual(await ui.texts('.tab .label-name'), forEye);
			assert.deepEqual(await ui.attributes('.tab', 'aria-label'), forEar);
		});

	test('tell a revealed value and a draft apart, with the slashes that a name has', async () => {
		await reveal(name, value);
		await editValue(name, value);
		await areNamed([name, name], [name, `${name} (draft)`]);
		await eventually(async () => assert.match((await ui.contents('.tab.active .monaco-icon-label')).join(''), /✎/));
		await ui.screenshot('tab-names');
	});

	test('say that a value is hidden, also in the background, and no tab comes to the front', async () => {
		await reveal(name, value);
		await editValue(name, value);
		await quickInput.runCommand('WorkOS Vault: Hide Revealed Values');
		await eventually(async () => assert.deepEqual(await ui.texts('.tab .label-name'), [`${name} (hidden)`, name]));
		assert.deepEqual(await ui.texts('.tab.active .label-name'), [name]);
		assert.equal(activeText(), value);
	});

	test('say that a value is hidden in a tab that was opened again', async () => {
		await reveal(name, value);
		const uri = vscode.window.activeTextEditor?.document.uri;
		assert.ok(uri);
		await closeEditors();
		await vscode.window.showTextDocument(uri);
		await eventually(() => assert.match(activeText() ?? '', /^Hidden\. Choose “Reveal Value”/));
		await eventually(async () => assert.deepEqual(await ui.texts('.tab .label-name'), [`${name} (hidden)`]));
		await ui.screenshot('tab-names-reopened');
	});

	test('are those in the isolated editor', async () => {
		await revealInIsolation(name);
		await quickInput.runCommand('WorkOS Vault: Hide Revealed Values');
		await areNamed([`${name} (hidden)`]);
	});

	test('say the connection where there are several', async () => {
		await reveal(name, value);
		await editValue(name, value);
		const other = await startVault({
			organizations: [acme],
			objects: [{ name: 'other', value, context: { organization_id: acme.id } }],
		});
		try {
			await connect(other, 'Second');
			await announced('Connected to “Second”.');
			await eventually(async () =>
				assert.deepEqual(await ui.texts('.tab .label-name'), [`${name} · First`, `${name} · First`]),
			);
			await closeEditors();
			await clearNotifications();
			await quickInput.runCommand('WorkOS Vault: Switch Connection…');
			await quickInput.pick('First');
			await openOrganization(acme.name);
			await reveal(name, value);
			await editValue(name, value);
			await areNamed([`${name} · First`, `${name} · First`], [`${name} · First`, `${name} · First (draft)`]);
			await ui.screenshot('tab-names-connections');
			await quickInput.runCommand('WorkOS Vault: Sign Out…');
			await quickInput.pick('Second');
			await notification('Signed out of “Second”');
		} finally {
			other.stop();
		}
	});
});
