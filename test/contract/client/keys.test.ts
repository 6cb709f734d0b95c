import assert from 'node:assert/strict';
import { WorkOS } from '@workos-inc/node';
import { failureOf, suiteVault } from './running';

suite('The client’s data keys and ciphertexts, against Local Vault', () => {
	const running = suiteVault({ maximumKeys: 3 });
	const keyContext = { organization_id: 'org_keys' };
	const plainSdk = () => {
		const { hostname, port } = new URL(running.url);
		return new WorkOS({ apiKey: running.apiKey, apiHostname: hostname, port: Number(port), https: false }).vault;
	};

	test('a created data key has 32 bytes and is decrypted from its blob', async () => {
		const pair = await running.vault.createDataKey(keyContext);
		assert.equal(Buffer.from(pair.dataKey, 'base64').length, 32);
		assert.deepEqual(pair.keyContext, keyContext);
		const { id, dataKey } = pair;
		assert.deepEqual(await running.vault.decryptDataKey(pair.encryptedKeys), { id, dataKey });
	});

	test('a data key that is re-encrypted under another key context stays the same key', async () => {
		const pair = await running.vault.createDataKey(keyContext);
		const rekeyed = await running.vault.rekeyDataKey(pair.encryptedKeys, { data_type: 'archive' });
		assert.equal(rekeyed.dataKey, pair.dataKey);
		assert.notEqual(rekeyed.encryptedKeys, pair.encryptedKeys);
		assert.deepEqual(rekeyed.keyContext, { data_type: 'archive' });
		assert.equal((await running.vault.decryptDataKey(rekeyed.encryptedKeys)).dataKey, pair.dataKey);
	});

	test('a blob that was changed is rejected', async () => {
		const { encryptedKeys } = await running.vault.createDataKey(keyContext);
		const blob = Buffer.from(encryptedKeys, 'base64');
		blob[blob.length - 1] = (blob.at(-1) ?? 0) ^ 1;
		const error = await failureOf(running.vault.decryptDataKey(blob.toString('base64')), 'rejected');
		assert.equal(error.details.status, 400);
	});

	const plaintexts = {
		'no characters': '',
		'a byte order mark': '\uFEFFvalue',
		'CRLF and a last line end': 'first\r\nsecond\r\n',
		NUL: 'a\0b',
		emoji: '👩‍👩‍👧 🔐',
		'1 MiB': 'é'.repeat(512 * 1024),
	};
	for (const [what, plaintext] of Object.entries(plaintexts)) {
		test(`a plaintext of ${what} comes back from its ciphertext`, async () => {
			const ciphertext = await running.vault.encrypt(plaintext, keyContext);
			assert.match(ciphertext, /^[A-Za-z0-9+/]+={0,2}$/);
			assert.ok((await running.vault.decrypt(ciphertext)) === plaintext);
		});

		test(`the plain SDK reads a ciphertext of ${what}, and the client one of the plain SDK`, async () => {
			const ours = await plainSdk().decrypt(await running.vault.encrypt(plaintext, keyContext));
			// The SDK drops a byte order mark at the start of what it decrypts.
			assert.ok(ours === plaintext.replace(/^\uFEFF/, ''));
			const theirs = await plainSdk().encrypt(plaintext, keyContext);
			assert.ok((await running.vault.decrypt(theirs)) === plaintext);
		});
	}

	test('the same plaintext has another ciphertext each time', async () => {
		assert.notEqual(await running.vault.encrypt('same', keyContext), await running.vault.encrypt('same', keyContext));
	});

	test('a ciphertext with white space around it is decrypted', async () => {
		const ciphertext = await running.vault.encrypt('plain', keyContext);
		assert.equal(await running.vault.decrypt(`\n  ${ciphertext}\t`), 'plain');
	});

	for (const [part, position] of [
		['IV', 0],
		['tag', 12],
		['text', -1],
	] as const) {
		test(`a ciphertext whose ${part} was changed is undecryptable`, async () => {
			const bytes = Buffer.from(await running.vault.encrypt('plain', keyContext), 'base64');
			const at = position < 0 ? bytes.length + position : position;
			bytes[at] = (bytes[at] ?? 0) ^ 1;
			await failureOf(running.vault.decrypt(bytes.toString('base64')), 'undecryptable');
		});
	}

	for (const text of ['', 'no ciphertext', 'c2hvcnQ=', 'A'.repeat(400)]) {
		test(`“${text.slice(0, 20)}” is notCiphertext, and nothing is sent`, async () => {
			const before = running.records.length;
			await failureOf(running.vault.decrypt(text), 'notCiphertext');
			assert.equal(running.records.length, before);
		});
	}

	test('encrypting sends the key context and never the plaintext; decrypting only the wrapped key', async () => {
		const before = running.records.length;
		await running.vault.decrypt(await running.vault.encrypt('plain', keyContext));
		const paths = running.records.slice(before).map(({ path }) => path);
		assert.deepEqual(paths, ['/vault/v1/keys/data-key', '/vault/v1/keys/decrypt']);
	});

	test('a vault without room for another distinct key context says tooManyKeys', async () => {
		for (const team of ['1', '2', '3']) await running.vault.createDataKey({ team }).catch(() => undefined);
		const error = await failureOf(running.vault.createDataKey({ team: 'one more' }), 'tooManyKeys');
		assert.equal(error.details.status, 422);
	});
});
