import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { startLocalVault } from '../../../src/local/server';
import { asker, sendRaw, suiteVault } from './running';

suite('Local Vault: who gets in', () => {
	const vault = suiteVault();
	const paths = ['/organizations', '/vault/v1/kv', '/vault/object/version', '/nowhere'];

	test('a missing or wrong key is 401 on every path', async () => {
		const wrong = [
			'',
			'Bearer',
			'Bearer ',
			'Bearer sk_wrong',
			`Bearer ${vault.apiKey}x`,
			`Basic ${vault.apiKey}`,
			vault.apiKey,
		];
		for (const path of paths) {
			for (const authorization of wrong) {
				const answer = await vault.ask('GET', path, undefined, { Authorization: authorization });
				assert.equal(answer.status, 401, `${path} ${authorization}`);
				assert.deepEqual(answer.body, { message: 'Unauthorized', code: 'unauthorized' });
			}
		}
	});

	test('every answer has an X-Request-ID of its own and is not to be stored', async () => {
		const answers = [
			await vault.ask('GET', '/organizations'),
			await vault.ask('GET', '/nowhere'),
			await vault.ask('GET', '/organizations', undefined, { Authorization: '' }),
			await vault.ask('POST', '/vault/v1/kv', '{'),
		];
		const ids = answers.map(({ headers }) => headers.get('x-request-id'));
		assert.ok(ids.every((id) => id && /^[0-9a-f-]{36}$/.test(id)));
		assert.equal(new Set(ids).size, ids.length);
		assert.ok(answers.every(({ headers }) => headers.get('cache-control') === 'no-store'));
	});

	test('a foreign Host is refused, with the right key too', async () => {
		const port = new URL(vault.url).port;
		const headers = { Authorization: `Bearer ${vault.apiKey}` };
		const status = async (Host: string) =>
			(await sendRaw(vault.url, { path: '/vault/v1/kv', headers: { ...headers, Host } })).status;
		for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'localhost']) assert.equal(await status(host), 200);
		for (const host of [
			`evil.example:${port}`,
			'localhost.evil.example',
			`127.0.0.1.evil.example:${port}`,
			'10.0.0.1',
			'localhost:x',
			'127.0.0.1:99999',
			'a b',
		]) {
			assert.equal(await status(host), 403, host);
		}
	});

	test('a foreign Origin is refused, with the right key too', async () => {
		const status = async (Origin: string) => (await vault.ask('GET', '/vault/v1/kv', undefined, { Origin })).status;
		assert.equal(await status(vault.url), 200);
		for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', `${vault.url}.evil.example`]) {
			assert.equal(await status(origin), 403, origin);
		}
	});

	test('it listens on 127.0.0.1', () => {
		assert.match(vault.url, /^http:\/\/127\.0\.0\.1:\d+$/);
		assert.match(vault.apiKey, /^sk_test_[0-9A-Za-z]{43}$/);
	});

	test('it listens on no other address', async () => {
		const port = Number(new URL(vault.url).port);
		// Where 127.0.0.2 is not set up, as on macOS, nothing may answer at all.
		for (const host of process.platform === 'linux' ? ['127.0.0.2', '::1'] : ['::1']) {
			const socket = net.connect({ host, port });
			await assert.rejects(once(socket, 'connect'), /ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH/, host);
		}
	});
});

suite('Local Vault: pace', () => {
	test('requests over the limit are 429 with Retry-After; strangers are not counted', async () => {
		const vault = await startLocalVault({ requestsPerMinute: 2 });
		try {
			const ask = asker(vault);
			await ask('GET', '/vault/v1/kv', undefined, { Authorization: 'Bearer sk_wrong' });
			assert.equal((await ask('GET', '/vault/v1/kv')).status, 200);
			assert.equal((await ask('GET', '/vault/v1/kv')).status, 200);
			const third = await ask('GET', '/vault/v1/kv');
			assert.deepEqual([third.status, third.body], [429, { error: 'Too many requests in this minute.' }]);
			const wait = Number(third.headers.get('retry-after'));
			assert.ok(wait >= 1 && wait <= 60, String(wait));
		} finally {
			await vault.close();
		}
	});

	test('an answer takes the latency at least', async () => {
		const vault = await startLocalVault({ latency: 50 });
		try {
			const started = performance.now();
			await asker(vault)('GET', '/vault/v1/kv');
			assert.ok(performance.now() - started >= 49);
		} finally {
			await vault.close();
		}
	});

	test('after close nothing answers, however a client keeps its connection', async () => {
		const vault = await startLocalVault();
		const ask = asker(vault);
		await ask('GET', '/vault/v1/kv');
		await vault.close();
		await assert.rejects(ask('GET', '/vault/v1/kv'));
	});
});
