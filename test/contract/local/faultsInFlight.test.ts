import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { clientOf, failureOf } from '../client/running';
import { asker, suiteProcesses, suiteVault } from './running';

interface Stored {
	id: string;
	version_id: string;
}

suite('Local Vault: answers that come late or never', () => {
	const vault = suiteVault();
	const { ask } = vault;
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

	const add = async (fault: object) => assert.equal((await ask('POST', '/_local/faults', fault)).status, 201);
	const create = async (name: string) => {
		const draft = { name, value: 'first', key_context: {} };
		return (await ask<Stored>('POST', '/vault/v1/kv', draft)).body.id;
	};
	const status = async (route: string) => (await ask('GET', route)).status;

	/** Asks over the one connection that is kept; answers the status, or how it broke. */
	async function overKeptConnection(method: string, path: string, body?: unknown): Promise<number | string> {
		const headers = { Authorization: `Bearer ${vault.apiKey}`, 'Content-Type': 'application/json' };
		const { hostname, port } = new URL(vault.url);
		const request = http.request({ agent, hostname, port, method, path, headers });
		request.end(body === undefined ? undefined : JSON.stringify(body));
		try {
			const [response] = (await once(request, 'response')) as [http.IncomingMessage];
			response.resume();
			await once(response, 'end');
			return response.statusCode ?? 0;
		} catch (error) {
			return (error as NodeJS.ErrnoException).code ?? '';
		}
	}

	const overFetch = (method: string, path: string, body?: unknown) =>
		ask(method, path, body).then(
			(answer) => answer.status,
			(error: unknown) => ((error as Error).cause as NodeJS.ErrnoException).code ?? '',
		);

	teardown(() => ask('DELETE', '/_local/faults'));
	suiteTeardown(() => agent.destroy());

	for (const [way, send] of [
		['fetch', overFetch],
		['a connection that is kept', overKeptConnection],
	] as const) {
		for (const cut of ['before', 'after'] as const) {
			const isDone = cut === 'after';
			test(`cut ${cut}: over ${way} no answer comes, and a write has ${isDone ? 'its' : 'no'} effect`, async () => {
				const prefix = `${way} ${cut}`;
				const [put, removed] = [await create(`${prefix} put`), await create(`${prefix} delete`)];
				await add({ route: '* /vault/*', times: 5, cut });
				const draft = { name: `${prefix} post`, value: 'v', key_context: {} };
				const calls: [string, string, unknown?][] = [
					['PUT', `/vault/v1/kv/${put}`, { value: 'second' }],
					['DELETE', `/vault/v1/kv/${removed}`],
					['POST', '/vault/v1/kv', draft],
					['POST', '/vault/object/create', { name: `${prefix} catalogued`, data: {} }],
					['GET', '/vault/v1/kv/none'],
				];
				assert.equal(await send('GET', '/organizations'), 200);
				for (const [method, route, body] of calls) {
					assert.match(String(await send(method, route, body)), /^(ECONNRESET|UND_ERR_SOCKET)$/, `${method} ${route}`);
				}
				assert.equal(await send('GET', '/organizations'), 200);
				assert.equal((await ask('GET', `/vault/v1/kv/${put}`)).body.value, isDone ? 'second' : 'first');
				assert.equal(await status(`/vault/v1/kv/${removed}`), isDone ? 404 : 200);
				for (const name of [draft.name, `${prefix} catalogued`]) {
					assert.equal(await status(`/vault/v1/kv/name/${encodeURIComponent(name)}`), isDone ? 200 : 404, name);
				}
			});
		}
	}

	test('a large body that nobody reads any more does no harm', async () => {
		await add({ route: 'POST /vault/v1/kv', times: 2, cut: 'before' });
		const draft = { name: 'large', value: 'x'.repeat(1024 * 1024), key_context: {} };
		for (let time = 0; time < 2; time++) {
			assert.match(String(await overFetch('POST', '/vault/v1/kv', draft)), /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/);
		}
		assert.equal(await overFetch('POST', '/vault/v1/kv', draft), 201);
		await add({ route: 'PUT /vault/v1/kv/none', status: 503 });
		assert.equal(await overFetch('PUT', '/vault/v1/kv/none', { value: draft.value }), 503);
	});

	test('a delay alone changes nothing but the time', async () => {
		await add({ route: 'GET /organizations', delay_ms: 120 });
		const started = performance.now();
		assert.equal(await status('/organizations'), 200);
		assert.ok(performance.now() - started >= 115);
	});

	test('a delay comes after the effect: a client that does not wait has written all the same', async () => {
		const [put, removed] = [await create('impatient put'), await create('impatient delete')];
		await add({ route: 'PUT /vault/v1/kv/{id}', delay_ms: 3000 });
		await add({ route: 'DELETE /vault/v1/kv/{id}', delay_ms: 3000 });
		const giveUp = new AbortController();
		const impatient = async (method: string, id: string, body?: object) => {
			const headers = { Authorization: `Bearer ${vault.apiKey}` };
			const sent = body ? { body: JSON.stringify(body) } : {};
			await fetch(`${vault.url}/vault/v1/kv/${id}`, { method, headers, ...sent, signal: giveUp.signal });
		};
		const asked = [impatient('PUT', put, { value: 'second' }), impatient('DELETE', removed)];
		const isDone = async () =>
			(await ask('GET', `/vault/v1/kv/${put}`)).body.value === 'second' &&
			(await status(`/vault/v1/kv/${removed}`)) === 404;
		const race = Promise.race(asked).then(() => assert.fail('an answer came before its effect was seen'));
		race.catch(() => undefined);
		while (!(await isDone())) await Promise.race([race, status('/organizations')]);
		giveUp.abort();
		for (const one of asked) await assert.rejects(one, { name: 'AbortError' });
	});

	test('a status or a cut can come late too, and others do not wait for it', async () => {
		await add({ route: 'GET /organizations', delay_ms: 1000, status: 503 });
		const started = performance.now();
		const order: string[] = [];
		const late = overFetch('GET', '/organizations').then((answer) => order.push(`late ${answer}`));
		// The first one has met the fault when it is no longer pending.
		while ((await ask<{ data: unknown[] }>('GET', '/_local/faults')).body.data.length > 0);
		await overFetch('GET', '/organizations').then((answer) => order.push(`soon ${answer}`));
		await late;
		assert.deepEqual(order, ['soon 200', 'late 503']);
		assert.ok(performance.now() - started >= 995);

		await add({ route: 'GET /organizations', delay_ms: 120, cut: 'before' });
		const cut = performance.now();
		assert.match(String(await overFetch('GET', '/organizations')), /^(ECONNRESET|UND_ERR_SOCKET)$/);
		assert.ok(performance.now() - cut >= 115);
	});

	test('the extension takes each for what it is', async () => {
		const id = await create('told to the extension');
		const { vault: client } = clientOf(vault.url, { apiKey: vault.apiKey });
		const update = (value: string) => client.updateObject({ id, value, versionCheck: undefined });
		await add({ route: 'PUT /vault/v1/kv/{id}', cut: 'after' });
		await failureOf(update('second'), 'offline');
		assert.equal((await client.readObject(id)).value, 'second');
		await add({ route: 'PUT /vault/v1/kv/{id}', status: 503, times: 20 });
		assert.equal((await failureOf(update('third'), 'unavailable')).details.status, 503);
		assert.equal((await client.readObject(id)).value, 'second');
		client.dispose();
	});
});

suite('Local Vault: faults from the command line', () => {
	const run = suiteProcesses();

	test('they happen from the start, and the process goes on in silence', async () => {
		const faults = [
			{ route: 'GET /organizations', status: 503, retry_after: 2 },
			{ route: 'POST /vault/v1/kv', cut: 'after' },
			{ route: 'POST /vault/v1/kv', cut: 'before', times: 2 },
		];
		const { child, ended, ready } = run(faults.flatMap((fault) => ['--fault', JSON.stringify(fault)]));
		const ask = asker(await ready);
		assert.equal((await ask('GET', '/_local/state')).body.faults, 3);
		const { status, headers } = await ask('GET', '/organizations');
		assert.deepEqual([status, headers.get('retry-after')], [503, '2']);
		for (const name of ['one', 'two', 'three']) {
			await assert.rejects(ask('POST', '/vault/v1/kv', { name, value: 'v', key_context: {} }));
		}
		const { body } = await ask<{ data: { name: string }[] }>('GET', '/vault/v1/kv');
		assert.deepEqual(
			body.data.map(({ name }) => name),
			['one'],
		);
		assert.deepEqual((await ask('GET', '/_local/faults')).body, { data: [] });
		child.kill();
		assert.deepEqual(await ended, { code: 0, signal: null, stderr: '' });
	});

	test('it ends cleanly while a request is still delayed', async () => {
		const fault = JSON.stringify({ route: 'GET /organizations', delay_ms: 60_000 });
		const { child, ended, ready } = run(['--fault', fault]);
		const ask = asker(await ready);
		const late = assert.rejects(ask('GET', '/organizations'));
		while ((await ask<{ data: unknown[] }>('GET', '/_local/faults')).body.data.length > 0);
		child.kill();
		assert.deepEqual(await ended, { code: 0, signal: null, stderr: '' });
		await late;
	});
});
