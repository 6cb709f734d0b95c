import assert from 'node:assert/strict';
import { suiteVault } from './running';

interface Pair {
	readonly plaintext_key: string;
	readonly encrypted_key: string;
}

suite("Local Vault: the catalogue's keys", () => {
	const vault = suiteVault();
	const stranger = suiteVault();
	const ask = <Body = Record<string, unknown>>(route: string, body?: unknown) =>
		vault.ask<Body>('POST', `/vault/key/${route}`, body);
	const create = async () => (await ask<Pair>('create-data-key')).body;
	const encrypt = async (plaintext: string, data_key: string) => {
		const { status, body } = await ask<{ ciphertext: string }>('encrypt-data', { plaintext, data_key });
		assert.equal(status, 200);
		assert.deepEqual(Object.keys(body), ['ciphertext']);
		return body.ciphertext;
	};
	const refused = async (route: string, body: object, message: RegExp) => {
		const answer = await ask(route, body);
		assert.deepEqual([answer.status, answer.body.code], [422, 'unprocessable_entity']);
		assert.deepEqual(Object.keys(answer.body).sort(), ['code', 'message']);
		assert.match(String(answer.body.message), message);
	};

	test('a data key is created with no body, an empty object or a key context', async () => {
		for (const body of [undefined, '', {}, { key_context: { organization_id: 'org_1' } }]) {
			const answer = await ask<Pair>('create-data-key', body);
			assert.equal(answer.status, 200);
			assert.deepEqual(Object.keys(answer.body), ['plaintext_key', 'encrypted_key']);
			const { plaintext_key, encrypted_key } = answer.body;
			assert.equal(Buffer.from(plaintext_key, 'base64').length, 32);
			assert.ok(!Buffer.from(encrypted_key, 'base64').includes(Buffer.from(plaintext_key, 'base64')));
			const opened = await ask('decrypt-data-key', { encrypted_key });
			assert.deepEqual([opened.status, opened.body], [200, { plaintext_key }]);
		}
		assert.notEqual((await create()).plaintext_key, (await create()).plaintext_key);
	});

	test('any text is encrypted and decrypted exactly, each time to another ciphertext', async () => {
		const { plaintext_key: data_key } = await create();
		for (const plaintext of ['', 'sensitive', '\0 nul\r\n', '鍵 👩🏽‍🔧 e\u0301', '{"a": 1}', 'x'.repeat(1024 * 1024)]) {
			const ciphertext = await encrypt(plaintext, data_key);
			assert.notEqual(ciphertext, await encrypt(plaintext, data_key));
			const { status, body } = await ask('decrypt-data', { ciphertext, data_key });
			assert.equal(status, 200);
			assert.ok(body.plaintext === plaintext && Object.keys(body).length === 1, plaintext.slice(0, 20));
		}
	});

	test('a key that the vault never saw works as well', async () => {
		const data_key = Buffer.alloc(32, 7).toString('base64');
		const { body } = await ask('decrypt-data', { ciphertext: await encrypt('text', data_key), data_key });
		assert.deepEqual(body, { plaintext: 'text' });
	});

	test('a data key that is not the base64 of 32 bytes is 422 "Invalid data key"', async () => {
		const ciphertext = await encrypt('text', (await create()).plaintext_key);
		const bytes = Buffer.alloc(32, 0xff);
		for (const data_key of [
			'',
			'not base64',
			bytes.subarray(1).toString('base64'),
			Buffer.alloc(33).toString('base64'),
			bytes.toString('base64url'),
			bytes.toString('hex'),
			` ${bytes.toString('base64')}`,
		]) {
			await refused('encrypt-data', { plaintext: 'text', data_key }, /^Invalid data key: .*32 bytes\.$/);
			await refused('decrypt-data', { ciphertext, data_key }, /^Invalid data key: .*32 bytes\.$/);
		}
	});

	test('another key, and a ciphertext with any one byte changed, are 422 "Invalid data key"', async () => {
		const { plaintext_key: data_key } = await create();
		const ciphertext = await encrypt('text', data_key);
		const message = /^Invalid data key: the ciphertext .*\.$/;
		await refused('decrypt-data', { ciphertext, data_key: (await create()).plaintext_key }, message);
		const bytes = Buffer.from(ciphertext, 'base64');
		for (let at = 0; at < bytes.length; at++) {
			const changed = Buffer.from(bytes);
			changed[at] = (bytes[at] ?? 0) ^ 1;
			await refused('decrypt-data', { ciphertext: changed.toString('base64'), data_key }, message);
		}
		for (const wrong of ['', 'garbage', '!!!', ciphertext.slice(4), `${ciphertext} `]) {
			await refused('decrypt-data', { ciphertext: wrong, data_key }, message);
		}
	});

	test('an encrypted key that was changed, or is of another vault, is 422 "Invalid data key"', async () => {
		const { encrypted_key } = await create();
		const foreign = await stranger.ask<Pair>('POST', '/vault/key/create-data-key');
		for (const wrong of ['', 'garbage', encrypted_key.slice(4), `${encrypted_key} `, foreign.body.encrypted_key]) {
			await refused('decrypt-data-key', { encrypted_key: wrong }, /^Invalid data key: .*\.$/);
		}
	});

	test('fields that are no strings, and half a character, are 422', async () => {
		const { plaintext_key: data_key } = await create();
		for (const plaintext of [5, null, {}, ['a'], '\ud83d']) {
			await refused('encrypt-data', { plaintext, data_key }, /^"plaintext" must be .*\.$/);
		}
		await refused('encrypt-data', { plaintext: 'text', data_key: 5 }, /^"data_key" must be a string\.$/);
		await refused('decrypt-data', { ciphertext: 5, data_key }, /^"ciphertext" must be a string\.$/);
		await refused('decrypt-data-key', { encrypted_key: null }, /^"encrypted_key" must be a string\.$/);
	});

	test('a plaintext of more than 1 MiB is 413', async () => {
		const { plaintext_key: data_key } = await create();
		const { status, body } = await ask('encrypt-data', { plaintext: 'x'.repeat(1024 * 1024 + 1), data_key });
		assert.deepEqual([status, body.code], [413, 'invalid_request']);
	});
});
