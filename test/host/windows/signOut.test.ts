import assert from 'node:assert/strict';
import { connect, notification, startVault, type TestVault } from '../product';
import { eventually, quickInput, row, ui } from '../ui';

const welcome = '.welcome-view .monaco-button:has-text("Connect with an API Key…")';

suite('Two windows', () => {
	let vault: TestVault;
	let second: number;

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Shared');
		second = await ui.openWindow();
	});
	suiteTeardown(async () => {
		await ui.closeWindow(second);
		vault.stop();
	});

	test('the second window opens the connection of the first', async () => {
		await ui.click({ selector: '.activitybar .action-item:has([aria-label="WorkOS Vault"])', window: second });
		await ui.waitFor({ selector: row('Acme'), window: second });
		await ui.screenshot('windows-1-second', { window: second });
	});

	test('signing out in one ends the connection in the other', async () => {
		await quickInput.runCommand('WorkOS Vault: Sign Out…');
		await notification('Signed out of “Shared”');
		await ui.waitFor(welcome);
		await ui.waitFor({ selector: welcome, window: second });
		await ui.screenshot('windows-2-signed-out', { window: second });
	});

	test('the key is not there any more in either', async () => {
		for (const window of [0, second]) {
			await quickInput.runCommand('WorkOS Vault: Switch Connection…', { window });
			await quickInput.waitFor({ window });
			await eventually(async () => {
				const items = await quickInput.items({ window });
				assert.deepEqual(items, ['Connect with an API Key…', 'Try Local Vault']);
			});
			await ui.press('Escape', { window });
		}
	});
});
