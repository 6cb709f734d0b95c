import assert from 'node:assert/strict';
import { decrypt, encrypt, reencrypt } from '../../../../../src/vault/ciphertext/inText/text';
import { parseEnvelopes } from '../../../../../src/vault/ciphertext/envelope';
import { VaultError } from '../../../../../src/vault/errors';
import { contextOf, layouts, sealed, unsealed, vaultBlob } from '../../../../support/envelopes';
import { failureOf, lost } from '../../../../support/fakes';
import { FakeVault } from '../../../../support/fakeVault';

const keyContext = { organization_id: 'org_acme' };
const rejected = () => new VaultError('rejected', { status: 400, requestId: 'req_1' });
/** A ciphertext that can be read in three layouts: as one of Node first. */
const ambiguous = Buffer.alloc(200, 1).toString('base64');

suite('Encrypting with a vault', () => {
	for (const layout of layouts) {
		test(`makes a ciphertext in the layout ${layout}, for the key context`, async () => {
			const vault = new FakeVault();
			const ciphertext = await encrypt(vault, 'text', keyContext, { layout, associatedData: 'row-17' });
			const { text, blob } = unsealed(ciphertext, { layout, associatedData: 'row-17' });
			assert.equal(text, 'text');
			assert.deepEqual(contextOf(blob.toString('base64')), keyContext);
			assert.deepEqual(vault.calls, ['createDataKey']);
		});
	}

	test('takes the layout of Node, and no associated data, unless told otherwise', async () => {
		assert.equal(unsealed(await encrypt(new FakeVault(), 'text', keyContext)).text, 'text');
	});

	test('fails as the vault does', async () => {
		const vault = new FakeVault();
		vault.failNext('createDataKey', lost());
		assert.equal((await failureOf(encrypt(vault, 'text', keyContext))).code, 'unavailable');
	});

	test('hands the call’s options on', async () => {
		const vault = new FakeVault();
		const options = { priority: 'background', signal: AbortSignal.abort(new Error('left')) } as const;
		await assert.rejects(encrypt(vault, 'text', keyContext, {}, options), new Error('left'));
		await assert.rejects(decrypt(vault, sealed('text'), {}, options), new Error('left'));
		await assert.rejects(reencrypt(vault, sealed('text'), keyContext, options), new Error('left'));
		assert.deepEqual(vault.priorities, ['background', 'background', 'background']);
	});
});

suite('Decrypting with a vault', () => {
	for (const layout of layouts) {
		for (const [what, blob] of [
			['says what it is', vaultBlob],
			['does not', Buffer.from('other key blob '.repeat(9))],
		] as const) {
			test(`reads the layout ${layout} where the key blob ${what}`, async () => {
				const vault = new FakeVault();
				const text = sealed('text', { layout, blob, associatedData: 'row-17' });
				assert.equal(await decrypt(vault, text, { associatedData: 'row-17' }), 'text');
			});
		}
	}

	for (const code of ['rejected', 'notFound'] as const) {
		test(`goes on to the next layout when the vault answers ${code}`, async () => {
			const text = sealed('text', { layout: 'go', blob: Buffer.alloc(120, 1) });
			const asked: string[] = [];
			const vault = new FakeVault();
			const answer = vault.decryptDataKey.bind(vault);
			vault.decryptDataKey = (keys, options) => {
				asked.push(keys);
				if (asked.length === 1) vault.failNext('decryptDataKey', new VaultError(code));
				return answer(keys, options);
			};
			assert.equal(await decrypt(vault, text), 'text');
			assert.deepEqual(
				asked,
				parseEnvelopes(text)
					.slice(0, 2)
					.map(({ encryptedKeys }) => encryptedKeys),
			);
		});
	}

	test('does not go on after any other failure', async () => {
		const vault = new FakeVault();
		vault.failNext('decryptDataKey', lost());
		assert.equal((await failureOf(decrypt(vault, ambiguous))).code, 'unavailable');
		assert.equal(vault.count('decryptDataKey'), 1);
	});

	test('is undecryptable when no layout opens, and each was tried', async () => {
		const vault = new FakeVault();
		assert.equal((await failureOf(decrypt(vault, ambiguous))).code, 'undecryptable');
		assert.equal(vault.count('decryptDataKey'), parseEnvelopes(ambiguous).length);
	});

	test('is undecryptable when the vault knows no such key, and tells of the request', async () => {
		const vault = new FakeVault();
		vault.failNext('decryptDataKey', rejected());
		const failure = await failureOf(decrypt(vault, sealed('text', { blob: vaultBlob })));
		assert.equal(failure.code, 'undecryptable');
		assert.deepEqual(failure.details, rejected().details);
	});

	test('is undecryptable with other associated data', async () => {
		const text = sealed('text', { blob: vaultBlob, associatedData: 'row-17' });
		assert.equal((await failureOf(decrypt(new FakeVault(), text))).code, 'undecryptable');
	});

	test('asks the vault nothing about what is no ciphertext', async () => {
		const vault = new FakeVault();
		for (const text of ['', 'no ciphertext', 'c2hvcnQ=']) {
			assert.equal((await failureOf(decrypt(vault, text))).code, 'notCiphertext');
			assert.equal((await failureOf(reencrypt(vault, text, keyContext))).code, 'notCiphertext');
		}
		assert.deepEqual(vault.calls, []);
	});
});

suite('Re-encrypting with a vault', () => {
	for (const layout of layouts) {
		test(`changes the key blob and nothing else: ${layout}`, async () => {
			const vault = new FakeVault();
			const before = sealed('text', { layout, blob: vaultBlob, associatedData: 'row-17' });
			const after = await reencrypt(vault, before, keyContext);
			const { text, blob } = unsealed(after, { layout, associatedData: 'row-17' });
			assert.equal(text, 'text');
			assert.deepEqual(contextOf(blob.toString('base64')), keyContext);
			const [one, other] = [before, after].map((ciphertext) => parseEnvelopes(ciphertext)[0]);
			for (const part of ['layout', 'iv', 'tag', 'ciphertext'] as const) assert.deepEqual(other?.[part], one?.[part]);
			assert.deepEqual(vault.calls, ['rekeyDataKey']);
		});
	}

	test('goes on to the next layout when the vault rejects the key blob', async () => {
		const vault = new FakeVault();
		vault.failNext('rekeyDataKey', rejected());
		const after = await reencrypt(vault, ambiguous, keyContext);
		assert.equal(parseEnvelopes(after)[0]?.layout, 'go');
	});

	test('is undecryptable when the vault rejects each', async () => {
		const vault = new FakeVault();
		for (const _ of parseEnvelopes(ambiguous)) vault.failNext('rekeyDataKey', rejected());
		assert.equal((await failureOf(reencrypt(vault, ambiguous, keyContext))).code, 'undecryptable');
	});
});
