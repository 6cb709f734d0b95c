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

	for (const form of [
		'domains=a.example&domains=b.example',
		'domains[]=a.example&domains[]=b.example',
		'domains[0]=a.example&domains[1]=b.example',
		'domains=a.example,b.example',
	]) {
		test(`a list of domains comes in any form that SDKs send: ${form}`, async () => {
			for (const domain of ['a', 'b', 'c']) {
				const search = (await vault.ask<List>('GET', `/organizations?domains=${domain}.example`)).body.data;
				if (search.length === 0)
					await vault.ask('POST', '/organizations', { name: domain, domains: [`${domain}.example`] });
			}
			const { body } = await vault.ask<List>('GET', `/organizations?${form}`);
			assert.deepEqual(body.data.map(({ name }) => name).sort(), ['a', 'b']);
		});
	}

	for (const route of [
		'/organizations?domain=a.example',
		'/organizations?search[]=a',
		'/events?event=x',
		'/events?events[x]=y',
	]) {
		test(`a parameter that no list knows is refused, where it would be dropped: ${route}`, async () => {
			const { status, body } = await vault.ask('GET', route);
			assert.equal(status, 422);
			assert.match(String(body.message), /^This list knows no parameter ".*"\. It knows: limit, before, after, order/);
		});
	}

	for (const route of [
		'/events?events=',
		'/events?events[]=,',
		'/organizations?domains=',
		'/organizations?domains[0]=',
	]) {
		test(`a list that names nothing is refused, where everything would be answered: ${route}`, async () => {
			const { status, body } = await vault.ask('GET', route);
			assert.equal(status, 422);
			assert.match(String(body.message), /^The list in (events|domains) names nothing\. Leave it out/);
		});
	}

	test('a parameter that the list of objects does not know is refused', async () => {
		const { status, body } = await vault.ask('GET', '/vault/v1/kv?name=a');
		assert.equal(status, 400);
		assert.match(String(body.error), /knows no parameter "name"/);
	});

	test('a list of versions knows no parameter, and refuses every one', async () => {
		const object = { name: 'listed', value: 'v', key_context: {} };
		const { body: created } = await vault.ask('POST', '/vault/v1/kv', object);
		const route = `/vault/v1/kv/${String(created.id)}/versions`;
		const { status, body } = await vault.ask('GET', `${route}?limit=1&foo=2`);
		const error = 'This list knows no parameter "limit". It knows none.';
		assert.deepEqual([status, body.error], [400, error]);
		assert.equal((await vault.ask('GET', route)).status, 200);
	});

	for (const route of ['/_local/customer-keys', '/_local/faults']) {
		test(`a parameter that an administrator's list does not know is refused, too: ${route}`, async () => {
			const { status, body } = await vault.ask('GET', `${route}?foo=1`);
			assert.deepEqual([status, body.message], [422, 'This list knows no parameter "foo". It knows none.']);
			assert.equal((await vault.ask('GET', route)).status, 200);
		});
	}

	test('an organization is found by its external id, changed in what is given, and told of', async () => {
		const { body: before } = await vault.ask<Organization>('POST', '/organizations', {
			name: 'Before',
			external_id: 'ext-2',
			metadata: { tier: 'gold' },
			domains: ['kept.example'],
		});
		assert.deepEqual((await vault.ask('GET', '/organizations/external_id/ext-2')).body, before);
		const { status, body } = await vault.ask<Organization>('PUT', `/organizations/${before.id}`, { name: 'After' });
		assert.equal(status, 200);
		assert.deepEqual(
			[body.name, body.external_id, body.metadata, body.domains],
			[
				'After',
				'ext-2',
				{ tier: 'gold' },
				before.domains.map((domain) => ({ ...domain, updated_at: (body as { updated_at?: string }).updated_at })),
			],
		);
		const cleared = await vault.ask<Organization>('PUT', `/organizations/${before.id}`, { external_id: null });
		assert.equal(cleared.body.external_id, null);
		const taken = await vault.ask('PUT', `/organizations/${before.id}`, { external_id: 'ext-1' });
		assert.deepEqual([taken.status, taken.body.code], [400, 'external_id_already_used']);
		const { data } = (
			await vault.ask<{ data: { event: string; data: Organization }[] }>(
				'GET',
				'/events?events=organization.updated&limit=1',
			)
		).body;
		assert.deepEqual(
			data.map(({ event, data: told }) => [event, told.name]),
			[['organization.updated', 'After']],
		);
	});

	test('a deleted organization is gone, and told of; its objects stay', async () => {
		const { body } = await vault.ask<Organization>('POST', '/organizations', { name: 'Short-lived' });
		const key_context = { organization_id: body.id };
		await vault.ask('POST', '/vault/v1/kv', { name: 'of a deleted one', value: 'v', key_context });
		assert.equal((await vault.ask('DELETE', `/organizations/${body.id}`)).status, 204);
		for (const method of ['GET', 'DELETE', 'PUT']) {
			const again = await vault.ask(method, `/organizations/${body.id}`, method === 'PUT' ? { name: 'x' } : undefined);
			assert.equal(again.status, 404, method);
		}
		assert.equal((await vault.ask('GET', '/vault/v1/kv/name/of%20a%20deleted%20one')).status, 200);
		const { data } = (await vault.ask<{ data: { data: Organization }[] }>('GET', '/events?events=organization.deleted'))
			.body;
		assert.deepEqual(
			data.map(({ data: told }) => told.id),
			[body.id],
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
