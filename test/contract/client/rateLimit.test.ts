import assert from 'node:assert/strict';
import { pause } from '../../../src/vault/pause';
import { calls } from './calls';
import { clientOf, failureOf, send, suiteFakes } from './running';

const created = { id: 'i', context: {}, updated_by: { id: 'k', name: 'K' }, updated_at: '2026-01-01T00:00:00Z' };
const rows = { data: [], list_metadata: { before: null, after: null } };

suite('The client at a vault’s rate limit', () => {
	const start = suiteFakes();

	for (const [what, header, seconds] of [
		['seconds', () => '7', 7],
		['a date', () => new Date(Date.now() + 200_000).toUTCString(), 200],
		['a date that is over', () => 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
	] as const) {
		test(`a 429 with Retry-After in ${what} is waited out, a write too, and everybody is told`, async () => {
			for (const method of ['listOrganizations', 'createObject'] as const) {
				const fake = await start((response, request, index) => {
					if (index === 0) send(response, 429, { message: 'Slow down' }, { 'Retry-After': header() });
					else send(response, 200, request.method === 'GET' ? rows : created);
				});
				const { vault, waits, pauses } = clientOf(fake.url);
				const askedAt = Date.now();
				await calls[method](vault);
				const answeredAt = Date.now();
				assert.equal(fake.seen.length, 2);
				assert.ok(waits.length > 0);
				// A date has whole seconds, and comes nearer while the answer is on its way.
				const earlier = answeredAt - askedAt + 1000;
				for (const ms of waits) {
					assert.ok(seconds * 1000 - earlier <= ms && ms < (seconds + 3) * 1000, `${ms} ms`);
				}
				if (seconds > 0) {
					const since = Number(pauses[0]?.getTime()) - seconds * 1000;
					assert.ok(askedAt - 1000 <= since && since <= answeredAt, `${since - askedAt} ms`);
					assert.deepEqual(pauses.slice(1), [undefined]);
				}
			}
		});
	}

	test('a 429 without Retry-After is waited out 60, 120 and 240 seconds, then told with the status', async () => {
		const fake = await start((response) => send(response, 429, { message: 'Slow down' }));
		const { vault, waits } = clientOf(fake.url);
		const error = await failureOf(vault.describeObject('i'), 'rateLimited');
		assert.deepEqual([...new Set(waits)], [60_000, 120_000, 240_000]);
		assert.equal(fake.seen.length, 4);
		assert.equal(error.details.status, 429);
	});

	test('a 429 whose Retry-After is neither seconds nor a date says nothing', async () => {
		for (const header of ['', '-5', 'soon', '7 apples', '0x10', '1e3', `${'9'.repeat(400)}`]) {
			const fake = await start((response, _request, index) => {
				if (index === 0) send(response, 429, { message: 'Slow down' }, { 'Retry-After': header });
				else send(response, 200, rows);
			});
			const { vault, waits } = clientOf(fake.url);
			await vault.listObjects({});
			assert.deepEqual(waits, [60_000], header);
		}
	});

	test('a 429 whose Retry-After is over, again and again, is taken for one that says nothing', async () => {
		const over = { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' };
		const fake = await start((response) => send(response, 429, { message: 'Slow down' }, over));
		const { vault, waits } = clientOf(fake.url);
		await failureOf(vault.describeObject('i'), 'rateLimited');
		assert.deepEqual(waits, [0, 120_000, 240_000]);
		assert.equal(fake.seen.length, 4);
	});

	test('an answer that says the limit is used up makes everybody wait until it is set back', async () => {
		const reset = Math.ceil(Date.now() / 1000) + 30;
		const headers = { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(reset) };
		const fake = await start((response) => send(response, 200, rows, headers));
		const { vault, waits, pauses } = clientOf(fake.url);
		await vault.listObjects({});
		assert.ok(waits.length > 0 && waits.every((ms) => ms > 27_000 && ms <= 31_000), String(waits));
		assert.equal(Math.round(Number(pauses[0]?.getTime()) / 1000), reset);
		assert.deepEqual(pauses.slice(1), [undefined]);
	});

	const inSeconds = (seconds: number) => String(Math.ceil(Date.now() / 1000) + seconds);
	for (const [what, remaining, reset] of [
		['in milliseconds', '0', () => String(Date.now() + 30_000)],
		['that is over', '0', () => inSeconds(-60)],
		['hours away', '0', () => inSeconds(7200)],
		['counted from now', '0', () => '30'],
		['in words', '0', () => 'soon'],
		['that is empty', '0', () => ''],
		['for fewer than none', '-1', () => inSeconds(30)],
		['for a number in words', 'none', () => inSeconds(30)],
		['for a number that is empty', '', () => inSeconds(30)],
	] as const) {
		test(`a reset ${what} holds nobody up`, async () => {
			const headers = { 'X-RateLimit-Remaining': remaining, 'X-RateLimit-Reset': reset() };
			const fake = await start((response) => send(response, 200, rows, headers));
			const { vault, waits, pauses } = clientOf(fake.url);
			for (const priority of ['person', 'background', 'person'] as const) await vault.listObjects({}, { priority });
			assert.deepEqual([waits, pauses], [[], []]);
		});
	}

	test('a vault that always says that nothing is left, and goes on answering, holds everybody up once', async () => {
		const fake = await start((response) => {
			send(response, 200, rows, { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': inSeconds(30) });
		});
		const { vault, pauses } = clientOf(fake.url);
		for (let call = 0; call < 5; call++) await vault.listObjects({});
		assert.equal(pauses.length, 2);
	});

	test('a call of a person goes at once while little is left and the background waits', async () => {
		const fake = await start((response) => {
			send(response, 200, rows, { 'X-RateLimit-Remaining': '3', 'X-RateLimit-Reset': inSeconds(30) });
		});
		const { vault, pauses } = clientOf(fake.url, { wait: pause });
		await vault.listObjects({});
		const background = vault.listObjects({ search: 'background' }, { priority: 'background' });
		await vault.listObjects({ search: 'person' });
		assert.deepEqual(
			fake.seen.map(({ url }) => new URL(url, fake.url).searchParams.get('search')),
			[null, 'person'],
		);
		assert.deepEqual(pauses, []);
		vault.dispose();
		await assert.rejects(background, { name: 'AbortError' });
	});

	test('a 429 that asks for hours fails at once, and says so', async () => {
		const fake = await start((response) => send(response, 429, { message: 'Slow down' }, { 'Retry-After': '4000000' }));
		const { vault, waits, pauses } = clientOf(fake.url);
		const error = await failureOf(vault.describeObject('i'), 'rateLimited');
		assert.equal(error.details.retryAfter, 4_000_000);
		assert.deepEqual([fake.seen.length, waits, pauses], [1, [], []]);
	});
});
