import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import { Outline } from '../../../../src/vault/outline/outline';
import { organizationsKey } from '../../../../src/vault/outline/organizationRows';
import { pause } from '../../../../src/vault/pause';
import { lost } from '../../../support/fakes';
import type { FakeVault } from '../../../support/fakeVault';
import { makeOutline } from '../../../support/outlines';
import { picture } from '../../../support/picture';

suite('Organizations in the tree', () => {
	let vault: FakeVault;
	let catalog: Catalog;
	let outline: Outline;
	setup(() => ({ vault, catalog, outline } = makeOutline()));

	const addCompanies = (count: number) =>
		vault.addOrganizations(...Array.from({ length: count }, (_, index) => `Company ${index}`));
	const top = () => picture(outline, () => false);
	/** Draws the top rows until no name is missing that the vault tells. */
	const named = async (rows: RegExp) => {
		for (let painting = 0; painting < 50 && !rows.test(await top()); painting++) await pause(1);
		assert.match(await top(), rows);
	};

	test('with objects come by name, as a person counts, before those without', async () => {
		addCompanies(12);
		for (const number of [10, 9, 2]) vault.add(`key ${number}`, { organization_id: `org_company_${number}` });
		await outline.children();
		await catalog.scan();
		assert.equal(await top(), 'Company 2\nCompany 9\nCompany 10\n9 without objects');
	});

	test('stand together, by name, until every object is looked up', async () => {
		vault.addOrganizations('Globex', 'Acme');
		vault.add('token', { organization_id: 'org_globex' });
		assert.equal(await top(), 'Acme\nGlobex\nNo organization');
	});

	test('stand together where none of them has an object', async () => {
		vault.addOrganizations('Globex', 'Acme');
		vault.add('token', { team: 'a' });
		await outline.children();
		await catalog.scan();
		assert.equal(await top(), 'Acme\nGlobex\nNo organization');
	});

	test('with objects are named one by one where that takes no more requests than their pages', async () => {
		addCompanies(900);
		vault.add('token', { organization_id: 'org_company_850' });
		await outline.children();
		await catalog.scan();
		await named(/^Company 850\nMore organizations$/);
		assert.deepEqual([vault.count('listOrganizations'), vault.count('getOrganization')], [1, 1]);
	});

	test('with objects are named page by page where that takes fewer requests', async () => {
		addCompanies(900);
		for (let number = 150; number < 350; number++)
			vault.add(`key ${number}`, { organization_id: `org_company_${number}` });
		await outline.children();
		await catalog.scan();
		await named(/^Company 150\n[^]*Company 249\nLoad More \(100 left\)\nMore organizations$/);
		assert.deepEqual([vault.count('listOrganizations'), vault.count('getOrganization')], [4, 0]);
	});

	test('keep the names that were asked for one by one in the next window', async () => {
		addCompanies(900);
		vault.add('token', { organization_id: 'org_company_850' });
		await outline.children();
		await catalog.scan();
		await named(/^Company 850\n/);
		const next = new Outline(vault, new Catalog(vault, catalog.snapshot()));
		vault.forgetCalls();
		next.arrange({ levels: [] });
		const [object] = catalog.objects();
		assert.equal(object && next.organizationOf(object)?.name, 'Company 850');
		assert.deepEqual(vault.calls, []);
	});

	test('with objects are named below other groups, too', async () => {
		addCompanies(900);
		vault.add('token', { organization_id: 'org_company_850', provider: 'openai' });
		outline.arrange({ levels: [{ by: 'pair', name: 'provider' }, { by: 'organization' }] });
		await outline.children();
		await catalog.scan();
		for (let painting = 0; painting < 50; painting++) {
			await top();
			await pause(1);
		}
		assert.match(await picture(outline, () => true), /openai\n {2}Company 850\n/);
	});

	test('of which one is gone are not asked for again and again', async () => {
		addCompanies(150);
		vault.add('orphan', { organization_id: 'org_gone' });
		await outline.children();
		await catalog.scan();
		await named(/^org_gone\nMore organizations$/);
		for (let painting = 0; painting < 5; painting++) await top();
		assert.equal(vault.count('getOrganization'), 1);
	});

	test('whose page can’t be loaded are a row with the reason, and not asked for again by themselves', async () => {
		addCompanies(900);
		for (let number = 150; number < 350; number++)
			vault.add(`key ${number}`, { organization_id: `org_company_${number}` });
		await outline.children();
		await catalog.scan();
		vault.failNext('listOrganizations', lost());
		await named(/! unavailable/);
		const asked = vault.count('listOrganizations');
		await top();
		assert.equal(vault.count('listOrganizations'), asked);
		await outline.retry(organizationsKey);
		await named(/Company 150\n/);
	});

	test('whose page can’t be loaded say so in rows of their own: no two rows have one key', async () => {
		addCompanies(250);
		vault.add('token', { organization_id: 'org_company_3' });
		await outline.children();
		await catalog.scan();
		vault.failNext('listOrganizations', lost());
		await outline.loadMore(organizationsKey);
		const above = await outline.children();
		const others = above.find(({ kind }) => kind === 'organizations');
		const keys = [...above, ...(others ? await outline.children(others) : [])].map(({ key }) => key);
		assert.equal(new Set(keys).size, keys.length);
		assert.equal(keys.filter((key) => key.startsWith('failure:')).length, 2);
	});

	test('more of them come in their row, a page each time', async () => {
		addCompanies(250);
		vault.add('token', { organization_id: 'org_company_3' });
		await outline.children();
		await catalog.scan();
		const others = async () => (await picture(outline, (label) => label === 'More organizations')).split('\n');
		assert.deepEqual([(await others()).length, (await others()).at(-1)], [102, '  Load More']);
		await outline.loadMore(organizationsKey);
		assert.equal((await others()).length, 202);
		await outline.loadMore(organizationsKey);
		assert.equal(await top(), 'Company 3\n249 without objects');
	});

	test('that a filter names are found on whichever page they are', async () => {
		addCompanies(450);
		vault.add('token', { organization_id: 'org_company_3' });
		await outline.children();
		await catalog.scan();
		await outline.filter(organizationsKey, 'company 44');
		const found = await picture(outline, (label) => label.endsWith('without objects'));
		assert.match(found, /^Company 3\n449 without objects\n {2}Only “company 44”\n {2}Company 44\n {2}Company 440\n/);
	});

	for (const spelling of ['organizationId', 'organization', 'organisation_id', 'organisationId', 'organisation']) {
		test(`are known by ${spelling} where its value is an organization’s id`, async () => {
			vault.addOrganizations('Acme');
			vault.add('ours', { [spelling]: 'org_acme' });
			vault.add('a user’s', { [spelling]: 'user_1' });
			await outline.children();
			await catalog.scan();
			assert.deepEqual(
				catalog.objectsOf('org_acme').map(({ name }) => name),
				['ours'],
			);
			assert.equal(await top(), 'Acme\nNo organization');
		});
	}
});
