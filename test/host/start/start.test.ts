import assert from 'node:assert/strict';
import { extension, openSidebar } from '../product';
import { eventually, ui } from '../ui';

suite('The window of npm start', () => {
	test('shows the organizations of a seeded Local Vault without a click', async () => {
		assert.equal(extension().isActive, false, 'something has activated the extension already');
		process.env['WORKOS_VAULT_DEV_LOCAL'] = 'demo';
		await openSidebar();
		await eventually(async () => assert.match(await ui.treePicture(), /▸ Arctic Tern Logistics/), 20_000);
	});
});
