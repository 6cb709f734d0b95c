import assert from 'node:assert/strict';
import { find, largeSeed, suiteVault } from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const descriptions = '.quick-input-list-row:first-child .label-description';

suite('Finding one of ten thousand objects', () => {
	suiteVault('Ten thousand', largeSeed(10_000));

	test('an organization of five thousand opens with its first hundred', async () => {
		const picture = await ui.treePicture();
		assert.equal(picture.match(/▸ service-/g)?.length, 100);
		assert.match(picture, /· Load More \(4900 left\)/);
		await ui.screenshot('many-1-tree');
	});

	test('some letters find the names that have them, of all organizations, with organization and age', async () => {
		await find('serv1tok');
		await eventually(async () => {
			const items = await quickInput.items();
			assert.ok(items.length > 5);
			for (const item of items) assert.match(item, /1.*tok/);
			const told = (await ui.texts(descriptions)).join('\n');
			assert.match(told, /Acme · \S/);
			assert.match(told, /Globex · \S/);
		});
		await ui.screenshot('many-2-find');
	});

	test('Enter shows the object in the tree, though it is on none of the pages that are shown', async () => {
		await quickInput.fill('service-07422');
		await eventually(async () => assert.equal((await quickInput.items())[0], 'service-07422/token'));
		await ui.press('Enter');
		await ui.waitFor(`${row('service-07422/token')}.selected`);
		await ui.screenshot('many-3-shown');
	});
});
