import assert from 'node:assert/strict';
import { suiteVault } from './running';

interface Metadata {
	id: string;
	context: Record<string, string>;
	key_id: string;
	version_id: string;
	updated_at: string;
}
interface Whole {
	id: string;
	name: string;
	value: string;
	metadata: Metadata;
}
interface Versions {
	data: { id: string; created_at: string; current_version: boolean; size: number; etag: string }[];
	list_metadata: unknown;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

suite('Local Vault: objects', () => {
	const vault = suiteVault();
	const context = { organization_id: 'org_demo', data_type: 'token' };
	const create = async (name: string, value = 'first', key_context: Record<string, string> = context) => {
		const answer = await vault.ask<Metadata>('POST', '/vault/v1/kv', { name, value, key_context });
		assert.equal(answer.status, 201);
		return answer.body;
	};

	test('a create answers 201 with the metadata alone', async () => {
		const body = await create('created');
		assert.deepEqual(Object.keys(body).sort(), [
			'context',
			'environment_id',
			'id',
			'key_id',
			'updated_at',
			'updated_by',
			'version_id',
		]);
		assert.match(body.id, UUID);
		assert.match(body.version_id, UUID);
		assert.match(body.key_id, UUID);
		assert.deepEqual(body.context, context);
		assert.equal(new Date(body.updated_at).toISOString(), body.updated_at);
		const { environment_id, updated_by } = body as unknown as {
			environment_id: string;
			updated_by: { id: string; name: string };
		};
		assert.match(environment_id, /^environment_[0-9A-Z]{26}$/);
		assert.match(updated_by.id, /^key_[0-9A-Z]{26}$/);
		assert.equal(updated_by.name, 'Local Vault key');
	});

	test('the same context in another order has the same key, another context has another', async () => {
		const first = await create('key 1', 'x', { a: '1', b: '2' });
		const second = await create('key 2', 'x', { b: '2', a: '1' });
		const third = await create('key 3', 'x', { a: '1' });
		assert.equal(first.key_id, second.key_id);
		assert.notEqual(first.key_id, third.key_id);
	});

	test('an object is read by id and by name with its exact value', async () => {
		for (const value of ['', 'line\r\nend\n', '\u0000 nul', '鍵 👩🏽‍🔧 e\u0301', '{"a": 1}', 'x'.repeat(1024 * 1024)]) {
			const name = `exact ${value.length}`;
			const { id, version_id } = await create(name, value);
			const byId = await vault.ask<Whole>('GET', `/vault/v1/kv/${id}`);
			const byName = await vault.ask<Whole>('GET', `/vault/v1/kv/name/${encodeURIComponent(name)}`);
			assert.equal(byId.status, 200);
			assert.deepEqual(byId.body, byName.body);
			assert.equal(byId.body.value, value);
			assert.equal(byId.body.metadata.version_id, version_id);
			assert.deepEqual(Object.keys(byId.body), ['id', 'name', 'value', 'metadata']);
		}
	});

	test('names with every kind of character work in name/{name}', async () => {
		const names = ['a/b c:d', '100%', '%2F as text', 'a%20b', 'ключ/鍵 👩🏽‍🔧', '?q=1#f', 'metadata', 'versions', 'name'];
		for (const name of [
			...names,
			'\\back',
			'"quoted"',
			'+plus+',
			'&amp;',
			'\u0001',
			'x'.repeat(200),
			'🔑'.repeat(200),
		]) {
			const { id } = await create(name);
			const read = await vault.ask<Whole>('GET', `/vault/v1/kv/name/${encodeURIComponent(name)}`);
			assert.deepEqual([read.status, read.body.id, read.body.name], [200, id, name]);
		}
	});

	test('metadata answers everything but the value', async () => {
		const { id, ...rest } = await create('described');
		const { status, body } = await vault.ask('GET', `/vault/v1/kv/${id}/metadata`);
		assert.equal(status, 200);
		assert.deepEqual(body, { id, name: 'described', metadata: { id, ...rest } });
	});

	test('an update answers 201 without the value and adds a version', async () => {
		const { id, version_id: first } = await create('updated');
		const { status, body } = await vault.ask<Whole>('PUT', `/vault/v1/kv/${id}`, { value: 'second' });
		assert.equal(status, 201);
		assert.deepEqual(Object.keys(body), ['id', 'name', 'metadata']);
		assert.notEqual(body.metadata.version_id, first);
		assert.deepEqual(body.metadata.context, context);
		assert.equal((await vault.ask<Whole>('GET', `/vault/v1/kv/${id}`)).body.value, 'second');
	});

	test('version_check absent or null is no check, the current version passes, any other is 409', async () => {
		const { id, version_id: first } = await create('checked');
		const put = (body: object) => vault.ask<Whole>('PUT', `/vault/v1/kv/${id}`, { value: 'next', ...body });
		const second = await put({ version_check: first });
		assert.equal(second.status, 201);
		const stale = await put({ version_check: first });
		assert.equal(stale.status, 409);
		assert.match((stale.body as unknown as { error: string }).error, /^Item already exists/);
		assert.equal((await put({ version_check: '' })).status, 409);
		assert.equal((await put({ version_check: null })).status, 201);
		assert.equal((await put({})).status, 201);
		assert.equal((await vault.ask<Versions>('GET', `/vault/v1/kv/${id}/versions`)).body.data.length, 4);
	});

	test('a name that exists is 409', async () => {
		await create('taken');
		const again = await vault.ask('POST', '/vault/v1/kv', { name: 'taken', value: 'x', key_context: {} });
		assert.deepEqual([again.status, again.body], [409, { error: 'Item already exists' }]);
		await create('Taken');
	});

	test('versions come newest first, with sizes, distinct etags and rising times', async () => {
		const { id } = await create('versioned', 'é');
		for (const value of ['two', 'é']) await vault.ask('PUT', `/vault/v1/kv/${id}`, { value });
		const { body } = await vault.ask<Versions>('GET', `/vault/v1/kv/${id}/versions`);
		assert.deepEqual(body.list_metadata, { before: null, after: null });
		assert.deepEqual(
			body.data.map(({ current_version, size }) => [current_version, size]),
			[
				[true, 2],
				[false, 3],
				[false, 2],
			],
		);
		const [newest, middle, oldest] = body.data;
		assert.ok(newest && middle && oldest);
		assert.ok(newest.created_at > middle.created_at && middle.created_at > oldest.created_at);
		assert.equal(newest.etag, oldest.etag);
		assert.notEqual(newest.etag, middle.etag);
		assert.match(newest.etag, /^[0-9a-f]{32}$/);
	});

	test('an old value is read by its number and by its version id', async () => {
		const { id, version_id } = await create('old', '{"n": 1}');
		await vault.ask('PUT', `/vault/v1/kv/${id}`, { value: '[2]' });
		const read = (version: string) => vault.ask('GET', `/vault/object/version?id=${id}&version=${version}`);
		const first = await read('1');
		const { created_at, updated_at, ...rest } = first.body;
		assert.deepEqual(rest, { id, name: 'old', version: 1, version_id, value: '{"n": 1}', data: { n: 1 } });
		assert.ok(!Number.isNaN(Date.parse(String(created_at))));
		assert.equal(updated_at, created_at);
		assert.deepEqual((await read(version_id)).body, first.body);
		const second = (await read('2')).body;
		assert.deepEqual([second.value, 'data' in second], ['[2]', false]);
		for (const absent of ['0', '3', '999999999999999', 'nonsense', '-1', '1.5']) {
			assert.equal((await read(absent)).status, 404, absent);
		}
		const missing = await vault.ask('GET', `/vault/object/version?id=${id}`);
		assert.deepEqual([missing.status, missing.body.code], [400, 'invalid_request']);
	});

	test('the version of one object is not read through another', async () => {
		const { version_id } = await create('mine');
		const { id } = await create('theirs');
		assert.equal((await vault.ask('GET', `/vault/object/version?id=${id}&version=${version_id}`)).status, 404);
	});

	test('a deleted object is gone for every call, which says since when, and its name is free', async () => {
		const { id, version_id } = await create('short lived');
		assert.equal((await vault.ask('DELETE', `/vault/v1/kv/${id}?version_check=other`)).status, 409);
		assert.equal((await vault.ask('DELETE', `/vault/v1/kv/${id}?version_check=`)).status, 409);
		const gone = await vault.ask('DELETE', `/vault/v1/kv/${id}?version_check=${version_id}`);
		assert.deepEqual([gone.status, gone.body], [200, { name: 'short lived', success: true }]);
		const calls: [string, string, object?][] = [
			['GET', `/vault/v1/kv/${id}`],
			['GET', '/vault/v1/kv/name/short%20lived'],
			['GET', `/vault/v1/kv/${id}/metadata`],
			['GET', `/vault/v1/kv/${id}/versions`],
			['GET', `/vault/object/version?id=${id}&version=1`],
			['PUT', `/vault/v1/kv/${id}`, { value: 'x' }],
			['DELETE', `/vault/v1/kv/${id}`],
		];
		for (const [method, path, body] of calls) {
			const answer = await vault.ask(method, path, body);
			assert.equal(answer.status, 404, path);
			assert.match(
				String(answer.body.error ?? answer.body.message),
				/^(Not Found|Object not found): the object was deleted at \d{4}-.*Z\.$/,
			);
		}
		const { id: second } = await create('short lived', 'again');
		const read = await vault.ask<Whole>('GET', '/vault/v1/kv/name/short%20lived');
		assert.deepEqual([read.body.id, read.body.value], [second, 'again']);
	});

	test('an object that never was is 404', async () => {
		for (const path of ['/vault/v1/kv/nope', '/vault/v1/kv/name/nope', '/vault/v1/kv/nope/versions']) {
			const { status, body } = await vault.ask('GET', path);
			assert.deepEqual([status, body], [404, { error: 'Not Found: this vault has no such object.' }]);
		}
	});

	test('an empty key context is a context', async () => {
		const { id, context: answered } = await create('no context', 'x', {});
		assert.deepEqual(answered, {});
		assert.equal((await vault.ask<Whole>('GET', `/vault/v1/kv/${id}`)).body.value, 'x');
	});
});

suite('Local Vault: the number of keys', () => {
	const vault = suiteVault({ maximumKeys: 2 });

	test('a context that needs one key too many is 422, and nothing is created', async () => {
		const create = (name: string, key_context: object) =>
			vault.ask('POST', '/vault/v1/kv', { name, value: 'x', key_context });
		assert.equal((await create('one', { a: '1', b: '1' })).status, 201);
		const refused = await create('two', { a: '2' });
		assert.deepEqual([refused.status, refused.body], [422, { error: 'Maximum unique keys reached' }]);
		assert.equal((await vault.ask('GET', '/vault/v1/kv/name/two')).status, 404);
		assert.equal((await create('two', { a: '1' })).status, 201);
	});
});
