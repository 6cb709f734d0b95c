import assert from 'node:assert/strict';
import { decrypt, encrypt, reencrypt } from '../../../src/vault/ciphertext/inText/text';
import { parseEnvelopes, rewrapped } from '../../../src/vault/ciphertext/envelope';
import { findKeyContext } from '../../../src/vault/ciphertext/keyIds';
import { layouts } from '../../support/envelopes';
import { failureOf, sdkOf, suiteVault } from './running';

suite('The client’s data keys and ciphertexts, against Local Vault', () => {
	const running = suiteVault({ maximumKeys: 3 });
	const keyContext = { organization_id: 'org_keys' };
	const plainSdk = () => sdkOf(running).vault;

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
			const ciphertext = await encrypt(running.vault, plaintext, keyContext);
			assert.match(ciphertext, /^[A-Za-z0-9+/]+={0,2}$/);
			assert.ok((await decrypt(running.vault, ciphertext)) === plaintext);
		});

		test(`the plain SDK reads a ciphertext of ${what}, and the client one of the plain SDK`, async () => {
			const ours = await plainSdk().decrypt(await encrypt(running.vault, plaintext, keyContext));
			// The SDK drops a byte order mark at the start of what it decrypts.
			assert.ok(ours === plaintext.replace(/^\uFEFF/, ''));
			const theirs = await plainSdk().encrypt(plaintext, keyContext);
			assert.ok((await decrypt(running.vault, theirs)) === plaintext);
		});
	}

	test('the plain SDK reads a ciphertext with associated data, and the client one of the plain SDK', async () => {
		const ours = await encrypt(running.vault, 'plain', keyContext, { associatedData: 'ligne nº 17' });
		assert.equal(await plainSdk().decrypt(ours, 'ligne nº 17'), 'plain');
		await assert.rejects(plainSdk().decrypt(ours, 'ligne nº 18'));
		const theirs = await plainSdk().encrypt('plain', keyContext, 'ligne nº 17');
		assert.equal(await decrypt(running.vault, theirs, { associatedData: 'ligne nº 17' }), 'plain');
		await failureOf(decrypt(running.vault, theirs, { associatedData: 'ligne nº 18' }), 'undecryptable');
		await failureOf(decrypt(running.vault, theirs), 'undecryptable');
	});

	for (const layout of layouts) {
		test(`a ciphertext in the layout ${layout} comes back, re-encrypted too, and one request each is enough`, async () => {
			const sealing = { layout, associatedData: 'row-17' };
			const before = running.records.length;
			const ciphertext = await encrypt(running.vault, 'plain', keyContext, sealing);
			assert.deepEqual(
				parseEnvelopes(ciphertext).map((envelope) => envelope.layout),
				[layout],
			);
			assert.equal(await decrypt(running.vault, ciphertext, sealing), 'plain');
			const moved = await reencrypt(running.vault, ciphertext, { data_type: 'archive' });
			assert.equal(await decrypt(running.vault, moved, sealing), 'plain');
			assert.equal(running.records.length, before + 4);
		});
	}

	test('a ciphertext that is re-encrypted keeps its bytes but for the key blob, and the plain SDK reads it', async () => {
		const ciphertext = await plainSdk().encrypt('plain', keyContext, 'row-17');
		const moved = await reencrypt(running.vault, ciphertext, { data_type: 'archive' });
		const [before, after] = [ciphertext, moved].map((text) => parseEnvelopes(text)[0]);
		for (const part of ['iv', 'tag', 'ciphertext', 'dataKeyId'] as const)
			assert.deepEqual(after?.[part], before?.[part]);
		assert.notEqual(after?.encryptedKeys, before?.encryptedKeys);
		assert.equal(await plainSdk().decrypt(moved, 'row-17'), 'plain');
	});

	test('the events tell the key context of a data key, and of one that was re-encrypted', async () => {
		const pair = await running.vault.createDataKey(keyContext);
		const archived = await running.vault.rekeyDataKey(pair.encryptedKeys, { data_type: 'archive' });
		assert.deepEqual(await findKeyContext(running.vault, pair.encryptedKeys), keyContext);
		assert.deepEqual(await findKeyContext(running.vault, archived.encryptedKeys), { data_type: 'archive' });
	});

	test('a ciphertext whose key blob was changed is undecryptable', async () => {
		const [envelope] = parseEnvelopes(await encrypt(running.vault, 'plain', keyContext));
		assert.ok(envelope);
		const blob = Buffer.from(envelope.encryptedKeys, 'base64');
		blob[blob.length - 1] = (blob.at(-1) ?? 0) ^ 1;
		const changed = rewrapped(envelope, blob.toString('base64'));
		for (const call of [decrypt(running.vault, changed), reencrypt(running.vault, changed, keyContext)]) {
			const error = await failureOf(call, 'undecryptable');
			assert.equal(error.details.status, 400);
			assert.ok(error.details.requestId);
		}
	});

	test('the same plaintext has another ciphertext each time', async () => {
		assert.notEqual(await encrypt(running.vault, 'same', keyContext), await encrypt(running.vault, 'same', keyContext));
	});

	test('a ciphertext with white space around it is decrypted', async () => {
		const ciphertext = await encrypt(running.vault, 'plain', keyContext);
		assert.equal(await decrypt(running.vault, `\n  ${ciphertext}\t`), 'plain');
	});

	for (const [part, position] of [
		['IV', 0],
		['tag', 12],
		['text', -1],
	] as const) {
		test(`a ciphertext whose ${part} was changed is undecryptable`, async () => {
			const bytes = Buffer.from(await encrypt(running.vault, 'plain', keyContext), 'base64');
			const at = position < 0 ? bytes.length + position : position;
			bytes[at] = (bytes[at] ?? 0) ^ 1;
			await failureOf(decrypt(running.vault, bytes.toString('base64')), 'undecryptable');
		});
	}

	for (const text of ['', 'no ciphertext', 'c2hvcnQ=', 'A'.repeat(400)]) {
		test(`“${text.slice(0, 20)}” is notCiphertext, and nothing is sent`, async () => {
			const before = running.records.length;
			await failureOf(decrypt(running.vault, text), 'notCiphertext');
			assert.equal(running.records.length, before);
		});
	}

	test('encrypting sends the key context and never the plaintext; decrypting only the wrapped key', async () => {
		const before = running.records.length;
		await decrypt(running.vault, await encrypt(running.vault, 'plain', keyContext));
		const paths = running.records.slice(before).map(({ path }) => path);
		assert.deepEqual(paths, ['/vault/v1/keys/data-key', '/vault/v1/keys/decrypt']);
	});

	test('a vault without room for another distinct key context says tooManyKeys', async () => {
		for (const team of ['1', '2', '3']) await running.vault.createDataKey({ team }).catch(() => undefined);
		const error = await failureOf(running.vault.createDataKey({ team: 'one more' }), 'tooManyKeys');
		assert.equal(error.details.status, 422);
	});
});
