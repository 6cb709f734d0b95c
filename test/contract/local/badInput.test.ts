import assert from 'node:assert/strict';
import { sendRaw, suiteVault } from './running';

const good = { name: 'n', value: 'v', key_context: { organization_id: 'org' } };
const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
const deep = (depth: number) => `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`;
const MIB = 1024 * 1024;

const creates: [what: string, body: unknown, status: number, sentence: RegExp][] = [
	['no JSON', '{"name":', 400, /not valid JSON/],
	['an empty body', '', 400, /not valid JSON/],
	['broken UTF-8', Buffer.from('{"name":"\xff"}', 'latin1'), 400, /not valid UTF-8/],
	['deep JSON', deep(200_000), 422, /must be a JSON object/],
	['deep JSON in an unknown field', `{"x":${deep(100_000)},"name":1}`, 422, /"name" must be a string/],
	['a list', [], 422, /^The body must be a JSON object\.$/],
	['null', 'null', 422, /must be a JSON object/],
	['no fields', {}, 422, /"name" must be a string; "value" must be a string; "key_context" must be a JSON object/],
	['a name that is a number', { ...good, name: 1e308 }, 422, /"name" must be a string/],
	['a name that is null', { ...good, name: null }, 422, /"name" must be a string/],
	['an empty name', { ...good, name: '' }, 422, /"name" must have 1 to 200 characters/],
	['a name of 201 characters', { ...good, name: 'x'.repeat(201) }, 422, /"name" must have 1 to 200 characters/],
	['half a character in the name', '{"name":"\\ud83d","value":"","key_context":{}}', 422, /"name".*surrogate/],
	['half a character in the value', '{"name":"n","value":"\\udd11","key_context":{}}', 422, /"value".*surrogate/],
	['half a character in the context', '{"name":"n","value":"","key_context":{"a":"\\ud83d"}}', 422, /surrogate/],
	['a NUL in the name', { ...good, name: 'a\0b' }, 422, /"name" must not hold a NUL/],
	['a value that is an object', { ...good, value: {} }, 422, /"value" must be a string/],
	['no context', { name: 'n', value: 'v' }, 422, /"key_context" must be a JSON object of strings/],
	['a context that is a list', { ...good, key_context: [] }, 422, /"key_context" must be a JSON object/],
	['a context value that is a number', { ...good, key_context: { a: 1 } }, 422, /must have strings as values/],
	['11 pairs', { ...good, key_context: pairs(11) }, 422, /at most 10 pairs/],
	['an empty context name', { ...good, key_context: { '': 'v' } }, 422, /names of 1 to 120/],
	['a context name of 121 characters', { ...good, key_context: { ['k'.repeat(121)]: 'v' } }, 422, /names of 1 to 120/],
	['a context value of 501 characters', { ...good, key_context: { a: 'v'.repeat(501) } }, 422, /at most 500/],
	['a value of 1 MiB and a byte', { ...good, value: 'é'.repeat(MIB / 2) + '!' }, 413, /more than 1048576 bytes/],
	['a body of more than 8 MiB', { ...good, value: 'x'.repeat(8 * MIB) }, 413, /more than 8388608 bytes/],
];

suite('Local Vault: bad input', () => {
	const vault = suiteVault();

	for (const [what, body, status, sentence] of creates) {
		test(`a create with ${what} is ${status} with a sentence`, async () => {
			const answer = await vault.ask('POST', '/vault/v1/kv', body);
			assert.equal(answer.status, status);
			assert.deepEqual(Object.keys(answer.body), ['error']);
			assert.match(String(answer.body.error), sentence);
			assert.match(String(answer.body.error), /\.$/);
		});
	}

	test('the limits themselves are accepted', async () => {
		const key_context = { ...pairs(9), ['k'.repeat(120)]: '🔑'.repeat(500) };
		const body = { name: '🔑'.repeat(200), value: 'x'.repeat(MIB), key_context };
		const created = await vault.ask('POST', '/vault/v1/kv', body);
		assert.equal(created.status, 201);
		assert.deepEqual(created.body.context, key_context);
		assert.equal((await vault.ask('DELETE', `/vault/v1/kv/${String(created.body.id)}`)).status, 200);
	});

	test('a context name that JavaScript treats specially is a name like any other', async () => {
		const body = '{"name":"p","value":"v","key_context":{"__proto__":"x","constructor":"y"}}';
		const created = await vault.ask('POST', '/vault/v1/kv', body);
		assert.equal(created.status, 201);
		assert.equal(JSON.stringify(created.body.context), '{"__proto__":"x","constructor":"y"}');
		const read = await vault.ask<{ metadata: { context: object } }>('GET', '/vault/v1/kv/name/p');
		assert.equal(JSON.stringify(read.body.metadata.context), '{"__proto__":"x","constructor":"y"}');
		await vault.ask('DELETE', `/vault/v1/kv/${String(created.body.id)}`);
	});

	test('a wrong update or delete is a 4xx with a sentence', async () => {
		const created = await vault.ask('POST', '/vault/v1/kv', good);
		const path = `/vault/v1/kv/${String(created.body.id)}`;
		const bodies: [unknown, number][] = [
			[{}, 400],
			[{ value: 1 }, 400],
			[{ value: null }, 400],
			[{ value: 'v', version_check: 7 }, 400],
			['"text"', 400],
			['{', 400],
			[{ value: 'x'.repeat(MIB + 1) }, 413],
		];
		for (const [body, status] of bodies) {
			const answer = await vault.ask('PUT', path, body);
			assert.equal(answer.status, status);
			assert.match(String(answer.body.error), /\.$/);
		}
		const { body } = await vault.ask<{ data: unknown[] }>('GET', `${path}/versions`);
		assert.equal(body.data.length, 1);
		await vault.ask('DELETE', path);
	});

	test('a version whose value is JSON of any depth is answered with it as data', async () => {
		const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
		for (const depth of [1, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 10_000, 100_000]) {
			const value = nested(depth);
			const { body: created } = await vault.ask('POST', '/vault/v1/kv', { ...good, value });
			const id = String(created.id);
			const headers = { Authorization: `Bearer ${vault.apiKey}` };
			const response = await fetch(`${vault.url}/vault/object/version?id=${id}&version=1`, { headers });
			assert.equal(response.status, 200, String(depth));
			assert.ok((await response.text()).endsWith(`"value":${JSON.stringify(value)},"data":${value}}`), String(depth));
			await vault.ask('DELETE', `/vault/v1/kv/${id}`);
		}
	});

	test('unknown fields and query parameters of a create are ignored', async () => {
		const created = await vault.ask('POST', '/vault/v1/kv?x=1', { ...good, more: { deep: [1] } });
		assert.equal(created.status, 201);
		await vault.ask('DELETE', `/vault/v1/kv/${String(created.body.id)}`);
	});

	test('a path that is not percent-encoded UTF-8 is 400, a strange one 501', async () => {
		const headers = { Authorization: `Bearer ${vault.apiKey}` };
		for (const path of [
			'/vault/v1/kv/name/%E0%A4',
			'/vault/v1/kv/%',
			'/vault/v1/kv/name/%zz',
			'/vault/v1/kv/%ff/versions',
		]) {
			const answer = await sendRaw(vault.url, { path, headers });
			assert.equal(answer.status, 400, path);
			assert.deepEqual(JSON.parse(answer.text), { error: 'The path is not valid percent-encoded UTF-8.' });
		}
		for (const path of [
			'/',
			'//vault/v1/kv',
			'/vault/v1/kv/name/a/b',
			'/vault/v1/kv/../kv/name/x',
			'/vault/v1/kv/x/y',
		]) {
			assert.equal((await sendRaw(vault.url, { path, headers })).status, 501, path);
		}
	});

	test('a method that a route does not know is 501', async () => {
		for (const [method, path] of [
			['PATCH', '/vault/v1/kv'],
			['DELETE', '/organizations'],
			['PUT', '/vault/v1/keys/data-key'],
		] as const) {
			assert.equal((await vault.ask(method, path, {})).status, 501);
		}
	});

	test('the vault still answers after a body far over the limit', async () => {
		const huge = Buffer.alloc(64 * MIB, 'x');
		assert.equal((await vault.ask('POST', '/vault/v1/kv', huge)).status, 413);
		assert.equal((await vault.ask('GET', '/vault/v1/kv')).status, 200);
	});

	test('millions of wrong entries are refused in a sentence, without a look at each', async () => {
		const many = (entry: string) => `[${`${entry},`.repeat(2_000_000)}${entry}]`;
		const names = Array.from({ length: 400_000 }, (_, index) => `"n${index}":1`).join();
		for (const [route, body] of [
			['/organizations', `{"name":"x","domains":${many('1')}}`],
			['/organizations', `{"name":"x","domain_data":${many('{}')}}`],
			['/organizations', `{"name":"x","metadata":{${names}}}`],
			['/organizations', `{"name":"x","metadata":{"${'x'.repeat(MIB)}":1}}`],
			['/vault/v1/kv', `{"name":"x","value":"x","key_context":{${names}}}`],
			['/_local/faults', `{"route":"GET /events","status":500,${names}}`],
		] as const) {
			const answer = await vault.ask('POST', route, body);
			assert.equal(answer.status, 422);
			assert.ok(JSON.stringify(answer.body).length < 300, `${route}: ${JSON.stringify(answer.body).length}`);
		}
	});

	test('after all of this nothing is in the vault', async () => {
		const { body } = await vault.ask<{ data: unknown[] }>('GET', '/vault/v1/kv');
		assert.deepEqual(body.data, []);
	});
});
