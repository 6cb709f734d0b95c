import assert from 'node:assert/strict';
import {
	acme,
	clearNotifications,
	connect,
	isShown,
	keptDrafts,
	notification,
	openSidebar,
	pressRowAction,
	publishButton,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';

const lost = 'their key is missing from the secret storage';

suite('A window that finds the key of its drafts gone from the secret storage', () => {
	let vault: TestVault;
	let window: number;

	const said = async () => (await ui.notifications({ window })).map(({ message }) => message).join('\n');

	async function reopen(): Promise<void> {
		await ui.closeWindow(window);
		window = await ui.openWindow();
		await openSidebar(window);
	}

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Keyring');
		window = await ui.openWindow();
		await openSidebar(window);
		await ui.openRow(acme.name, { window });
		await pressRowAction('database-url', 'edit', () => isShown({ selector: publishButton, window }), { window });
		await ui.type('typed-and-not-published', { window });
		await eventually(() => assert.equal(keptDrafts().length, 1));
		await ui.forgetSecrets({ window });
		await reopen();
	});
	suiteTeardown(async () => {
		await ui.closeWindow(window);
		await quickInput.runCommand('WorkOS Vault: Sign Out…');
		await notification('Signed out');
		await clearNotifications();
		vault.stop();
	});

	test('says so, and loses nothing when it is reloaded', async () => {
		await ui.pressNotification(lost, 'Reload Window', { window });
		await eventually(async () => assert.deepEqual(await ui.notifications({ window }), []));
		await openSidebar(window);
		await eventually(async () => assert.match(await said(), new RegExp(lost)), 40_000);
		await ui.screenshot('lost-key-1-said', { window });
		assert.equal(keptDrafts().length, 1);
	});

	test('discards what can’t be opened only when the person is sure', async () => {
		await ui.pressNotification(lost, 'Discard Them…', { window });
		assert.match(await ui.dialogText({ window }), /Once discarded, they are gone/);
		await ui.screenshot('lost-key-2-sure', { window });
		await ui.pressDialog('Cancel', { window });
		await reopen();
		await ui.pressNotification(lost, 'Discard Them…', { window });
		assert.equal(keptDrafts().length, 1);
		await ui.pressDialog('Discard', { window });
		await eventually(() => assert.deepEqual(keptDrafts(), []));
	});

	test('has nothing to say of it any more after that', async () => {
		await reopen();
		await ui.waitFor({ selector: '.welcome-view .monaco-button', window });
		assert.doesNotMatch(await said(), new RegExp(lost));
	});
});
