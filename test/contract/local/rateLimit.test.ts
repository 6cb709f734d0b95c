import assert from 'node:assert/strict';
import { later } from './clock';
import { type Answer, suiteVault } from './running';

const limits = ({ headers }: Answer<unknown>) =>
	['limit', 'remaining', 'reset'].map((name) => {
		const text = headers.get(`x-ratelimit-${name}`);
		return text === null ? undefined : Number(text);
	});
const without = [undefined, undefined, undefined];

suite('Local Vault: the rate limit of the catalogue', () => {
	const vault = suiteVault();
	const { ask } = vault;

	test('1,000 requests a minute pass in both of its parts together, and the next is 429', async () => {
		const first = await ask('GET', '/vault/object/list');
		const resets = limits(first)[2] ?? 0;
		assert.deepEqual(limits(first), [1000, 999, resets]);
		const seconds = resets - Date.now() / 1000;
		assert.ok(seconds > 50 && seconds <= 60, `${seconds}`);
		const sent = { plaintext: 'v', data_key: 'none' };
		const seen: Answer<unknown>[] = [];
		for (let batch = 0; batch < 33; batch++) {
			const requests = Array.from({ length: 30 }, (_, index) =>
				index % 2 ? ask('GET', '/vault/object/get?id=none') : ask('POST', '/vault/key/encrypt-data', sent),
			);
			seen.push(...(await Promise.all(requests)));
		}
		for (let time = 0; time < 9; time++) seen.push(await ask('GET', '/vault/object/nowhere'));
		assert.deepEqual([...new Set(seen.map(({ status }) => status))].sort(), [404, 422, 501]);
		const expected = Array.from({ length: 999 }, (_, index) => 998 - index);
		assert.deepEqual(
			seen.map((answer) => limits(answer)[1] ?? -1).sort((one, other) => other - one),
			expected,
		);
		for (const route of ['/vault/object/list', '/vault/key/create-data-key']) {
			const refused = await ask('POST', route, {});
			const body = { code: 'rate_limit_exceeded', message: 'Too many requests in this minute.' };
			assert.deepEqual([refused.status, refused.body], [429, body]);
			assert.deepEqual(limits(refused), [1000, 0, resets]);
			const wait = Number(refused.headers.get('retry-after'));
			assert.ok(Number.isInteger(wait) && wait > 0 && wait <= 60, `${wait}`);
		}
	});

	test('the live dialect and the administration have none', async () => {
		for (const route of ['/vault/v1/kv', '/organizations', '/events', '/_local/state', '/vault/objects']) {
			const answer = await ask('GET', route);
			assert.notEqual(answer.status, 429, route);
			assert.deepEqual(limits(answer), without, route);
		}
	});

	test('whoever waits as long as he is told passes again', async () => {
		const refused = await ask('GET', '/vault/object/list');
		assert.equal(refused.status, 429);
		const wait = Number(refused.headers.get('retry-after'));
		await later(wait * 1000, async () => {
			const passed = await ask('GET', '/vault/object/list');
			assert.deepEqual([passed.status, limits(passed)[1]], [200, 999]);
		});
	});

	test('a clock that is set back keeps nobody waiting', async () => {
		await later(-3_600_000, async () => {
			assert.deepEqual(limits(await ask('GET', '/vault/object/list')).slice(0, 2), [1000, 999]);
		});
	});
});

suite('Local Vault: a rate limit that was asked for', () => {
	const vault = suiteVault({ requestsPerMinute: 4 });

	test('is one for both dialects', async () => {
		const { ask } = vault;
		const remaining: unknown[] = [];
		for (const route of ['/vault/v1/kv', '/vault/object/list', '/organizations', '/events']) {
			const answer = await ask('GET', route);
			assert.equal(answer.status, 200);
			remaining.push(limits(answer).slice(0, 2));
		}
		assert.deepEqual(
			remaining,
			[3, 2, 1, 0].map((left) => [4, left]),
		);
		const message = 'Too many requests in this minute.';
		for (const [route, body] of [
			['/vault/v1/kv', { error: message }],
			['/organizations', { message, code: 'too_many_requests' }],
			['/vault/object/list', { code: 'rate_limit_exceeded', message }],
		] as const) {
			const answer = await ask('GET', route);
			assert.deepEqual([answer.status, answer.body], [429, body]);
			assert.ok(Number(answer.headers.get('retry-after')) > 0);
			assert.deepEqual(limits(answer).slice(0, 2), [4, 0]);
		}
		assert.equal((await ask('GET', '/_local/state')).body.requests_per_minute, 4);
	});

	test('is not used up by those who have no key', async () => {
		await later(60_000, async () => {
			const stranger = { Authorization: 'Bearer sk_wrong' };
			for (let time = 0; time < 9; time++) {
				assert.equal((await vault.ask('GET', '/vault/v1/kv', undefined, stranger)).status, 401);
			}
			assert.equal((await vault.ask('GET', '/vault/v1/kv')).status, 200);
		});
	});
});
