import assert from 'node:assert/strict';
import { failureOf, sdkOf, suiteVault } from './running';

suite('The client’s organizations, against Local Vault', () => {
	const running = suiteVault();
	const names = Array.from({ length: 12 }, (_, index) => `Organization ${String(index).padStart(2, '0')}`);

	const create = (name: string) => sdkOf(running).organizations.createOrganization({ name });

	suiteSetup(async () => {
		for (const name of names) await create(name);
	});

	for (const limit of [1, 5, 12, 100]) {
		test(`pages of ${limit} bring every organization once and come to an end`, async () => {
			const seen: string[] = [];
			for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
				const page = await running.vault.listOrganizations({ limit, after });
				seen.push(...page.items.map(({ name }) => name));
				after = page.next;
			}
			assert.deepEqual(seen.sort(), names);
		});
	}

	test('a search finds by a part of the name', async () => {
		const { items } = await running.vault.listOrganizations({ search: 'tion 1' });
		assert.deepEqual(items.map(({ name }) => name).sort(), ['Organization 10', 'Organization 11']);
	});

	test('an organization is found by its id', async () => {
		const created = await create('Crème & Söhne');
		assert.match(created.id, /^org_/);
		assert.deepEqual(await running.vault.getOrganization(created.id), { id: created.id, name: 'Crème & Söhne' });
	});

	test('an organization that is not there is notFound', async () => {
		const error = await failureOf(running.vault.getOrganization('org_nobody'), 'notFound');
		assert.equal(error.details.status, 404);
	});
});
