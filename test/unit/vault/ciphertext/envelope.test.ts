import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
	describeCiphertext,
	parseEnvelope,
	parseEnvelopes,
	rewrapped,
	type Envelope,
	type Layout,
} from '../../../../src/vault/ciphertext/envelope';
import { VaultError } from '../../../../src/vault/errors';
import { dataKeyId, layouts, leb128, otherBlob, sealed, unsealed, vaultBlob } from '../../../support/envelopes';
import { foreign, goVector } from '../../../support/publishedCiphertexts';

function parsed(text: string, layout?: Layout): Envelope {
	const envelope = parseEnvelopes(text).find((one) => one.layout === (layout ?? one.layout));
	assert.ok(envelope, 'not recognised as a ciphertext');
	return envelope;
}

const base64 = (...parts: Uint8Array[]) => Buffer.concat(parts).toString('base64');
const read = (text: string) => parseEnvelopes(text).map(({ layout }) => layout);

suite('Taking a ciphertext apart', () => {
	for (const layout of layouts) {
		test(`a key blob that says what it is makes ${layout} the only reading`, () => {
			const text = sealed('text', { layout, blob: vaultBlob });
			assert.deepEqual(read(text), [layout]);
			const { encryptedKeys, ciphertext, iv, tag, dataKeyId: id } = parsed(text);
			assert.equal(encryptedKeys, vaultBlob.toString('base64'));
			assert.equal(id, dataKeyId);
			assert.equal(ciphertext.length, 4);
			assert.equal(tag.length, 16);
			assert.equal(iv.length, layout === 'nodeLongIv' ? 32 : 12);
		});

		for (const length of [1, 127, 128, 300, 16_383, 16_384, 100_000]) {
			test(`a key blob of ${length} bytes is taken out whole: ${layout}`, () => {
				const blob = randomBytes(length);
				assert.equal(parsed(sealed('text', { layout, blob }), layout).encryptedKeys, blob.toString('base64'));
			});
		}
	}

	test('a key blob that does not say what it is can be read in several layouts, the likeliest first', () => {
		// Each byte is a length that is possible.
		assert.deepEqual(read(base64(Buffer.alloc(200, 1))), ['node', 'go', 'nodeLongIv']);
		const text = Buffer.from(Buffer.alloc(96, 0x24).toString('base64'));
		const dotnet = base64(Buffer.alloc(28, 1), leb128(text.length), text, Buffer.alloc(40, 1));
		assert.deepEqual(read(dotnet), ['node', 'go', 'dotnet', 'nodeLongIv']);
		assert.equal(parseEnvelope(dotnet)?.layout, 'node');
	});

	test('a key blob with the magic text but no id behind it does not count as one that says what it is', () => {
		for (const start of [
			'WOS.EKM.v1\0',
			'WOS.EKM.v1\0not a uuid of thirty-six characters!',
			`WOS.EKM.v2\0${dataKeyId}`,
		]) {
			const { dataKeyId: id } = parsed(sealed('text', { blob: Buffer.from(start.padEnd(60)) }));
			assert.equal(id, undefined);
		}
	});

	test('a key blob that ends behind its id says what it is', () => {
		const text = sealed('text', { blob: Buffer.from(`WOS.EKM.v1\0${dataKeyId}`) });
		assert.equal(parsed(text).dataKeyId, dataKeyId);
	});

	test('a ciphertext of another program is taken apart', () => {
		const { layout, iv, tag, encryptedKeys, ciphertext } = parsed(foreign.text);
		assert.equal(layout, 'node');
		assert.equal(Buffer.from(iv).toString('hex'), 'a0a1a2a3a4a5a6a7a8a9aaab');
		assert.equal(Buffer.from(tag).toString('hex'), '984b59f3d756414fcbf134919663' + '23ab');
		assert.equal(atob(encryptedKeys), 'sample-key-blob-'.repeat(9));
		assert.equal(ciphertext.length, Buffer.byteLength('pão de queijo'));
	});

	test('the ciphertext that the Go SDK published with its long IV is taken apart', () => {
		const envelope = parsed(goVector.text);
		assert.deepEqual(read(goVector.text), ['nodeLongIv']);
		assert.equal(envelope.encryptedKeys, goVector.encryptedKeys);
		assert.equal(envelope.dataKeyId, goVector.dataKeyId);
		assert.equal(Buffer.from(envelope.iv).toString('hex'), goVector.iv);
		assert.equal(Buffer.from(envelope.tag).toString('hex'), goVector.tag);
	});

	test('white space around a ciphertext and within it does not matter', () => {
		const text = sealed('text');
		const folded = `\n  ${text.replace(/.{20}/g, '$&\r\n\t ')}\u00a0\n`;
		assert.deepEqual(parseEnvelopes(folded), parseEnvelopes(text));
		assert.deepEqual(describeCiphertext(folded), describeCiphertext(text));
	});

	const zeros = Buffer.alloc(28);
	const others: [what: string, text: string][] = [
		['an empty text', ''],
		['white space', ' \n\t'],
		['padding', '===='],
		['a word', 'password'],
		['base64 that is too short', base64(Buffer.from('short'))],
		['base64url', sealed('text', { blob: Buffer.alloc(60, 0xff) }).replaceAll('/', '_')],
		['missing padding', sealed('ab').slice(0, -1)],
		['padding that is half missing', base64(zeros, leb128(1), Buffer.alloc(2)).replace(/=$/, '')],
		['too much padding', `${base64(zeros, leb128(1), Buffer.alloc(1))}====`],
		['padding in the middle', sealed('ab').replace(/^.{40}/, '$&====')],
		['one character too many', `${sealed('abc')}A`],
		['base64 with another character in it', sealed('text').replace(/^.{50}./, `${sealed('text').slice(0, 50)}é`)],
		['a blob that is shorter than it says', base64(zeros, leb128(100), Buffer.alloc(99))],
		['a blob of no bytes', base64(zeros, leb128(0), Buffer.alloc(20))],
		['a length that never ends', base64(zeros, Buffer.alloc(60, 0x80))],
		['a length of six bytes', base64(zeros, Buffer.from('818080808000', 'hex'), Buffer.alloc(60))],
		['a length that is written longer than it has to be', base64(zeros, Buffer.from('8100', 'hex'), Buffer.alloc(60))],
		['a length that the text ends in', base64(zeros, Buffer.from([0x80]))],
		['a length of four billion', base64(zeros, leb128(4_294_967_295), Buffer.alloc(60))],
		['an IV and a tag without more', base64(zeros)],
	];
	for (const [what, text] of others) {
		test(`${what} is no ciphertext`, () => {
			assert.deepEqual(parseEnvelopes(text), []);
			assert.equal(parseEnvelope(text), undefined);
			assert.equal(describeCiphertext(text), undefined);
		});
	}

	test('the blob of a ciphertext in the layout of .NET has to be proper base64', () => {
		const headed = (blob: string) => base64(zeros, leb128(blob.length), Buffer.from(blob), Buffer.alloc(40));
		const proper = otherBlob.toString('base64');
		assert.ok(read(headed(proper)).includes('dotnet'));
		for (const blob of [
			proper.slice(1),
			`${proper.slice(0, -1)}!`,
			`${proper.slice(0, 20)}!${proper.slice(21)}`,
			`${proper.slice(0, -2)}\n\n`,
			`${proper}AA`,
		]) {
			assert.equal(read(headed(blob)).includes('dotnet'), false);
		}
	});

	test('in the layout of Go there has to be room for an IV and a tag behind the blob', () => {
		const headed = (rest: number) => base64(leb128(100), Buffer.alloc(100), Buffer.alloc(rest));
		assert.deepEqual(read(headed(28)), ['go']);
		assert.deepEqual(read(headed(27)), []);
	});
});

suite('Describing a ciphertext', () => {
	for (const layout of layouts) {
		for (const size of [0, 1, 2, 3, 1000]) {
			test(`tells layout, data key and the plaintext’s ${size} bytes: ${layout}`, () => {
				const text = sealed('x'.repeat(size), { layout, blob: vaultBlob });
				assert.deepEqual(describeCiphertext(text), { layout, dataKeyId, size });
			});
		}
	}

	test('does not need the encrypted bytes', () => {
		const text = sealed('x'.repeat(90_000), { blob: vaultBlob });
		assert.equal(describeCiphertext(`${text.slice(0, 60_000)}?${text.slice(60_001)}`)?.size, 90_000);
	});

	for (const layout of ['node', 'go'] as const) {
		test(`checks all up to the end of the key blob: ${layout}`, () => {
			const text = sealed('x'.repeat(9000), { layout, blob: Buffer.alloc(3000, 0xff) });
			assert.equal(describeCiphertext(text)?.layout, layout);
			for (const at of [0, 10, 39, 3000, 3990]) {
				assert.equal(describeCiphertext(`${text.slice(0, at)}?${text.slice(at + 1)}`), undefined, `character ${at}`);
			}
		});
	}
});

suite('Putting a ciphertext together anew', () => {
	for (const layout of layouts) {
		test(`with its data key wrapped otherwise changes nothing else: ${layout}`, () => {
			const before = parsed(sealed('text', { layout, blob: vaultBlob, associatedData: 'row-17' }));
			const blob = Buffer.concat([vaultBlob, randomBytes(300)]);
			const text = rewrapped(before, blob.toString('base64'));
			assert.deepEqual(unsealed(text, { layout, associatedData: 'row-17' }), { text: 'text', blob });
			assert.deepEqual(parsed(text), { ...before, encryptedKeys: blob.toString('base64') });
		});
	}

	test('with the same key gives the same text', () => {
		for (const { text, encryptedKeys } of [goVector, foreign]) {
			assert.equal(rewrapped(parsed(text), encryptedKeys), text);
		}
	});

	test('is refused with encrypted keys that are no base64', () => {
		for (const keys of ['', 'no keys!', 'abc']) {
			assert.throws(() => rewrapped(parsed(foreign.text), keys), new VaultError('unexpected'));
		}
	});
});
