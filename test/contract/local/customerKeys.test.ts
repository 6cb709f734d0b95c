import assert from 'node:assert/strict';
import { clientOf, failureOf } from '../client/running';
import {
	bind,
	create,
	type CustomerKey,
	dataKey,
	destroy,
	type Pair,
	sentenceOf,
	type Stored,
	turn,
} from './customerKeyCalls';
import { suiteVault } from './running';

interface Listed<Row> {
	data: Row[];
}

suite("Local Vault: a customer's key", () => {
	const vault = suiteVault();
	const { ask } = vault;
	const context = { organization_id: 'org_bound' };
	const more = { team: 'blue', organization_id: 'org_bound' };
	const other = { organization_id: 'org_other' };
	let key: CustomerKey;
	let [before, single, several, elsewhere]: Stored[] = [];
	let [oldPair, pair, otherPair]: Pair[] = [];

	const needing = (): [string, string, unknown?][] => [
		['GET', `/vault/v1/kv/${single?.id}`],
		['GET', `/vault/v1/kv/${several?.id}`],
		['GET', '/vault/v1/kv/name/single'],
		['POST', '/vault/v1/kv', { name: 'new', value: 'v', key_context: context }],
		['POST', '/vault/v1/kv', { name: 'new', value: 'v', key_context: { ...more, tier: 'new' } }],
		['PUT', `/vault/v1/kv/${single?.id}`, { value: 'v' }],
		['PUT', `/vault/v1/kv/${before?.id}`, { value: 'v' }],
		['POST', '/vault/v1/keys/data-key', { context: more }],
		['POST', '/vault/v1/keys/decrypt', { keys: pair?.encrypted_keys }],
		['POST', '/vault/v1/keys/rekey', { context: other, encrypted_keys: pair?.encrypted_keys }],
		['POST', '/vault/v1/keys/rekey', { context, encrypted_keys: otherPair?.encrypted_keys }],
	];
	const needingInCatalogue = (): [string, string, unknown?][] => [
		['GET', `object/get?id=${single?.id}`],
		['GET', 'object/get-by-name?name=several'],
		['GET', `object/version?id=${several?.id}&version=1`],
		['POST', 'object/create', { name: 'new', data: {}, key_context: context }],
		['PUT', 'object/update', { id: single?.id, data: {} }],
		['POST', 'key/create-data-key', { key_context: context }],
		['POST', 'key/decrypt-data-key', { encrypted_key: pair?.encrypted_keys }],
	];
	const state = async () => (await ask('GET', '/_local/state')).body;

	async function assertUnavailable(why: 'disabled' | 'deleted', calls = needing()) {
		const counts = await state();
		for (const [method, route, body] of calls) {
			const answer = await ask(method, route, body);
			assert.deepEqual([answer.status, answer.body], [400, { error: sentenceOf(why) }], `${method} ${route}`);
		}
		assert.deepEqual(await state(), counts);
	}

	suiteSetup(async () => {
		before = await create(ask, 'before', context);
		oldPair = await dataKey(ask, context);
		key = await bind(ask, 'org_bound', { key_provider: 'GCP_KMS' });
		single = await create(ask, 'single', context);
		several = await create(ask, 'several', more);
		elsewhere = await create(ask, 'elsewhere', other);
		pair = await dataKey(ask, more);
		otherPair = await dataKey(ask, other);
	});

	test('it is answered when it is bound, and listed', async () => {
		const { id, created_at: createdAt, ...rest } = key;
		assert.deepEqual(rest, { key_context: context, key_provider: 'GCP_KMS', enabled: true });
		assert.match(id, /^[0-9a-f-]{36}$/);
		assert.ok(Math.abs(Date.now() - Date.parse(createdAt)) < 60_000);
		assert.deepEqual((await ask('GET', '/_local/customer-keys')).body, { data: [key] });
		assert.equal((await state()).customer_keys, 1);
	});

	test('it stands in for the key of its pair, in what is written from then on', async () => {
		assert.equal(single?.key_id, key.id);
		assert.notEqual(before?.key_id, key.id);
		assert.notEqual(several?.key_id, key.id);
		const keyIds = async (one: Record<string, string>) => {
			await dataKey(ask, one);
			const { body } = await ask<Listed<{ data: { key_ids: string[] } }>>(
				'GET',
				'/events?events=vault.dek.read&limit=1',
			);
			return body.data[0]?.data.key_ids ?? [];
		};
		assert.deepEqual(await keyIds(context), [key.id]);
		assert.equal((await keyIds(more)).indexOf(key.id), 1);
		for (const unbound of [other, { organizationId: 'org_bound' }, { team: 'org_bound' }, {}]) {
			assert.ok(!(await keyIds(unbound)).includes(key.id), JSON.stringify(unbound));
		}
	});

	test('while it works nothing changes for the client', async () => {
		const names = { before, single, several, elsewhere };
		for (const [name, object] of Object.entries(names)) {
			assert.equal((await ask<Stored>('GET', `/vault/v1/kv/${object?.id}`)).body.value, `value of ${name}`);
		}
		for (const { data_key: plain, encrypted_keys: keys } of [oldPair, pair].filter((one) => one !== undefined)) {
			assert.equal((await ask('POST', '/vault/v1/keys/decrypt', { keys })).body.data_key, plain);
		}
	});

	test('while it is disabled every call that needs it is 400, and changes nothing', async () => {
		const { status, body } = await turn(ask, key.id, 'disable');
		assert.deepEqual([status, body], [200, { ...key, enabled: false }]);
		await assertUnavailable('disabled');
		assert.deepEqual((await ask('GET', '/_local/customer-keys')).body, { data: [{ ...key, enabled: false }] });
	});

	test('the catalogue says the same, in its own shape', async () => {
		for (const [method, route, sent] of needingInCatalogue()) {
			const answer = await ask(method, `/vault/${route}`, sent);
			const body = { code: 'invalid_request', message: sentenceOf('disabled') };
			assert.deepEqual([answer.status, answer.body], [400, body], route);
		}
	});

	test('what does not need it goes on while it is disabled', async () => {
		const doomed = await (async () => {
			await turn(ask, key.id, 'enable');
			const created = await create(ask, 'doomed', context);
			await turn(ask, key.id, 'disable');
			return created;
		})();
		const calls: [string, string, unknown?][] = [
			['GET', `/vault/v1/kv/${before?.id}`],
			['GET', `/vault/v1/kv/${elsewhere?.id}`],
			['GET', `/vault/v1/kv/${single?.id}/metadata`],
			['GET', `/vault/v1/kv/${single?.id}/versions`],
			['GET', '/vault/v1/kv'],
			['DELETE', `/vault/v1/kv/${doomed.id}`],
			['POST', '/vault/v1/keys/decrypt', { keys: oldPair?.encrypted_keys }],
			['POST', '/vault/v1/keys/rekey', { context: other, encrypted_keys: oldPair?.encrypted_keys }],
			['POST', '/vault/v1/keys/data-key', { context: { team: 'blue' } }],
		];
		for (const [method, route, body] of calls) {
			assert.equal((await ask(method, route, body)).status, 200, `${method} ${route}`);
		}
	});

	test('the extension is told that the key is not available', async () => {
		const { vault: client } = clientOf(vault.url, { apiKey: vault.apiKey });
		const id = single?.id ?? '';
		const calls = [
			client.readObject(id),
			client.createObject({ name: 'new', value: 'some value', keyContext: context }),
			client.updateObject({ id, value: 'some value', versionCheck: undefined }),
			client.createDataKey(context),
			client.decryptDataKey(pair?.encrypted_keys ?? ''),
		];
		for (const call of calls) {
			const error = await failureOf(call, 'keyUnavailable');
			assert.equal(error.details.status, 400);
		}
		client.dispose();
	});

	test('when it is enabled again everything works again', async () => {
		assert.deepEqual((await turn(ask, key.id, 'enable')).body, key);
		assert.equal((await ask<Stored>('GET', '/vault/v1/kv/name/several')).body.value, 'value of several');
		const keys = pair?.encrypted_keys;
		assert.equal((await ask('POST', '/vault/v1/keys/decrypt', { keys })).body.data_key, pair?.data_key);
		const route = `/vault/v1/kv/${before?.id}`;
		const updated = await ask<Stored>('PUT', route, { value: 'under the new key' });
		assert.deepEqual([updated.status, updated.body.metadata.key_id], [201, key.id]);
		assert.equal((await ask<Stored>('GET', route)).body.metadata.key_id, key.id);
	});

	test('when it is deleted, what was encrypted under it is never readable again', async () => {
		const { status, body } = await destroy(ask, key.id);
		assert.deepEqual([status, body], [200, { id: key.id, deleted: true }]);
		const reads = needing().filter(([method, route]) => method === 'GET' || route.endsWith('/decrypt'));
		await assertUnavailable('deleted', reads);
		assert.equal((await turn(ask, key.id, 'enable')).status, 404);
		assert.equal((await destroy(ask, key.id)).status, 404);
		assert.deepEqual((await ask('GET', '/_local/customer-keys')).body, { data: [] });
	});

	test('after that new writes use the key of the vault, and another one can be bound', async () => {
		const after = await create(ask, 'after', context);
		assert.equal(after.key_id, before?.key_id);
		assert.equal((await ask('PUT', `/vault/v1/kv/${single?.id}`, { value: 'readable' })).status, 201);
		assert.equal((await ask('GET', `/vault/v1/kv/${single?.id}`)).body.value, 'readable');
		const next = await bind(ask, 'org_bound');
		assert.notEqual(next.id, key.id);
		await turn(ask, next.id, 'disable');
		assert.equal((await ask('GET', `/vault/v1/kv/${after.id}`)).body.value, 'value of after');
		await assertUnavailable('deleted', [['GET', `/vault/v1/kv/${several?.id}`]]);
		await destroy(ask, next.id);
	});

	test('its events tell what became of it, and not who did it', async () => {
		const events = 'vault.byok_key.verification_completed,vault.byok_key.deleted';
		const query = `/events?events=${events}&order=asc&limit=100&organization_id=org_bound`;
		const { body } = await ask<Listed<{ event: string; data: Record<string, unknown> }>>('GET', query);
		const shared = { organization_id: 'org_bound', key_provider: 'GCP_KMS' };
		const verified = (is: boolean) => ['vault.byok_key.verification_completed', { ...shared, verified: is }];
		const told = body.data.map(({ event, data }) => [event, data]);
		assert.deepEqual(told.slice(0, 6), [
			verified(true),
			verified(false),
			verified(true),
			verified(false),
			verified(true),
			['vault.byok_key.deleted', shared],
		]);
		assert.deepEqual(
			body.data.slice(6).map(({ event }) => event.split('.').at(-1)),
			['verification_completed', 'verification_completed', 'deleted'],
		);
	});
});
