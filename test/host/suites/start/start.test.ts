import assert from 'node:assert/strict';
import { eventually, ui } from '../../driver/ui';

suite('The window of npm start', () => {
	test('shows the organizations of a seeded Local Vault without a click', async () => {
		await eventually(async () => assert.match(await ui.treePicture(), /▸ Arctic Tern Logistics/));
		await ui.screenshot('start-1-organizations');
	});
});
