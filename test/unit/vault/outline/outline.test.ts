import assert from 'node:assert/strict';
import type { Catalog } from '../../../../src/vault/catalog/catalog';
import type { Outline } from '../../../../src/vault/outline/outline';
import { organizationsKey } from '../../../../src/vault/outline/organizationRows';
import type { FakeVault } from '../../../support/fakeVault';
import { acme, acmeRow, drawOrganizations, fillAcme, makeOutline } from '../../../support/outlines';
import { drawn, picture } from '../../../support/picture';

suite('Outline', () => {
	let vault: FakeVault;
	let catalog: Catalog;
	let outline: Outline;
	setup(() => ({ vault, catalog, outline } = makeOutline()));
	const draw = () => drawOrganizations(outline);
	const fill = (count: number) => fillAcme(vault, count);

	test('shows organizations, their objects and their versions, and decrypts nothing', async () => {
		vault.addOrganizations('Acme', 'Globex');
		vault.add('token', acme, 'one', 'two');
		vault.add('password', { organizationId: 'org_acme' });
		vault.add('shared', { team: 'platform' });
		await outline.children();
		await catalog.scan();
		assert.equal(
			await picture(outline),
			drawn(`
			Acme
				password
					Version 1, current
				token
					Version 2, current
					Version 1
			No organization
				shared
					Version 1, current
			1 without objects
				Globex
					No objects
			`),
		);
		assert.equal(vault.count('readObject') + vault.count('readVersion'), 0);
	});

	test('asks for organizations only until one of them is opened', async () => {
		fill(3);
		await picture(outline, () => false);
		assert.deepEqual(vault.calls, ['listOrganizations']);
	});

	test('asks for nothing with a person’s priority', async () => {
		fill(3);
		await draw();
		await catalog.scan();
		await picture(outline);
		assert.deepEqual(new Set(vault.priorities), new Set(['visible', 'background']));
	});

	test('tells that it is looking objects up, and shows what it has', async () => {
		fill(2);
		const answer = vault.holdNext('listObjects');
		assert.equal(
			await picture(outline, (label) => label === 'Acme'),
			drawn(`
			Acme
				Looking up
			No organization
			`),
		);
		answer();
		await catalog.scan();
		assert.match(await draw(), /^Acme\n {2}key 0\n {2}key 1$/);
	});

	test('paints again when the catalog learned something', async () => {
		fill(1);
		let changes = 0;
		outline.onDidChange(() => changes++);
		await catalog.scan();
		assert.ok(changes > 0);
	});

	suite('pages', () => {
		test('shows a hundred objects, then a hundred more each time', async () => {
			fill(250);
			await draw();
			await catalog.scan();
			assert.match(await draw(), /Acme\n {2}key 0\n {2}… 98 more\n {2}key 99\n {2}Load More \(150 left\)/);
			await outline.loadMore(acmeRow);
			assert.match(await draw(), /key 199\n {2}Load More \(50 left\)/);
			await outline.loadMore(acmeRow);
			assert.match(await draw(), /key 249$/);
		});

		test('shows five hundred at most, then asks to narrow down', async () => {
			fill(620);
			await draw();
			await catalog.scan();
			for (let page = 0; page < 6; page++) await outline.loadMore(acmeRow);
			assert.match(await draw(), /… 498 more\n {2}key 499\n {2}Filter \(of 620\)/);
		});

		test('narrowed, shows only names with the text, whatever its case, from the first page on', async () => {
			fill(620);
			await draw();
			await catalog.scan();
			await outline.loadMore(acmeRow);
			await outline.filter(acmeRow, 'KEY 61');
			assert.equal(outline.filterOf(acmeRow), 'KEY 61');
			const narrowed = await picture(outline, (label) => label === 'Acme');
			assert.match(narrowed, /^Acme\n {2}Only “KEY 61”\n {2}key 61\n {2}… 9 more\n {2}key 619$/);
			await outline.filter(acmeRow, '');
			assert.match(await draw(), /Acme\n {2}key 0\n {2}… 98 more/);
		});

		test('narrowed to nothing, still shows the filter', async () => {
			fill(2);
			await draw();
			await catalog.scan();
			await outline.filter(acmeRow, 'nowhere');
			assert.match(await draw(), /^Acme\n {2}Only “nowhere”\n {2}Nothing has “nowhere”$/);
		});

		test('shows a hundred organizations, then more in place, and always those without one', async () => {
			vault.addOrganizations(...Array.from({ length: 120 }, (_, index) => `Company ${index}`));
			const first = (await picture(outline, () => false)).split('\n');
			assert.deepEqual([first.length, ...first.slice(-2)], [102, 'Load More', 'No organization']);
			await outline.loadMore(organizationsKey);
			const all = (await picture(outline, () => false)).split('\n');
			assert.deepEqual([all.length, all.at(-1)], [121, 'No organization']);
			assert.equal(vault.count('listOrganizations'), 2);
		});

		test('asks for the next page of organizations once, however often that is asked for meanwhile', async () => {
			vault.addOrganizations(...Array.from({ length: 120 }, (_, index) => `Company ${index}`));
			await outline.children();
			await Promise.all([outline.loadMore(organizationsKey), outline.loadMore(organizationsKey)]);
			assert.equal(vault.count('listOrganizations'), 2);
			assert.equal(catalog.organizations.items.length, 120);
		});

		test('ends where the vault’s cursors run in a circle', async () => {
			const [organization] = vault.addOrganizations('Acme');
			assert.ok(organization);
			vault.listOrganizations = () => Promise.resolve({ items: [organization], next: 'again' });
			await outline.children();
			await outline.loadMore(organizationsKey);
			assert.equal(await picture(outline, () => false), 'Acme\nNo organization');
		});
	});
});
