import assert from 'node:assert/strict';
import { catalogueCalls } from './catalogueCalls';
import { suiteVault } from './running';

interface Live {
	readonly id: string;
	readonly name: string;
	readonly value: string;
	readonly metadata: { readonly context: object; readonly updated_at: string; readonly version_id: string };
}

suite('Local Vault: one object in both dialects', () => {
	const vault = suiteVault();
	const { create, get, getByName, update, remove, ask } = catalogueCalls(vault);
	const context = { organization_id: 'org_1', data_type: 'token' };
	const live = <Body = Live>(method: string, path: string, body?: object) =>
		vault.ask<Body>(method, `/vault/v1/kv${path}`, body);
	const createLive = async (name: string, value: string) =>
		(await live<{ id: string; version_id: string }>('POST', '', { name, value, key_context: context })).body;

	test('what the catalogue creates, the live dialect reads, updates, lists and deletes', async () => {
		const created = await create('of the catalogue', { n: 1.5 }, context);
		const { body: read } = await live('GET', `/${created.id}`);
		assert.deepEqual([read.name, read.value, read.metadata.context], [created.name, '{"n":1.5}', context]);
		assert.equal(read.metadata.updated_at, created.updated_at);
		const { version_id: version_check } = read.metadata;

		assert.equal((await live('PUT', `/${created.id}`, { value: '{"n": 2}', version_check })).status, 201);
		const { body: updated } = await get(created.id, context);
		assert.deepEqual([updated.version, updated.value, updated.data], [2, '{"n": 2}', { n: 2 }]);
		assert.equal((await update({ id: created.id, data: {}, version: 1 })).status, 409);

		const { body: list } = await live<{ data: { id: string }[] }>('GET', '?search=of%20the%20catalogue');
		assert.deepEqual(
			list.data.map(({ id }) => id),
			[created.id],
		);
		assert.equal((await live('DELETE', `/${created.id}`)).status, 200);
		const gone = await get(created.id);
		assert.deepEqual([gone.status, gone.body.code], [404, 'not_found']);
	});

	test('what the live dialect creates, the catalogue reads, updates, lists and deletes', async () => {
		const { id, version_id } = await createLive('of the live dialect', '{ "n": 1 }');
		const { body: read } = await getByName('of the live dialect', context);
		assert.deepEqual([read.id, read.version, read.value, read.data], [id, 1, '{ "n": 1 }', { n: 1 }]);

		const { body: updated } = await update({ id, data: { n: 2 }, version: 1, key_context: context });
		const { body: again } = await live('GET', `/${id}`);
		assert.deepEqual([again.value, again.metadata.updated_at], ['{"n":2}', updated.updated_at]);
		assert.equal((await live('PUT', `/${id}`, { value: 'x', version_check: version_id })).status, 409);

		const { body: list } = await ask<{ data: { id: string }[] }>('GET', '/list?limit=1');
		assert.equal(list.data[0]?.id, id);
		assert.equal((await remove({ id, version: 2 })).status, 200);
		assert.equal((await live('GET', `/${id}`)).status, 404);
	});

	test('the versions of both are the same', async () => {
		const { id, version_id } = await createLive('versions', 'first');
		await update({ id, data: { second: true } });
		const { body: ofLive } = await live<{ data: Record<string, unknown>[] }>('GET', `/${id}/versions`);
		const { body: ofCatalogue } = await ask<{ data: Record<string, unknown>[] }>('GET', `/versions?id=${id}`);
		assert.deepEqual(
			ofCatalogue.data,
			ofLive.data.map(({ id: versionId, created_at, size, current_version }, index) => {
				return { version: 2 - index, version_id: versionId, created_at, size, current_version };
			}),
		);
		assert.equal(ofLive.data[1]?.id, version_id);
		assert.equal((await ask('GET', `/version?id=${id}&version=1`)).body.value, 'first');
	});

	test('a value that is no JSON object is read without data', async () => {
		for (const value of [
			'',
			'text',
			'5',
			'null',
			'[{}]',
			'"{}"',
			'{"a":1',
			'{"a":1}}',
			"{'a':1}",
			'\ufeff{}',
			'\u00a0{}',
		]) {
			const { id } = await createLive(`no object ${JSON.stringify(value)}`, value);
			for (const path of [`/get?id=${id}`, `/version?id=${id}&version=1`]) {
				const { status, body } = await ask('GET', path);
				assert.deepEqual([status, body.value, 'data' in body], [200, value, false]);
			}
		}
	});

	test('a value that is a JSON object with spaces around it is read with data', async () => {
		const { id } = await createLive('spaces', ' \n{"a" : 1}\r\n');
		const { body } = await get(id);
		assert.deepEqual([body.value, body.data], [' \n{"a" : 1}\r\n', { a: 1 }]);
	});

	test('a name is free or taken for both', async () => {
		const { id } = await create('one name', {});
		const refused = await live('POST', '', { name: 'one name', value: 'x', key_context: {} });
		assert.equal(refused.status, 409);
		await remove({ id });
		await createLive('one name', 'x');
		assert.equal((await ask('POST', '/create', { name: 'one name', data: {} })).status, 409);
	});

	test('a data key of one dialect is opened by the other', async () => {
		const post = <Body>(path: string, body: object) => vault.ask<Body>('POST', path, body);
		const { body: ours } = await post<Record<'plaintext_key' | 'encrypted_key', string>>('/vault/key/create-data-key', {
			key_context: context,
		});
		const { body: opened } = await post<{ data_key: string }>('/vault/v1/keys/decrypt', { keys: ours.encrypted_key });
		assert.equal(opened.data_key, ours.plaintext_key);

		const { body: theirs } = await post<Record<'data_key' | 'encrypted_keys', string>>('/vault/v1/keys/data-key', {
			context,
		});
		const { body } = await post('/vault/key/decrypt-data-key', { encrypted_key: theirs.encrypted_keys });
		assert.deepEqual(body, { plaintext_key: theirs.data_key });
	});
});
