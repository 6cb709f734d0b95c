import assert from 'node:assert/strict';
import { once } from 'node:events';
import { calls, methods } from './calls';
import { clientOf, send, suiteFakes } from './running';

const rows = { data: [], list_metadata: { before: null, after: null } };
const isReason = (reason: unknown) => (error: unknown) => error === reason;

suite('Cancelling the client’s calls', () => {
	const start = suiteFakes();

	test('a call whose signal is already aborted sends nothing and rejects with the signal’s reason', async () => {
		const fake = await start((response) => send(response, 200, rows));
		const reason = new Error('cancelled');
		for (const method of methods) {
			await assert.rejects(
				calls[method](clientOf(fake.url).vault, { signal: AbortSignal.abort(reason) }),
				isReason(reason),
				method,
			);
		}
		assert.deepEqual(fake.seen, []);
	});

	test('a call in flight ends at once with the signal’s reason, is not sent again, and its connection is closed', async () => {
		for (const method of methods) {
			const [controller, reason] = [new AbortController(), new Error('cancelled')];
			const closed = Promise.withResolvers<unknown>();
			const fake = await start((response) => {
				closed.resolve(once(response, 'close'));
				controller.abort(reason);
			});
			const call = calls[method](clientOf(fake.url).vault, { signal: controller.signal });
			await assert.rejects(call, isReason(reason), method);
			await closed.promise;
			assert.equal(fake.seen.length, 1, method);
		}
	});

	test('a call whose answer is half here ends with the signal’s reason', async () => {
		const [controller, reason] = [new AbortController(), new Error('cancelled')];
		const fake = await start((response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			response.write('{"id":', () => setImmediate(() => controller.abort(reason)));
		});
		const call = clientOf(fake.url).vault.readObject('i', { signal: controller.signal });
		await assert.rejects(call, isReason(reason));
		assert.equal(fake.seen.length, 1);
	});

	for (const priority of ['person', 'visible', 'background'] as const) {
		test(`a ${priority} call in the queue leaves it without being sent, and the others go on`, async () => {
			const controller = new AbortController();
			const held: (() => void)[] = [];
			const full = Promise.withResolvers<undefined>();
			const fake = await start((response) => {
				held.push(() => send(response, 200, rows));
				if (held.length === (priority === 'background' ? 5 : 8)) full.resolve(undefined);
			});
			const { vault } = clientOf(fake.url);
			const others = Array.from({ length: 12 }, () => vault.listObjects({ search: 'other' }, { priority }));
			await full.promise;
			const reason = new Error('cancelled');
			const queued = vault.listObjects({ search: 'cancelled' }, { priority, signal: controller.signal });
			const later = vault.listObjects({ search: 'later' }, { priority });
			controller.abort(reason);
			await assert.rejects(queued, isReason(reason));
			let isDone = false;
			const all = Promise.all([...others, later]).finally(() => (isDone = true));
			while (!isDone) {
				for (const release of held.splice(0)) release();
				await new Promise(setImmediate);
			}
			await all;
			assert.equal(fake.seen.filter(({ url }) => url.includes('cancelled')).length, 0);
			assert.equal(fake.seen.length, 13);
		});
	}

	for (const [what, status, body] of [
		['out a 429', 429, { message: 'Slow down' }],
		['for a lost answer', 503, { error: 'Down' }],
		['for a key that is not ready', 500, { message: 'KEK was created but is not yet ready.' }],
	] as const) {
		test(`a call that waits ${what} ends at once with the signal’s reason`, async () => {
			const fake = await start((response) => send(response, status, body));
			const [controller, reason] = [new AbortController(), new Error('cancelled')];
			const isWaiting = Promise.withResolvers<undefined>();
			const { vault } = clientOf(fake.url, {
				wait: (_ms, signal) =>
					new Promise((_, reject) => {
						signal?.addEventListener('abort', () => reject(signal.reason as Error));
						isWaiting.resolve(undefined);
					}),
			});
			const call = vault.describeObject('i', { signal: controller.signal });
			await isWaiting.promise;
			controller.abort(reason);
			await assert.rejects(call, isReason(reason));
			assert.equal(fake.seen.length, 1);
		});
	}

	test('while everybody waits out a 429, nothing is sent, and a call that comes then can be cancelled', async () => {
		const fake = await start((response) => send(response, 429, { message: 'Slow down' }));
		const [controller, reason] = [new AbortController(), new Error('cancelled')];
		const isWaiting = Promise.withResolvers<undefined>();
		const { vault } = clientOf(fake.url, {
			wait: () => new Promise(() => isWaiting.resolve(undefined)),
		});
		void vault.describeObject('first');
		await isWaiting.promise;
		const cancelled = vault.describeObject('second', { signal: controller.signal });
		void vault.describeObject('third');
		controller.abort(reason);
		await assert.rejects(cancelled, isReason(reason));
		// Whatever had been sent by now would have come before this.
		await fetch(`${fake.url}/probe`);
		assert.deepEqual(
			fake.seen.map(({ url }) => url),
			['/vault/v1/kv/first/metadata', '/probe'],
		);
	});

	test('one signal ends one call and leaves the others alone', async () => {
		const controller = new AbortController();
		const held: (() => void)[] = [];
		const both = Promise.withResolvers<undefined>();
		const fake = await start((response) => {
			if (held.push(() => send(response, 200, rows)) === 2) both.resolve(undefined);
		});
		const { vault } = clientOf(fake.url);
		const cancelled = vault.listObjects({}, { signal: controller.signal });
		const other = vault.listObjects({});
		await both.promise;
		controller.abort();
		await assert.rejects(cancelled, { name: 'AbortError' });
		for (const release of held) release();
		assert.deepEqual(await other, { items: [], next: undefined });
	});
});
