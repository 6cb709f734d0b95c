import assert from 'node:assert/strict';
import {
	acme,
	clearNotifications,
	closeEditors,
	connect,
	leave,
	openOrganization,
	openSidebar,
	pressRowAction,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

suite('Objects that others changed', () => {
	let vault: TestVault;
	suiteSetup(async () => {
		await openSidebar();
		vault = await startVault();
		await connect(vault, 'Shared');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await closeEditors();
		await clearNotifications();
		await leave(vault);
	});
	const labelOf = async (name: string) => (await ui.treeRows()).find(({ label }) => label === name)?.ariaLabel ?? '';

	test('carry a mark, in words and by a dot, and so does their organization', async () => {
		// One second apart, or it counts as the change that is known.
		await eventually(async () => {
			await vault.publish('database-url', 'theirs');
			await quickInput.runCommand('WorkOS Vault: Refresh');
			assert.match(await labelOf('database-url'), /since you last opened it/);
		});
		await eventually(async () => assert.match(await labelOf(acme.name), /1 changed by others/));
		await ui.waitFor(`${row('database-url')} .monaco-icon-label[class*="deco"], ${row('database-url')}:has-text("●")`);
		await ui.screenshot('changed-by-others');
	});

	test('carry none any more when they were opened', async () => {
		await pressRowAction('database-url', 'eye', async () => {
			assert.doesNotMatch(await labelOf('database-url'), /since you last opened it/);
			assert.doesNotMatch(await labelOf(acme.name), /changed by others/);
		});
	});
});
