import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startLocalVault } from '../../../src/local/server';
import { type EventPage, eventPage, type VaultEvent } from './eventCalls';
import { type Ask, asker, suiteFolder, suiteVault } from './running';

interface Stored {
	id: string;
	key_id: string;
	version_id: string;
	updated_by: { id: string; name: string };
}

const newest = async (ask: Ask) => (await eventPage(ask, 'limit=1')).data[0]?.id ?? '';

/** What was written while something was done, oldest first. */
async function during(ask: Ask, act: () => Promise<unknown>): Promise<VaultEvent[]> {
	const last = await newest(ask);
	await act();
	return (await eventPage(ask, `order=asc&limit=100&after=${last}`)).data;
}

const told = (events: VaultEvent[]) => events.map(({ event, data }) => [event, data]);

suite('Local Vault: what events tell', () => {
	const vault = suiteVault();
	const { ask } = vault;
	const context = { organization_id: 'org_events', team: 'blue' };
	const actor = { actor_id: '', actor_source: 'api', actor_name: '' };
	let object: Stored;
	let created: VaultEvent[];

	const create = (name: string, more: object = {}) =>
		ask<Stored>('POST', '/vault/v1/kv', { name, value: 'CANARY-first', key_context: context, ...more });

	suiteSetup(async () => {
		created = await during(ask, async () => ({ body: object } = await create('told')));
		Object.assign(actor, { actor_id: object.updated_by.id, actor_name: object.updated_by.name });
	});

	test('an event has the envelope of the live API', () => {
		for (const { data, ...envelope } of created) {
			assert.deepEqual(Object.keys(envelope).sort(), ['created_at', 'event', 'id', 'object']);
			assert.equal(envelope.object, 'event');
			assert.match(envelope.id, /^event_[0-9A-HJKMNP-TV-Z]{26}$/);
			assert.equal(new Date(envelope.created_at).toISOString(), envelope.created_at);
			assert.ok(Math.abs(Date.now() - Date.parse(envelope.created_at)) < 60_000);
			assert.equal(data.actor_source, 'api');
		}
	});

	test('the first object of a context tells of the keys that were made for it, then of itself', () => {
		const keys = created.slice(0, 2).map(({ data }) => String(data.key_id));
		assert.equal(new Set(keys).size, 2);
		assert.deepEqual(told(created), [
			['vault.kek.created', { ...actor, key_name: '["organization_id","org_events"]', key_id: keys[0] }],
			['vault.kek.created', { ...actor, key_name: '["team","blue"]', key_id: keys[1] }],
			['vault.data.created', { ...actor, kv_name: 'told', key_id: object.key_id, key_context: context }],
		]);
	});

	test('each call of the live dialect writes its one event', async () => {
		const route = `/vault/v1/kv/${object.id}`;
		const key = { key_id: object.key_id, kv_name: 'told' };
		const calls: [string, string, unknown, string, object][] = [
			['GET', route, undefined, 'vault.data.read', key],
			['GET', '/vault/v1/kv/name/told', undefined, 'vault.data.read', key],
			['GET', `${route}/metadata`, undefined, 'vault.metadata.read', { kv_name: 'told' }],
			['GET', `${route}/versions`, undefined, 'vault.metadata.read', { kv_name: 'told' }],
			['GET', '/vault/v1/kv?search=told', undefined, 'vault.names.listed', {}],
			['PUT', route, { value: 'CANARY-second' }, 'vault.data.updated', { ...key, key_context: context }],
			['GET', `/vault/object/version?id=${object.id}&version=1`, undefined, 'vault.data.read', key],
			['DELETE', route, undefined, 'vault.data.deleted', { kv_name: 'told' }],
		];
		for (const [method, path, body, event, data] of calls) {
			const events = await during(ask, () => ask(method, path, body));
			assert.deepEqual(told(events), [[event, { ...actor, ...data }]], `${method} ${path}`);
		}
	});

	test('data keys are told by the ids of their keys', async () => {
		const keys = [...created.slice(0, 2).map(({ data }) => data.key_id)];
		const read = ['vault.dek.read', { ...actor, key_ids: keys, key_context: context }];
		let pair = { id: '', encrypted_keys: '' };
		const made = await during(ask, async () => {
			({ body: pair } = await ask<typeof pair>('POST', '/vault/v1/keys/data-key', { context }));
		});
		assert.deepEqual(told(made), [read]);
		const decrypted = ['vault.dek.decrypted', { ...actor, key_id: pair.id }];
		const opened = await during(ask, () => ask('POST', '/vault/v1/keys/decrypt', { keys: pair.encrypted_keys }));
		assert.deepEqual(told(opened), [decrypted]);
		const rekeyed = await during(ask, () =>
			ask('POST', '/vault/v1/keys/rekey', { context, encrypted_keys: pair.encrypted_keys }),
		);
		assert.deepEqual(told(rekeyed), [decrypted, read]);
	});

	test('each call of the catalogue writes the same event as its twin of the live dialect', async () => {
		let id = '';
		const body = { name: 'catalogued', data: { canary: 'CANARY' }, key_context: context };
		const made = await during(ask, async () => {
			({ id } = (await ask<Stored>('POST', '/vault/object/create', body)).body);
		});
		const key = { key_id: object.key_id, kv_name: 'catalogued' };
		const changed = { ...actor, ...key, key_context: context };
		assert.deepEqual(told(made), [['vault.data.created', changed]]);
		const calls: [string, string, unknown, string, object][] = [
			['GET', `get?id=${id}`, undefined, 'vault.data.read', key],
			['GET', 'get-by-name?name=catalogued', undefined, 'vault.data.read', key],
			['GET', `version?id=${id}&version=1`, undefined, 'vault.data.read', key],
			['GET', `metadata?id=${id}`, undefined, 'vault.metadata.read', { kv_name: 'catalogued' }],
			['GET', `versions?id=${id}`, undefined, 'vault.metadata.read', { kv_name: 'catalogued' }],
			['GET', 'list?limit=1', undefined, 'vault.names.listed', {}],
			['PUT', 'update', { id, data: { canary: 'CANARY' } }, 'vault.data.updated', { ...key, key_context: context }],
			['DELETE', 'delete', { id }, 'vault.data.deleted', { kv_name: 'catalogued' }],
		];
		for (const [method, route, sent, event, data] of calls) {
			const events = await during(ask, () => ask(method, `/vault/object/${route}`, sent));
			assert.deepEqual(told(events), [[event, { ...actor, ...data }]], `${method} ${route}`);
		}
	});

	test("the catalogue's data keys are told; encrypting with one uses no key of the vault", async () => {
		const events = await during(ask, async () => {
			const sent = { key_context: context };
			const { body: pair } = await ask<Record<string, string>>('POST', '/vault/key/create-data-key', sent);
			const encrypted = { plaintext: 'CANARY', data_key: pair.plaintext_key };
			const { body } = await ask<Record<string, string>>('POST', '/vault/key/encrypt-data', encrypted);
			const sealed = { ciphertext: body.ciphertext, data_key: pair.plaintext_key };
			assert.equal((await ask('POST', '/vault/key/decrypt-data', sealed)).body.plaintext, 'CANARY');
			await ask('POST', '/vault/key/decrypt-data-key', { encrypted_key: pair.encrypted_key });
		});
		assert.deepEqual(
			events.map(({ event }) => event),
			['vault.dek.read', 'vault.dek.decrypted'],
		);
	});

	test('a call that is refused writes nothing, not even the key that it would have made', async () => {
		const { id } = (await create('stays')).body;
		const fresh = { key_context: { organization_id: 'org_never' } };
		const calls: [string, string, unknown, number][] = [
			['POST', '/vault/v1/kv', { name: 'stays', value: 'v', ...fresh }, 409],
			['POST', '/vault/v1/kv', { name: '', value: 'v', ...fresh }, 422],
			['POST', '/vault/v1/kv', '{', 400],
			['GET', `/vault/v1/kv/${object.id}`, undefined, 404],
			['GET', '/vault/v1/kv/name/none', undefined, 404],
			['GET', '/vault/v1/kv/none/metadata', undefined, 404],
			['GET', '/vault/v1/kv/none/versions', undefined, 404],
			['GET', '/vault/v1/kv?after=none', undefined, 400],
			['GET', '/vault/v1/kv?limit=0', undefined, 400],
			['PUT', `/vault/v1/kv/${id}`, { value: 'v', version_check: 'stale' }, 409],
			['DELETE', `/vault/v1/kv/${id}?version_check=stale`, undefined, 409],
			['GET', `/vault/object/version?id=${id}&version=9`, undefined, 404],
			['POST', '/vault/v1/keys/decrypt', { keys: 'none' }, 400],
			['POST', '/vault/v1/keys/rekey', { context: fresh.key_context, encrypted_keys: 'none' }, 400],
			['POST', '/organizations', { name: '' }, 422],
			['GET', '/events', undefined, 200],
		];
		const events = await during(ask, async () => {
			for (const [method, route, body, status] of calls) {
				assert.equal((await ask(method, route, body)).status, status, `${method} ${route}`);
			}
			const stranger = { Authorization: 'Bearer sk_other' };
			assert.equal((await ask('GET', `/vault/v1/kv/${id}`, undefined, stranger)).status, 401);
		});
		assert.deepEqual(events, []);
	});

	test('no event holds a value or a key', async () => {
		const all: VaultEvent[] = [];
		for (let after: string | null = ''; after !== null;) {
			const { data, list_metadata: next }: EventPage = await eventPage(ask, `limit=100&after=${after}`);
			all.push(...data);
			after = next.after;
		}
		assert.ok(all.length > 25);
		assert.ok(JSON.stringify(all).includes('told'), 'the scan finds what is there');
		assert.doesNotMatch(JSON.stringify(all), /CANARY|WOS\.EKM|V09TLkVLTS52MQ/);
	});
});

suite('Local Vault: an event and what it tells of', () => {
	const folder = suiteFolder();

	test('are one transaction: where the event can not be written, nothing happens and nothing is told', async () => {
		const dataFile = path.join(folder.path, 'vault.db');
		const vault = await startLocalVault({ dataFile });
		const database = new DatabaseSync(dataFile);
		try {
			const ask = asker(vault);
			const context = { team: 'a' };
			const draft = { name: 'kept', value: 'CANARY', key_context: context };
			const { id } = (await ask<Stored>('POST', '/vault/v1/kv', draft)).body;
			const { encrypted_keys: keys } = (await ask('POST', '/vault/v1/keys/data-key', { context })).body;
			const before = (await ask('GET', `/vault/v1/kv/${id}`)).body;
			database.exec("CREATE TRIGGER refuse BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no'); END");
			const calls: [string, string, unknown?][] = [
				['POST', '/vault/v1/kv', { ...draft, name: 'new', key_context: { team: 'b' } }],
				['PUT', `/vault/v1/kv/${id}`, { value: 'CANARY 2' }],
				['DELETE', `/vault/v1/kv/${id}`],
				['GET', `/vault/v1/kv/${id}`],
				['GET', '/vault/v1/kv/name/kept'],
				['GET', `/vault/v1/kv/${id}/metadata`],
				['GET', `/vault/v1/kv/${id}/versions`],
				['GET', '/vault/v1/kv'],
				['POST', '/vault/v1/keys/data-key', { context }],
				['POST', '/vault/v1/keys/decrypt', { keys }],
				['POST', '/_local/customer-keys', { key_context: context }],
				['POST', '/organizations', { name: 'One' }],
			];
			for (const [method, route, body] of calls) {
				const answer = await ask(method, route, body);
				assert.equal(answer.status, 500, `${method} ${route}`);
				const sentence = 'Local Vault could not do this. Its data may be damaged.';
				assert.equal(answer.body.error ?? answer.body.message, sentence);
			}
			database.exec('DROP TRIGGER refuse');
			assert.deepEqual((await ask('GET', `/vault/v1/kv/${id}`)).body, before);
			const state = (await ask('GET', '/_local/state')).body;
			const expected = { objects: 1, versions: 1, keys: 1, customer_keys: 0, organizations: 0 };
			assert.deepEqual({ ...state, ...expected }, state);
		} finally {
			database.close();
			await vault.close();
		}
	});
});
