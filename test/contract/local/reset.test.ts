import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startLocalVault } from '../../../src/local/server';
import { type Ask, suiteFolder, withVault } from './running';

interface Listed {
	data: { id: string; name: string; event: string }[];
	list_metadata: { before: string | null; after: string | null };
}

const context = { organization_id: 'org_1' };
const create = async (ask: Ask, name: string) => {
	const { status, body } = await ask<{ id: string }>('POST', '/vault/v1/kv', {
		name,
		value: 'v',
		key_context: context,
	});
	assert.equal(status, 201);
	return body.id;
};
const list = async (ask: Ask, query = 'limit=100') => (await ask<Listed>('GET', `/vault/v1/kv?${query}`)).body;
const state = async (ask: Ask) => (await ask('GET', '/_local/state')).body;
const reset = (ask: Ask) => ask('POST', '/_local/reset');

suite('Local Vault: reset', () => {
	const folder = suiteFolder();
	const file = (name: string) => path.join(folder.path, name);

	test('without a seed nothing is left but who the vault is', async () => {
		const dataFile = file('plain.db');
		await withVault({ dataFile }, async (ask, { apiKey }) => {
			const empty = await state(ask);
			const id = await create(ask, 'one');
			await ask('PUT', `/vault/v1/kv/${id}`, { value: 'w' });
			await ask('DELETE', `/vault/v1/kv/${await create(ask, 'two')}`);
			await ask('POST', '/organizations', { name: 'One', external_id: 'ext' });
			await ask('POST', '/_local/customer-keys', { key_context: context });
			await ask('POST', '/_local/faults', { route: 'GET /nowhere', status: 500 });
			const { updated_by: actor } = (await ask<{ metadata: object }>('GET', `/vault/v1/kv/${id}`)).body.metadata as {
				updated_by?: object;
			};
			const { status, body } = await reset(ask);
			assert.deepEqual([status, body], [200, empty]);
			assert.deepEqual(await state(ask), empty);
			assert.equal((await ask('GET', `/vault/v1/kv/${id}`)).status, 404);
			// Names, external ids and pairs are free again.
			await create(ask, 'one');
			assert.equal((await ask('POST', '/organizations', { name: 'One', external_id: 'ext' })).status, 201);
			assert.equal((await ask('POST', '/_local/customer-keys', { key_context: context })).status, 201);
			const { metadata } = (await ask<{ metadata: object }>('GET', '/vault/v1/kv/name/one')).body;
			assert.deepEqual((metadata as { updated_by?: object }).updated_by, actor);
			const second = await startLocalVault({ dataFile });
			await second.close();
			assert.equal(second.apiKey, apiKey);
		});
	});

	test('the demo is there again as it was', async () => {
		await withVault({ seed: 'demo' }, async (ask) => {
			const [counts, page] = [await state(ask), await list(ask)];
			for (const { id } of page.data.slice(0, 3)) await ask('DELETE', `/vault/v1/kv/${id}`);
			await create(ask, 'of my own');
			const { body } = await reset(ask);
			assert.deepEqual(body, counts);
			const again = await list(ask);
			// The times of the demo count back from the moment in which it is filled in.
			const rows = ({ data }: Listed) => data.map(({ id, name }) => [id, name]);
			assert.deepEqual(rows(again), rows(page));
			assert.equal((await ask<Listed>('GET', '/organizations')).body.data.length, 5);
		});
	});

	test('the file of a seed is used as it was when the server started', async () => {
		const [seed, dataFile] = [file('seed.json'), file('seeded.db')];
		const objects = [{ name: 'seeded', value: 'v', context }];
		await writeFile(seed, JSON.stringify({ organizations: [{ id: 'org_1', name: 'One' }], objects }));
		await withVault({ seed, dataFile }, async (ask) => {
			await create(ask, 'another');
			for (const change of [() => writeFile(seed, '{"objects": 5}'), () => rm(seed)]) {
				await change();
				assert.equal((await reset(ask)).status, 200);
				assert.deepEqual(
					(await list(ask)).data.map(({ name }) => name),
					['seeded'],
				);
				assert.equal((await ask('GET', '/organizations/org_1')).body.name, 'One');
			}
		});
	});

	test('a seed that turns out to be wrong is a sentence, and everything stays as it was', async () => {
		const [seed, dataFile] = [file('wrong.json'), file('kept.db')];
		await withVault({ dataFile }, async (ask) => void (await create(ask, 'kept')));
		const one = { name: 'one', value: 'CANARY', context: { team: 'new' } };
		const wrong: [unknown, RegExp][] = [
			[{ objects: [one, one] }, /^The seed .+ can't be used: Item already exists\.?$/],
			[{ objects: [one, { name: 'two' }] }, /, object 2 \(“two”\) can't be used: "value" must be a string/],
			[{ objects: [one, { ...one, name: 'two', value: 'CANARY'.repeat(200_000) }] }, /has more than 1048576 bytes/],
		];
		for (const [content, sentence] of wrong) {
			await writeFile(seed, JSON.stringify(content));
			await withVault({ seed, dataFile }, async (ask) => {
				await ask('POST', '/_local/faults', { route: 'GET /nowhere', status: 500 });
				const before = await state(ask);
				const { status, body } = await reset(ask);
				assert.deepEqual([status, body.code], [422, 'unprocessable_entity']);
				assert.match(String(body.message), sentence);
				assert.doesNotMatch(String(body.message), /CANARY/);
				assert.deepEqual(await state(ask), before);
				assert.equal((await ask('GET', '/vault/v1/kv/name/kept')).body.value, 'v');
				await create(ask, `after ${before.objects as number}`);
			});
		}
	});

	test('ids of before are not found, or refused as cursors, and no event is told twice', async () => {
		await withVault({}, async (ask) => {
			for (const name of ['one', 'two', 'three']) await create(ask, name);
			const { data, list_metadata: cursors } = await list(ask, 'limit=2');
			const { body: events } = await ask<Listed>('GET', '/events?limit=2');
			await reset(ask);
			for (const name of ['four', 'five']) await create(ask, name);
			const [id, event] = [data[0]?.id, events.data[0]?.id];
			for (const route of [`/vault/v1/kv/${id}`, `/vault/v1/kv/${id}/metadata`, `/vault/v1/kv/${id}/versions`]) {
				assert.equal((await ask('GET', route)).status, 404, route);
			}
			for (const route of [`/vault/v1/kv?after=${id}`, `/events?after=${event}`, `/events?before=${event}`]) {
				const { status, body } = await ask('GET', route);
				const sentence = 'The cursor in before or after does not belong to this list.';
				assert.deepEqual([status, body.error ?? body.message], [400, sentence], route);
			}
			// A page that was begun before has no more rows: those that are there now are all newer.
			assert.deepEqual((await list(ask, `after=${cursors.after}`)).data, []);
			const { body } = await ask<Listed>('GET', '/events?order=asc&limit=100');
			assert.deepEqual(
				body.data.map(({ event: name }) => name),
				['vault.kek.created', 'vault.data.created', 'vault.data.created', 'vault.names.listed'],
			);
			assert.ok(body.data.every(({ id: fresh }) => !events.data.some(({ id: old }) => old === fresh)));
		});
	});

	test('data keys of before are of no vault any more', async () => {
		await withVault({}, async (ask) => {
			const { encrypted_keys: keys } = (await ask('POST', '/vault/v1/keys/data-key', { context })).body;
			assert.equal((await ask('POST', '/vault/v1/keys/decrypt', { keys })).status, 200);
			await reset(ask);
			await ask('POST', '/vault/v1/keys/data-key', { context });
			assert.equal((await ask('POST', '/vault/v1/keys/decrypt', { keys })).status, 400);
		});
	});

	test('a second server on the file sees it at once', async () => {
		const dataFile = file('shared.db');
		await withVault({ dataFile }, async (one) => {
			await withVault({ dataFile }, async (two) => {
				const id = await create(one, 'shared');
				assert.equal((await two('GET', `/vault/v1/kv/${id}`)).status, 200);
				const { encrypted_keys: keys } = (await two('POST', '/vault/v1/keys/data-key', { context })).body;
				await reset(one);
				assert.equal((await two('POST', '/vault/v1/keys/decrypt', { keys })).status, 400);
				assert.equal((await two('GET', `/vault/v1/kv/${id}`)).status, 404);
				const next = await create(two, 'shared');
				assert.equal((await one('GET', `/vault/v1/kv/${next}`)).body.value, 'v');
			});
		});
	});
});
