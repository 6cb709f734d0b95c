import assert from 'node:assert/strict';
import { suiteVault } from './running';

interface Organization {
	id: string;
	name: string;
	domains: { domain: string; organization_id: string; state: string }[];
	metadata: Record<string, string>;
	external_id: string | null;
}
interface List {
	object: string;
	data: Organization[];
}

suite('Local Vault: organizations', () => {
	const vault = suiteVault();

	test('an organization is created, read and listed in one shape', async () => {
		const created = await vault.ask<Organization>('POST', '/organizations', {
			name: 'Foundry',
			domain_data: [{ domain: 'Foundry.example', state: 'verified' }],
			domains: ['second.example'],
			metadata: { tier: 'gold' },
			external_id: 'ext-1',
		});
		assert.equal(created.status, 201);
		const { id, ...rest } = created.body;
		assert.match(id, /^org_[0-9A-HJKMNP-TV-Z]{26}$/);
		assert.deepEqual(
			rest.domains.map(({ domain, state, organization_id }) => [domain, state, organization_id]),
			[
				['foundry.example', 'verified', id],
				['second.example', 'pending', id],
			],
		);
		assert.deepEqual([rest.name, rest.metadata, rest.external_id], ['Foundry', { tier: 'gold' }, 'ext-1']);
		assert.deepEqual((await vault.ask('GET', `/organizations/${id}`)).body, created.body);
		const list = await vault.ask<List>('GET', '/organizations');
		assert.deepEqual([list.body.object, list.body.data], ['list', [created.body]]);
	});

	test('a list is filtered by any of several domains', async () => {
		await vault.ask('POST', '/organizations', { name: 'Elsewhere', domains: ['elsewhere.example'] });
		await vault.ask('POST', '/organizations', { name: 'Nowhere' });
		const { body } = await vault.ask<List>('GET', '/organizations?domains=SECOND.example,elsewhere.example');
		assert.deepEqual(
			body.data.map(({ name }) => name),
			['Elsewhere', 'Foundry'],
		);
		assert.deepEqual((await vault.ask<List>('GET', '/organizations?domains=other.example')).body.data, []);
	});

	test('order "normal" is newest first with the meaning of the cursors swapped', async () => {
		type Page = List & { list_metadata: { before: string; after: string } };
		const first = (await vault.ask<Page>('GET', '/organizations?order=normal&limit=1')).body;
		const cursor = first.list_metadata.before;
		const older = (await vault.ask<Page>('GET', `/organizations?order=normal&limit=1&before=${cursor}`)).body;
		const newer = (await vault.ask<Page>('GET', `/organizations?order=normal&after=${older.list_metadata.after}`)).body;
		assert.deepEqual(
			[first, older, newer].map(({ data }) => data[0]?.name),
			['Nowhere', 'Elsewhere', 'Nowhere'],
		);
	});

	test('an unknown organization is 404', async () => {
		const { status, body } = await vault.ask('GET', '/organizations/org_none');
		assert.deepEqual([status, body], [404, { message: 'Organization not found.', code: 'entity_not_found' }]);
	});

	test('an external id that is taken is 400', async () => {
		const { status, body } = await vault.ask('POST', '/organizations', { name: 'Twin', external_id: 'ext-1' });
		assert.deepEqual([status, body.code], [400, 'external_id_already_used']);
	});

	test('wrong fields are 422 with message and code', async () => {
		const bodies = [
			{},
			{ name: '' },
			{ name: 5 },
			{ name: 'x', domains: ['not a domain'] },
			{ name: 'x', domain_data: [{ domain: 'a.example', state: 'odd' }] },
			{ name: 'x', metadata: { a: 1 } },
			{ name: 'x', metadata: { ['k'.repeat(41)]: 'v' } },
			{ name: 'x', external_id: 'é' },
			[],
		];
		for (const body of bodies) {
			const answer = await vault.ask('POST', '/organizations', body);
			assert.equal(answer.status, 422, JSON.stringify(body));
			assert.equal(answer.body.code, 'unprocessable_entity');
			assert.match(String(answer.body.message), /\.$/);
		}
		assert.equal((await vault.ask('GET', '/organizations?limit=101')).status, 422);
	});
});
