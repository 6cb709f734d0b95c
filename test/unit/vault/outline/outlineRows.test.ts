import assert from 'node:assert/strict';
import type { Catalog } from '../../../../src/vault/catalog/catalog';
import type { Outline } from '../../../../src/vault/outline/outline';
import { organizationsKey } from '../../../../src/vault/outline/organizationRows';
import { lost } from '../../../support/fakes';
import type { FakeVault } from '../../../support/fakeVault';
import { acme, acmeRow, drawOrganizations, fillAcme, makeOutline } from '../../../support/outlines';
import { drawn, picture } from '../../../support/picture';
import { until } from '../../../support/until';

suite('Outline, row by row', () => {
	let vault: FakeVault;
	let catalog: Catalog;
	let outline: Outline;
	setup(() => ({ vault, catalog, outline } = makeOutline()));
	const draw = () => drawOrganizations(outline);
	const fill = (count: number) => fillAcme(vault, count);

	suite('strangers', () => {
		test('an organization that only a key context names stands under its id', async () => {
			vault.addOrganizations('Acme');
			vault.add('orphan', { organization_id: 'org_gone' });
			await outline.children();
			await catalog.scan();
			assert.equal(
				await picture(outline, (label) => label === 'org_gone'),
				drawn(`
				org_gone
					orphan
				1 without objects
				`),
			);
		});

		test('one that is not loaded yet is looked up to show its object, and moves to its place later', async () => {
			vault.addOrganizations(...Array.from({ length: 120 }, (_, index) => `Company ${index}`));
			const object = vault.add('late', { organization_id: 'org_company_119' });
			await outline.children();
			catalog.put(object);
			await outline.makeVisible(object);
			const rows = (await picture(outline, () => false)).split('\n');
			assert.deepEqual(rows.slice(-3), ['Load More', 'Company 119', 'No organization']);
			const parent = await outline.parent(outline.objectNode(object));
			assert.ok((await outline.children()).some(({ key }) => key === parent?.key));
			assert.equal(outline.organizationOf(object)?.name, 'Company 119');
			await outline.loadMore(organizationsKey);
			const all = (await picture(outline, () => false)).split('\n');
			assert.deepEqual(all.slice(-2), ['Company 119', 'No organization']);
			assert.equal(all.length, 121);
			assert.equal(vault.count('getOrganization'), 1);
		});

		for (const [what, failure] of [
			['is gone', undefined],
			['can’t be looked up', lost()],
		] as const) {
			test(`one that ${what} stands under its id to show its object, with pages to come`, async () => {
				vault.addOrganizations(...Array.from({ length: 120 }, (_, index) => `Company ${index}`));
				const object = vault.add('orphan', { organization_id: 'org_gone' });
				catalog.put(object);
				vault.failNext('getOrganization', failure);
				await outline.makeVisible(object);
				await outline.makeVisible(object);
				const rows = (await picture(outline, () => false)).split('\n');
				assert.deepEqual(rows.slice(-3), ['Load More', 'org_gone', 'No organization']);
				assert.equal(vault.count('getOrganization'), 1);
			});
		}

		test('one that is listed is not looked up, whether the list was there or not', async () => {
			vault.addOrganizations('Acme');
			const object = vault.add('token', acme);
			catalog.put(object);
			await outline.makeVisible(object);
			assert.equal(vault.count('getOrganization'), 0);
			assert.equal(await picture(outline, () => false), 'Acme\nNo organization');
		});

		test('no organization is a stranger while there are pages to come', async () => {
			vault.addOrganizations(...Array.from({ length: 120 }, (_, index) => `Company ${index}`));
			vault.add('late', { organization_id: 'org_company_119' });
			await outline.children();
			await catalog.scan();
			assert.doesNotMatch(await picture(outline, () => false), /org_company_119/);
			await outline.loadMore(organizationsKey);
			assert.doesNotMatch(await picture(outline, () => false), /org_company_119/);
		});
	});

	suite('an object’s row', () => {
		test('names its organization, or goes by its id, or has none', async () => {
			vault.addOrganizations('Acme');
			await outline.children();
			assert.equal(outline.organizationOf(vault.add('a', acme))?.name, 'Acme');
			assert.equal(outline.organizationOf(vault.add('b', { organization_id: 'org_x' }))?.name, 'org_x');
			assert.equal(outline.organizationOf(vault.add('c', { team: 'x' })), undefined);
		});

		test('is found again from below: version, object, organization', async () => {
			vault.addOrganizations('Acme');
			const object = vault.add('token', acme);
			const [organizationRow] = await outline.children();
			assert.ok(organizationRow);
			const objectRow = outline.objectNode(object);
			const [versionRow] = await outline.children(objectRow);
			assert.ok(versionRow);
			assert.deepEqual(await outline.parent(versionRow), objectRow);
			assert.deepEqual(await outline.parent(objectRow), organizationRow);
			assert.equal(await outline.parent(organizationRow), undefined);
			assert.deepEqual(await outline.children(versionRow), []);
		});

		for (const [position, shows] of [
			[50, /Load More \(520 left\)/],
			[250, /key 250\n {2}Load More \(519 left\)/],
			[600, /key 600\n {2}Load More \(519 left\)/],
		] as const) {
			test(`number ${position} of 620 can be brought among the shown ones`, async () => {
				fill(620);
				await draw();
				await catalog.scan();
				const object = catalog.findByName(`key ${position}`);
				assert.ok(object);
				await outline.makeVisible(object);
				assert.match(await draw(), shows);
				const rows = await outline.children(await outline.parent(outline.objectNode(object)));
				assert.ok(rows.some(({ key }) => key === `object:${object.id}`));
			});
		}

		test('is shown also where more than five hundred have its name in theirs', async () => {
			for (let index = 0; index < 700; index++) vault.add(`a token ${index}`, acme);
			const object = vault.add('token', acme);
			vault.addOrganizations('Acme');
			await draw();
			await catalog.scan();
			for (let page = 0; page < 4; page++) await outline.loadMore(acmeRow);
			await outline.makeVisible(object);
			assert.match(await draw(), /\n {2}token\n {2}Filter \(of 701\)/);
		});

		test('is shown while a scan goes on, in which rows keep their places', async () => {
			vault.tellsEvents = false;
			fill(300);
			const early = vault.add('a first one', acme);
			await draw();
			for (let index = 0; index < 150; index++) vault.failNext('describeObject', undefined);
			const answer = vault.holdNext('describeObject');
			const scanning = catalog.scan();
			await until(() => catalog.progress.known >= 150);
			await draw();
			catalog.put(early);
			await outline.makeVisible(early);
			assert.match(await draw(), /a first one/);
			answer();
			await scanning;
		});

		test('lifts a filter that hides it', async () => {
			fill(3);
			await draw();
			await catalog.scan();
			await outline.filter(acmeRow, 'key 1');
			const object = catalog.findByName('key 2');
			assert.ok(object);
			await outline.makeVisible(object);
			assert.match(await draw(), /Acme\n {2}key 0\n {2}key 1\n {2}key 2/);
		});

		test('goes when it is looked up again and gone', async () => {
			fill(2);
			await draw();
			await catalog.scan();
			const object = catalog.findByName('key 0');
			assert.ok(object);
			vault.erase(object.id);
			await outline.refreshObject(object.id);
			assert.match(await draw(), /^Acme\n {2}key 1$/);
		});

		test('has new versions after it was looked up again', async () => {
			const object = vault.add('token', acme, 'one');
			catalog.put(object);
			const row = outline.objectNode(object);
			assert.equal((await outline.children(row)).length, 1);
			vault.publish(object.id, 'two');
			assert.equal((await outline.children(row)).length, 1);
			await outline.refresh(row);
			assert.equal((await outline.children(row)).length, 2);
		});
	});
});
