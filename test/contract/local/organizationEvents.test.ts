import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sdkOf } from '../client/running';
import { later } from './clock';
import { CHANGES, eventPage, ids, type VaultEvent } from './eventCalls';
import { type Ask, suiteFolder, suiteVault, withVault } from './running';

interface Organization {
	id: string;
	created_at: string;
}

/** The changes after an event, oldest first. */
const changes = async (ask: Ask, after = '') =>
	(await eventPage(ask, `events=${CHANGES.join(',')}&order=asc&after=${after}&limit=100`)).data;
const told = (events: readonly VaultEvent[]) => events.map(({ event, data }) => [event, data.name ?? data.kv_name]);

suite('Local Vault: the events of organizations', () => {
	const vault = suiteVault();
	const { ask } = vault;
	const draft = {
		name: 'Foundry',
		domain_data: [{ domain: 'foundry.example', state: 'verified' }],
		metadata: { tier: 'gold' },
		external_id: 'ext-1',
	};
	let created: Organization;

	suiteSetup(async () => {
		({ body: created } = await ask<Organization>('POST', '/organizations', draft));
	});

	test('a new one is told as it was answered, and nobody is named who made it', async () => {
		const [event, ...more] = (await eventPage(ask, 'events=organization.created')).data;
		assert.deepEqual([event?.event, event?.data, more], ['organization.created', created, []]);
		assert.equal(event?.created_at, created.created_at);
	});

	test('one that the administration makes is told too', async () => {
		const { body } = await ask('POST', '/_local/organizations', { id: 'org_chosen', name: 'Chosen' });
		const [event] = (await eventPage(ask, 'limit=1')).data;
		assert.deepEqual([event?.event, event?.data], ['organization.created', body]);
	});

	test('they are among the events of their organization', async () => {
		await ask('POST', '/organizations', { name: 'Another' });
		const context = { organization_id: created.id };
		await ask('POST', '/vault/v1/kv', { name: 'of it', value: 'v', key_context: context });
		const { data } = await eventPage(ask, `organization_id=${created.id}&order=asc`);
		assert.deepEqual(told(data), [
			['organization.created', 'Foundry'],
			['vault.data.created', 'of it'],
		]);
	});

	test('one that is refused is not told', async () => {
		const before = await eventPage(ask, 'limit=100');
		for (const [route, body, status] of [
			['/organizations', { name: 'Twin', external_id: 'ext-1' }, 400],
			['/organizations', { name: ' ' }, 422],
			['/_local/organizations', { id: created.id, name: 'Twin' }, 409],
		] as const) {
			assert.equal((await ask('POST', route, body)).status, status, route);
		}
		assert.deepEqual(await eventPage(ask, 'limit=100'), before);
	});

	test('whoever asks for changes only is told of organizations and objects, in the order in which they came', async () => {
		const last = (await changes(ask)).at(-1)?.id;
		const { id } = (await ask<{ id: string }>('POST', '/vault/v1/kv', { name: 'seen', value: 'v', key_context: {} }))
			.body;
		await ask('GET', `/vault/v1/kv/${id}`);
		await ask('POST', '/organizations', { name: 'Between' });
		await ask('PUT', `/vault/v1/kv/${id}`, { value: 'w' });
		await ask('GET', '/vault/v1/kv');
		await ask('DELETE', `/vault/v1/kv/${id}`);
		const since = await changes(ask, last);
		assert.deepEqual(told(since), [
			['vault.data.created', 'seen'],
			['organization.created', 'Between'],
			['vault.data.updated', 'seen'],
			['vault.data.deleted', 'seen'],
		]);
		await ask('GET', '/vault/v1/kv');
		assert.deepEqual(await changes(ask, since.at(-1)?.id), []);
	});

	test('the time of one never goes back, even when the clock is set back', async () => {
		await later(-3_600_000, () => ask('POST', '/organizations', { name: 'Set back' }));
		const { data } = await eventPage(ask, 'order=asc&limit=100');
		const times = data.map(({ created_at: time }) => time);
		assert.equal(data.at(-1)?.event, 'organization.created');
		assert.deepEqual([times, ids(data)], [times.toSorted(), ids(data).toSorted()]);
	});

	test("WorkOS' own SDK reads them", async () => {
		const workos = sdkOf(vault);
		const asked = { events: [...CHANGES], order: 'asc' as const, limit: 100 };
		const { data } = await workos.events.listEvents(asked);
		const [first] = data;
		assert.equal(first?.event, 'organization.created');
		assert.deepEqual(first.data, await workos.organizations.getOrganization(created.id));
		const { data: since } = await workos.events.listEvents({ ...asked, after: first.id });
		assert.deepEqual(since, data.slice(1));
	});
});

suite('Local Vault: the events of a seed', () => {
	const folder = suiteFolder();

	test('the demo tells of its five organizations before their objects, and no time goes back', async () => {
		await withVault({ seed: 'demo' }, async (ask) => {
			const events: VaultEvent[] = [];
			for (;;) {
				const page = await changes(ask, events.at(-1)?.id);
				if (page.length === 0) break;
				events.push(...page);
			}
			assert.deepEqual(
				told(events.slice(0, 5)).map(([, name]) => name),
				[
					'Oak & Anvil Studio',
					'Meadowbrook Health',
					'Lumenfield Energy',
					'Harborlight Payments',
					'Arctic Tern Logistics',
				],
			);
			assert.equal(events.filter(({ event }) => event === 'organization.created').length, 5);
			const times = events.map(({ created_at: time }) => time);
			assert.deepEqual(times, times.toSorted());
			const { body } = await ask<{ data: Organization[] }>('GET', '/organizations?order=asc');
			assert.deepEqual(
				events.slice(0, 5).map(({ data }) => data),
				body.data,
			);
		});
	});

	test('a file tells of its organizations, and again after a reset', async () => {
		const seed = path.join(folder.path, 'seed.json');
		const objects = [{ name: 'one', value: 'v', context: {} }];
		await writeFile(seed, JSON.stringify({ organizations: [{ id: 'org_x', name: 'X' }, { name: 'Y' }], objects }));
		const expected = [
			['organization.created', 'X'],
			['organization.created', 'Y'],
			['vault.data.created', 'one'],
		];
		await withVault({ seed }, async (ask) => {
			assert.deepEqual(told(await changes(ask)), expected);
			await ask('POST', '/organizations', { name: 'Z' });
			await ask('POST', '/_local/reset');
			assert.deepEqual(told(await changes(ask)), expected);
		});
	});
});
