import assert from 'node:assert/strict';
import { catalogueCalls } from './catalogueCalls';
import { suiteVault } from './running';

const MIB = 1024 * 1024;
const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
const good = { name: 'never created', data: { n: 1 } };

type Case = [what: string, method: string, path: string, body: unknown, status: number, message: RegExp];

const missing = (method: string, path: string, body: unknown, field: RegExp): Case => [
	`${path} without ${field.source}`,
	method,
	path,
	body,
	400,
	field,
];

const contexts: [what: string, context: unknown, message: RegExp][] = [
	['text', 'organization_id', /"key_context" must be a JSON object of strings/],
	['null', null, /"key_context" must be a JSON object of strings/],
	['a list', [], /"key_context" must be a JSON object of strings/],
	['a number as value', { a: 1 }, /"key_context" must have strings as values/],
	['11 pairs', pairs(11), /"key_context" must have at most 10 pairs/],
	['an empty name', { '': 'v' }, /"key_context" must have names of 1 to 120/],
];

const cases: Case[] = [
	missing('POST', '/object/create', {}, /"name", "data"/),
	missing('POST', '/object/create', { name: 'n' }, /"data"/),
	missing('POST', '/object/create', { data: {} }, /"name"/),
	missing('PUT', '/object/update', {}, /"id", "data"/),
	missing('PUT', '/object/update', { id: 'x' }, /"data"/),
	missing('DELETE', '/object/delete', {}, /"id"/),
	missing('GET', '/object/get', undefined, /id/),
	missing('GET', '/object/get?id=', undefined, /id/),
	missing('GET', '/object/get-by-name', undefined, /name/),
	missing('GET', '/object/metadata', undefined, /id/),
	missing('GET', '/object/versions', undefined, /id/),
	missing('GET', '/object/version?version=1', undefined, /id/),
	missing('GET', '/object/version?id=x', undefined, /version/),
	missing('POST', '/key/encrypt-data', {}, /"plaintext", "data_key"/),
	missing('POST', '/key/decrypt-data', { data_key: 'x' }, /"ciphertext"/),
	missing('POST', '/key/decrypt-data-key', {}, /"encrypted_key"/),
	['no JSON', 'POST', '/object/create', '{"name":', 400, /not valid JSON/],
	['no body', 'POST', '/object/create', '', 400, /not valid JSON/],
	['a deletion without body', 'DELETE', '/object/delete', undefined, 400, /not valid JSON/],
	['a list as body', 'PUT', '/object/update', [], 400, /must be a JSON object/],
	['null as body', 'POST', '/key/create-data-key', 'null', 400, /must be a JSON object/],
	['broken UTF-8', 'POST', '/object/create', Buffer.from('{"name":"\xff"}', 'latin1'), 400, /not valid UTF-8/],
	['a limit of 0', 'GET', '/object/list?limit=0', undefined, 400, /at least 1/],
	['a limit of 101', 'GET', '/object/list?limit=101', undefined, 400, /at most 100/],
	['a limit that is text', 'GET', '/object/list?limit=ten', undefined, 400, /whole number/],
	['both cursors', 'GET', '/object/list?before=a&after=b', undefined, 400, /Only one of before and after/],
	['an unknown cursor', 'GET', '/object/list?after=nobody', undefined, 400, /cursor/],
	['an unknown id', 'GET', '/object/get?id=nobody', undefined, 404, /^Object not found: /],
	['an unknown name', 'GET', '/object/get-by-name?name=nobody', undefined, 404, /^Object not found: /],
	['an update of what is not there', 'PUT', '/object/update', { id: 'nobody', data: {} }, 404, /^Object not found: /],
	['a deletion of what is not there', 'DELETE', '/object/delete', { id: '' }, 404, /^Object not found: /],
	['an unknown route', 'GET', '/object/nowhere', undefined, 501, /no such route/],
	['a wrong method', 'POST', '/object/get?id=x', {}, 501, /no such route/],
	['data of 1 MiB and more', 'POST', '/object/create', { ...good, data: { a: 'x'.repeat(MIB) } }, 413, /1048576 bytes/],
	['wide data', 'POST', '/object/create', { ...good, data: { a: 'é'.repeat(MIB / 2) } }, 413, /1048576 bytes/],
	['a body of 8 MiB and more', 'POST', '/object/create', { ...good, more: 'x'.repeat(8 * MIB) }, 413, /8388608 bytes/],
	['a name that is a number', 'POST', '/object/create', { ...good, name: 5 }, 422, /"name" must be a string/],
	['a name that is null', 'POST', '/object/create', { ...good, name: null }, 422, /"name" must be a string/],
	['an empty name', 'POST', '/object/create', { ...good, name: '' }, 422, /"name" must have 1 to 200/],
	['a long name', 'POST', '/object/create', { ...good, name: 'x'.repeat(201) }, 422, /"name" must have 1 to 200/],
	['an id that is a number', 'PUT', '/object/update', { id: 5, data: {} }, 422, /"id" must be a string/],
	...['text', '{"a":1}', 5, true, null, [], [{}]].map((data): Case => [
		`data that is ${JSON.stringify(data)}`,
		'POST',
		'/object/create',
		{ name: 'n', data },
		422,
		/^"data" must be a JSON object\.$/,
	]),
	[
		'an update with data that is text',
		'PUT',
		'/object/update',
		{ id: 'x', data: 'y' },
		422,
		/"data" must be a JSON object/,
	],
	...[0, -1, 1.5, '1', null, true, 1e300].map((version): Case => [
		`a version that is ${JSON.stringify(version)}`,
		'PUT',
		'/object/update',
		{ id: 'x', data: {}, version },
		422,
		/"version" must be a whole number of at least 1/,
	]),
	['a deletion with a wrong version', 'DELETE', '/object/delete', { id: 'x', version: 'y' }, 422, /"version"/],
	...contexts.flatMap(([what, key_context, message]): Case[] => [
		[`a key context with ${what}`, 'POST', '/object/create', { ...good, key_context }, 422, message],
		[`an update with ${what} as context`, 'PUT', '/object/update', { id: 'x', data: {}, key_context }, 422, message],
		[`a deletion with ${what} as context`, 'DELETE', '/object/delete', { id: 'x', key_context }, 422, message],
		[`a data key with ${what} as context`, 'POST', '/key/create-data-key', { key_context }, 422, message],
		[
			`a read with ${what} as context`,
			'GET',
			`/object/get?id=x&key_context=${encodeURIComponent(JSON.stringify(key_context))}`,
			undefined,
			400,
			message,
		],
	]),
	['a context that is no JSON', 'GET', '/object/get?id=x&key_context=org', undefined, 400, /"key_context" must be/],
	['an empty context', 'GET', '/object/get-by-name?name=x&key_context=', undefined, 400, /"key_context" must be/],
];

const CODES: Readonly<Record<number, string>> = {
	400: 'invalid_request',
	404: 'not_found',
	501: 'not_implemented',
	413: 'invalid_request',
	422: 'unprocessable_entity',
};

suite("Local Vault: the catalogue's errors", () => {
	const vault = suiteVault({ requestsPerMinute: 100_000 });

	for (const [what, method, path, body, status, message] of cases) {
		test(`${what} is ${status} (${method} ${path.split('?', 1)[0]})`, async () => {
			const answer = await vault.ask(method, `/vault${path}`, body);
			assert.equal(answer.status, status, JSON.stringify(answer.body));
			assert.deepEqual(Object.keys(answer.body).sort(), ['code', 'message']);
			assert.equal(answer.body.code, CODES[status]);
			assert.match(String(answer.body.message), message);
			assert.match(String(answer.body.message), /\.$/);
		});
	}

	test('nothing was created by any of them', async () => {
		const { body } = await vault.ask<{ data: unknown[] }>('GET', '/vault/object/list');
		assert.deepEqual(body.data, []);
	});

	test('a name that exists is 409', async () => {
		const { create, ask } = catalogueCalls(vault);
		const { id } = await create('taken', { n: 1 });
		const { status, body } = await ask('POST', '/create', { name: 'taken', data: { n: 2 } });
		assert.deepEqual([status, body.code], [409, 'conflict']);
		assert.match(String(body.message), /^Name already exists: .*\.$/);
		assert.equal((await catalogueCalls(vault).get(id)).body.value, '{"n":1}');
	});

	test('a missing or wrong API key is 401', async () => {
		for (const path of ['/vault/object/list', '/vault/object/get?id=x', '/vault/object/version?id=x&version=1']) {
			const { status, body } = await vault.ask('GET', path, undefined, { Authorization: 'Bearer sk_wrong' });
			assert.deepEqual([status, body], [401, { code: 'unauthorized', message: 'Unauthorized' }]);
		}
	});

	test('a web page of another site is 403', async () => {
		const { status, body } = await vault.ask('GET', '/vault/object/list', undefined, { Origin: 'https://other.test' });
		assert.deepEqual([status, body.code], [403, 'forbidden']);
	});
});
