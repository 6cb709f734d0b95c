import assert from 'node:assert/strict';
import { WorkOSVault } from '../../../src/workos/client';
import { calls, methods } from './calls';
import { clientOf, send, suiteFakes } from './running';

const rows = { data: [], list_metadata: { before: null, after: null } };
const isAbort = { name: 'AbortError' };

suite('The end of a client', () => {
	const start = suiteFakes();

	test('ends every call that runs, and its connection', async () => {
		for (const method of methods) {
			const [asked, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
			const fake = await start((response) => {
				response.on('close', () => closed.resolve());
				asked.resolve();
			});
			const { vault } = clientOf(fake.url);
			const call = assert.rejects(calls[method](vault), isAbort, method);
			await asked.promise;
			vault.dispose();
			await call;
			await closed.promise;
			assert.equal(fake.seen.length, 1, method);
		}
	});

	test('ends calls that wait for their turn, whoever they are for, and nothing is sent with the key any more', async () => {
		const full = Promise.withResolvers<void>();
		const fake = await start((response, _request, index) => {
			response.on('close', () => undefined);
			if (index === 7) full.resolve();
		});
		const { vault } = clientOf(fake.url);
		const own = new AbortController();
		const ended = [
			...Array.from({ length: 12 }, () => vault.listObjects({})),
			vault.listObjects({}, { priority: 'visible' }),
			vault.listObjects({}, { priority: 'background', signal: own.signal }),
		].map((call) => assert.rejects(call, isAbort));
		await full.promise;
		vault.dispose();
		await Promise.all(ended);
		for (const method of methods) await assert.rejects(calls[method](vault), isAbort, method);
		await fetch(`${fake.url}/probe`, { signal: AbortSignal.timeout(200) }).catch(() => undefined);
		assert.equal(fake.seen.filter(({ authorization }) => authorization !== undefined).length, 8);
	});

	test('ends a call that waits before it is sent again', async () => {
		const fake = await start((response) => send(response, 503, { error: 'Down' }));
		const isWaiting = Promise.withResolvers<void>();
		const { vault } = clientOf(fake.url, {
			wait: (_ms, signal) =>
				new Promise((_, reject) => {
					signal?.addEventListener('abort', () => reject(signal.reason as Error));
					isWaiting.resolve();
				}),
		});
		const call = assert.rejects(vault.describeObject('i'), isAbort);
		await isWaiting.promise;
		vault.dispose();
		await call;
		assert.equal(fake.seen.length, 1);
	});

	test('tells that a pause is over which it told of, ends what waits for it, and tells nothing later', async () => {
		const fake = await start((response) => send(response, 429, { message: 'Slow down' }, { 'Retry-After': '30' }));
		const [isWaiting, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		const { vault, pauses } = clientOf(fake.url, {
			wait: () => {
				isWaiting.resolve();
				return over.promise;
			},
		});
		const call = assert.rejects(vault.describeObject('i'), isAbort);
		await isWaiting.promise;
		vault.dispose();
		await call;
		assert.equal(pauses.length, 2);
		assert.equal(pauses[1], undefined);
		over.resolve();
		await new Promise(setImmediate);
		assert.equal(pauses.length, 2);
		assert.equal(fake.seen.length, 1);
	});

	test('leaves no timer behind: not of a call that runs, nor of one in the queue, nor of a wait', async () => {
		const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
		const asked = Promise.withResolvers<void>();
		const headers = { 'Retry-After': '200', 'X-RateLimit-Remaining': '3', 'X-RateLimit-Reset': '4102444800' };
		const fake = await start((response, { url }) => {
			if (url.includes('refused')) send(response, 429, { message: 'Slow down' }, headers);
			else if (url.includes('lost')) send(response, 503, { error: 'Down' });
			else asked.resolve();
		});
		// By now the test's own timeout runs, so it counts on both sides.
		const before = timers();
		const isPaused = Promise.withResolvers<void>();
		const vault = new WorkOSVault({
			apiKey: 'sk_test_contract',
			endpoint: fake.url,
			requestsPerMinute: 4,
			onRequest: () => undefined,
			onPause: () => isPaused.resolve(),
		});
		const running = [vault.listObjects({ search: 'runs' }), vault.listObjects({ search: 'lost' })];
		await asked.promise;
		running.push(vault.listObjects({ search: 'refused' }));
		await isPaused.promise;
		for (const priority of ['person', 'visible', 'background'] as const) {
			for (let call = 0; call < 4; call++) running.push(vault.listObjects({}, { priority }));
		}
		assert.ok(timers() > before);
		vault.dispose();
		await Promise.all(running.map((call) => assert.rejects(call, isAbort)));
		await new Promise(setImmediate);
		assert.equal(timers(), before);
	});

	test('tells nothing of a pause where there was none', async () => {
		const fake = await start((response) => send(response, 200, rows));
		const { vault, pauses } = clientOf(fake.url);
		await vault.listObjects({});
		vault.dispose();
		assert.deepEqual(pauses, []);
	});
});
