import assert from 'node:assert/strict';
import { suiteVault } from './running';

interface Listed {
	data: { id: number; route: string; times: number; remaining: number }[];
}

suite('Local Vault: faults', () => {
	const vault = suiteVault();
	const { ask } = vault;
	const add = async (fault: object) => {
		const answer = await ask<{ id: number }>('POST', '/_local/faults', fault);
		assert.equal(answer.status, 201, JSON.stringify(answer.body));
		return answer.body;
	};
	const pending = async () => (await ask<Listed>('GET', '/_local/faults')).body.data;
	const statuses = async (count: number, route: string, method = 'GET') => {
		const seen: number[] = [];
		for (let time = 0; time < count; time++) seen.push((await ask(method, route)).status);
		return seen;
	};

	teardown(() => ask('DELETE', '/_local/faults'));

	test('a status is the answer, in the error shape of the route, and the request has no effect', async () => {
		const draft = { name: 'kept', value: 'first', key_context: {} };
		const { id } = (await ask<{ id: string }>('POST', '/vault/v1/kv', draft)).body;
		const before = (await ask('GET', '/_local/state')).body;
		const sentence = 'A fault that was asked for.';
		const live = { error: sentence };
		const plain = (code: string) => ({ message: sentence, code });
		const calls: [string, string, number, object, unknown?][] = [
			['PUT', `/vault/v1/kv/${id}`, 503, live, { value: 'second' }],
			['DELETE', `/vault/v1/kv/${id}`, 500, live],
			['POST', '/vault/v1/kv', 409, live, { ...draft, name: 'other' }],
			['GET', '/vault/v1/kv/name/kept', 404, live],
			['POST', '/vault/v1/keys/data-key', 429, live, { context: {} }],
			['GET', '/vault/v1/kv', 401, plain('unauthorized')],
			['GET', '/organizations', 503, plain('unavailable')],
			['POST', '/organizations', 500, plain('internal_error'), { name: 'One' }],
			['GET', '/events', 429, plain('too_many_requests')],
			['PUT', '/vault/object/update', 503, plain('internal_server_error'), { id, data: {} }],
			['POST', '/vault/object/create', 409, plain('conflict'), { name: 'other', data: {} }],
			['DELETE', '/vault/object/delete', 403, plain('forbidden'), { id }],
			['POST', '/vault/key/create-data-key', 429, plain('rate_limit_exceeded'), {}],
			['GET', '/vault/object/list', 404, plain('not_found')],
			['GET', '/vault/object/list', 418, plain('invalid_request')],
			['GET', '/nowhere', 422, plain('unprocessable_entity')],
		];
		for (const [method, route, status, body, sent] of calls) {
			await add({ route: `${method} ${route}`, status });
			const answer = await ask(method, route, sent);
			assert.deepEqual([answer.status, answer.body], [status, body], `${method} ${route}`);
			assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
			assert.equal(answer.headers.get('retry-after'), null);
		}
		assert.deepEqual((await ask('GET', '/_local/state')).body, before);
		assert.equal((await ask('GET', `/vault/v1/kv/${id}`)).body.value, 'first');
	});

	test('retry_after is the Retry-After of the answer', async () => {
		await add({ route: 'GET /organizations', status: 503, retry_after: 5 });
		await add({ route: 'GET /organizations', status: 429, retry_after: 0 });
		for (const seconds of ['5', '0']) {
			assert.equal((await ask('GET', '/organizations')).headers.get('retry-after'), seconds);
		}
		assert.equal((await ask('GET', '/organizations')).headers.get('retry-after'), null);
	});

	test('it happens as often as it was asked for: once, if that was not said', async () => {
		const { id } = await add({ route: 'GET /organizations', status: 500 });
		const more = await add({ route: 'GET /events', status: 500, times: 2 });
		assert.equal(more.id, id + 1);
		assert.deepEqual(await pending(), [
			{ id, route: 'GET /organizations', times: 1, remaining: 1, status: 500 },
			{ id: id + 1, route: 'GET /events', times: 2, remaining: 2, status: 500 },
		]);
		assert.deepEqual(await statuses(2, '/organizations'), [500, 200]);
		assert.deepEqual(await statuses(1, '/events'), [500]);
		assert.deepEqual(
			(await pending()).map(({ route, remaining }) => [route, remaining]),
			[['GET /events', 1]],
		);
		assert.deepEqual(await statuses(2, '/events'), [500, 200]);
		assert.deepEqual(await pending(), []);
	});

	test('of those that match, the one that was added first happens first, and one at a time', async () => {
		await add({ route: '* *', status: 501 });
		await add({ route: 'GET /organizations', status: 502, times: 2 });
		await add({ route: 'GET /organizations', status: 503 });
		assert.deepEqual(await statuses(5, '/organizations'), [501, 502, 502, 503, 200]);
	});

	test('requests at the same time share what is left', async () => {
		await add({ route: 'GET /organizations', status: 500, times: 5 });
		const answers = await Promise.all(Array.from({ length: 12 }, () => ask('GET', '/organizations')));
		assert.equal(answers.filter(({ status }) => status === 500).length, 5);
	});

	test('a route matches by method and path', async () => {
		const odd = encodeURIComponent('a/b c*{d}.é');
		const rows: [string, string, string, boolean][] = [
			['GET /vault/v1/kv/{id}', 'GET', '/vault/v1/kv/some-id', true],
			['GET /vault/v1/kv/{id}', 'GET', '/vault/v1/kv/some-id?x=1', true],
			['GET /vault/v1/kv/{id}', 'GET', '/vault/v1/kv', false],
			['GET /vault/v1/kv/{id}', 'GET', '/vault/v1/kv/', false],
			['GET /vault/v1/kv/{id}', 'GET', '/vault/v1/kv/some-id/metadata', false],
			['GET /vault/v1/kv/{id}', 'DELETE', '/vault/v1/kv/some-id', false],
			['GET /vault/v1/kv/{id}/metadata', 'GET', '/vault/v1/kv/some-id/metadata', true],
			['GET /vault/v1/kv/name/{name}', 'GET', `/vault/v1/kv/name/${odd}`, true],
			[`GET /vault/v1/kv/name/${odd}`, 'GET', `/vault/v1/kv/name/${odd}`, true],
			['GET /vault/v1/kv/name/a.c', 'GET', '/vault/v1/kv/name/abc', false],
			['GET /vault/v1/kv/name/a{rest}', 'GET', '/vault/v1/kv/name/abc', true],
			['GET /vault/v1/kv/*', 'GET', '/vault/v1/kv/some-id/metadata', true],
			['GET /vault/v1/kv/**', 'GET', '/vault/v1/kv/some-id/metadata', true],
			['GET /vault/*/list', 'GET', '/vault/object/list', true],
			['GET *', 'GET', '/vault/v1/kv', true],
			['POST *', 'GET', '/vault/v1/kv', false],
			['* /organizations', 'POST', '/organizations', true],
			['* /organizations', 'GET', '/organizations/org_1', false],
			['* *', 'PATCH', '/nowhere', true],
		];
		for (const [route, method, path, matches] of rows) {
			await add({ route, status: 599 });
			const { status } = await ask(method, path);
			assert.equal(status === 599, matches, `${route} on ${method} ${path}: ${status}`);
			await ask('DELETE', '/_local/faults');
		}
	});

	test('those that are still to come can be removed', async () => {
		await add({ route: '* *', status: 500, times: 9 });
		assert.deepEqual((await ask('DELETE', '/_local/faults')).body, { data: [] });
		assert.deepEqual(await pending(), []);
		assert.deepEqual(await statuses(1, '/organizations'), [200]);
	});

	test('the administration, and what is not let in, meet none', async () => {
		await add({ route: '* *', status: 500 });
		assert.equal((await ask('GET', '/_local/state')).body.faults, 1);
		assert.equal((await ask('GET', '/_local/nowhere')).status, 501);
		assert.equal((await ask('PUT', '/_local/state')).status, 501);
		assert.equal((await ask('GET', '/organizations', undefined, { Authorization: 'Bearer sk_x' })).status, 401);
		assert.equal((await ask('GET', '/organizations', undefined, { Origin: 'https://evil.example' })).status, 403);
		assert.equal((await pending()).length, 1);
	});

	test('one that can not be used is refused with a sentence, and is none', async () => {
		const route = 'GET /events';
		const wrong: [unknown, string][] = [
			[[], 'The body must be a JSON object.'],
			[{}, '"route" must be a string.'],
			[{ route: 5, status: 500 }, '"route" must be a string.'],
			[{ route }, 'The body must have a status, a cut or a delay_ms.'],
			[{ route, times: 2 }, 'The body must have a status, a cut or a delay_ms.'],
			[{ route, status: 500, cut: 'after' }, 'The body must have status or cut, not both.'],
			[{ route, status: 200 }, '"status" must be a whole number from 400 to 599.'],
			[{ route, status: 600 }, '"status" must be a whole number from 400 to 599.'],
			[{ route, status: '500' }, '"status" must be a whole number from 400 to 599.'],
			[{ route, status: 500.5 }, '"status" must be a whole number from 400 to 599.'],
			[{ route, status: 500, times: 0 }, '"times" must be a whole number from 1 to 1000000.'],
			[{ route, status: 500, retry_after: -1 }, '"retry_after" must be a whole number from 0 to 86400.'],
			[{ route, cut: 'before', retry_after: 1 }, '"retry_after" must come with a status.'],
			[{ route, cut: 'middle' }, '"cut" must be "before" or "after".'],
			[{ route, delay_ms: 600_001 }, '"delay_ms" must be a whole number from 0 to 600000.'],
			[{ route, status: 500, delay: 1, x: 2 }, 'The body must not hold "delay", "x".'],
			...['', 'GET', '/events', 'get /events', 'GET events', 'GET /a b', 'GET  /events'].map(
				(text): [unknown, string] => [
					{ route: text, status: 500 },
					'"route" must be a method and a path, such as "PUT /vault/v1/kv/{id}".',
				],
			),
		];
		for (const [fault, message] of wrong) {
			const { status, body } = await ask('POST', '/_local/faults', fault);
			assert.deepEqual([status, body], [422, { message, code: 'unprocessable_entity' }], JSON.stringify(fault));
		}
		assert.equal((await ask('POST', '/_local/faults', '{')).status, 400);
		assert.equal((await ask('POST', '/_local/faults')).status, 400);
		assert.deepEqual(await pending(), []);
	});
});
