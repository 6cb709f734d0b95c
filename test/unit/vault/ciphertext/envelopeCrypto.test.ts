import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { parseEnvelopes, type Envelope, type Layout } from '../../../../src/vault/ciphertext/envelope';
import { openEnvelope, sealEnvelope } from '../../../../src/vault/ciphertext/envelopeCrypto';
import { dataKey, layouts, sealed, unsealed, vaultBlob } from '../../../support/envelopes';
import { failureOf } from '../../../support/fakes';
import { foreign, goVector } from '../../../support/publishedCiphertexts';

const pair = { dataKey, encryptedKeys: vaultBlob.toString('base64') };
const texts = ['', 'a', 'pão de queijo', '\ufeffwith a byte order mark', 'a\r\nb\n\0', '🔑'.repeat(1000)];

function parsed(text: string, layout: Layout = 'node'): Envelope {
	const envelope = parseEnvelopes(text).find((one) => one.layout === layout);
	assert.ok(envelope, 'not recognised as a ciphertext');
	return envelope;
}

suite('Opening an envelope', () => {
	for (const layout of layouts) {
		for (const text of texts) {
			const what = `a text of ${text.length} characters, ${JSON.stringify(text.slice(0, 12))}`;
			test(`gives ${what}, as it was: ${layout}`, async () => {
				assert.equal(await openEnvelope(parsed(sealed(text, { layout }), layout), dataKey), text);
			});
		}

		test(`takes the same associated data, and no other: ${layout}`, async () => {
			const envelope = parsed(sealed('text', { layout, associatedData: 'ligne nº 17' }), layout);
			assert.equal(await openEnvelope(envelope, dataKey, 'ligne nº 17'), 'text');
			for (const other of [undefined, '', 'ligne nº 18']) {
				assert.equal((await failureOf(openEnvelope(envelope, dataKey, other))).code, 'undecryptable');
			}
		});

		test(`notices any changed byte of IV, tag or ciphertext: ${layout}`, async () => {
			const envelope = parsed(sealed('text', { layout }), layout);
			for (const part of ['iv', 'tag', 'ciphertext'] as const) {
				for (const at of [0, envelope[part].length - 1]) {
					const changed = envelope[part].slice();
					changed[at] = (changed[at] ?? 0) ^ 1;
					const failure = await failureOf(openEnvelope({ ...envelope, [part]: changed }, dataKey));
					assert.equal(failure.code, 'undecryptable', `${part} ${at}`);
				}
			}
		});
	}

	test('takes empty associated data for none', async () => {
		assert.equal(await openEnvelope(parsed(sealed('text')), dataKey, ''), 'text');
	});

	test('gives the plaintext that the Go SDK published', async () => {
		const { text, plaintext, dataKey: key } = goVector;
		assert.equal(await openEnvelope(parsed(text, 'nodeLongIv'), key), plaintext);
	});

	test('gives the plaintext of another program', async () => {
		const { text, plaintext, associatedData } = foreign;
		assert.equal(await openEnvelope(parsed(text), dataKey, associatedData), plaintext);
	});

	test('notices a ciphertext that was cut off', async () => {
		const cut = Buffer.from(sealed('a longer text'), 'base64').subarray(0, -1).toString('base64');
		assert.equal((await failureOf(openEnvelope(parsed(cut), dataKey))).code, 'undecryptable');
	});

	test('gives nothing for bytes that are no text', async () => {
		const envelope = parsed(sealed(Buffer.from([0x61, 0xff])));
		assert.equal((await failureOf(openEnvelope(envelope, dataKey))).code, 'undecryptable');
	});

	for (const [what, key] of [
		['another key', randomBytes(32).toString('base64')],
		['a key of 16 bytes', randomBytes(16).toString('base64')],
		['a key of the wrong length', randomBytes(5).toString('base64')],
		['no key', ''],
		['a key that is not base64', 'no key!'],
	] as const) {
		test(`is not possible with ${what}`, async () => {
			const failure = await failureOf(openEnvelope(parsed(sealed('text')), key));
			assert.equal(failure.code, 'undecryptable');
			assert.deepEqual(failure.details, {});
		});
	}
});

suite('Sealing an envelope', () => {
	for (const layout of layouts) {
		for (const text of texts) {
			const what = `a text of ${text.length} characters, ${JSON.stringify(text.slice(0, 12))}`;
			test(`makes ${what} a ciphertext that others read: ${layout}`, async () => {
				const ciphertext = await sealEnvelope(text, pair, layout);
				assert.deepEqual(unsealed(ciphertext, { layout }), { text, blob: vaultBlob });
			});
		}

		test(`ties it to the associated data, in UTF-8: ${layout}`, async () => {
			const ciphertext = await sealEnvelope('text', pair, layout, 'ligne nº 17');
			assert.equal(unsealed(ciphertext, { layout, associatedData: 'ligne nº 17' }).text, 'text');
			assert.throws(() => unsealed(ciphertext, { layout }));
		});

		test(`takes empty associated data for none: ${layout}`, async () => {
			assert.equal(unsealed(await sealEnvelope('text', pair, layout, ''), { layout }).text, 'text');
		});
	}

	test('uses another IV each time', async () => {
		const ivs = await Promise.all(
			Array.from({ length: 20 }, async () => parsed(await sealEnvelope('text', pair, 'node')).iv.toString()),
		);
		assert.equal(new Set(ivs).size, ivs.length);
	});

	for (const [what, changed] of [
		['a data key of 16 bytes', { dataKey: randomBytes(16).toString('base64') }],
		['a data key that is no base64', { dataKey: 'no key!' }],
		['encrypted keys that are none', { encryptedKeys: 'no keys!' }],
	] as const) {
		test(`is refused with ${what}`, async () => {
			assert.equal((await failureOf(sealEnvelope('text', { ...pair, ...changed }, 'node'))).code, 'unexpected');
		});
	}
});
