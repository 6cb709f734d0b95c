import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { ciphertextAround, openEnvelope, parseEnvelope } from '../../../src/vault/envelope';
import { dataKey, leb128, sealed } from '../../support/envelopes';
import { failureOf } from '../../support/fakes';

/** A ciphertext of another program; it was made with associated data, so it can be taken apart but not opened. */
const foreign =
	'oKGio6SlpqeoqaqrmEtZ89dWQU/L8TSRlmMjq5ABc2FtcGxlLWtleS1ibG9iLXNhbXBsZS1rZXktYmxvYi1zYW1wbGUta2V5LWJsb2Itc2FtcGxlLWtleS1ibG9iLXNhbXBsZS1rZXktYmxvYi1zYW1wbGUta2V5LWJsb2Itc2FtcGxlLWtleS1ibG9iLXNhbXBsZS1rZXktYmxvYi1zYW1wbGUta2V5LWJsb2ItltvfQmWvZ58TEOK6bRU=';

function parsed(text: string) {
	const envelope = parseEnvelope(text);
	assert.ok(envelope, 'not recognised as a ciphertext');
	return envelope;
}

suite('Envelope', () => {
	const texts = ['', 'a', 'pão de queijo', '\ufeffwith a byte order mark', 'a\r\nb\n\0', '🔑'.repeat(1000)];
	for (const text of texts) {
		test(`a text of ${text.length} characters comes back as it was: ${JSON.stringify(text.slice(0, 12))}`, async () => {
			assert.equal(await openEnvelope(parsed(sealed(text)), dataKey), text);
		});
	}

	for (const length of [1, 127, 128, 300, 16_383, 16_384, 100_000]) {
		test(`a key blob of ${length} bytes is taken out whole`, async () => {
			const blob = randomBytes(length);
			const envelope = parsed(sealed('text', blob));
			assert.equal(envelope.encryptedKeys, blob.toString('base64'));
			assert.equal(await openEnvelope(envelope, dataKey), 'text');
		});
	}

	test('a ciphertext of another program is taken apart', () => {
		const { iv, tag, encryptedKeys, ciphertext } = parsed(foreign);
		assert.equal(Buffer.from(iv).toString('hex'), 'a0a1a2a3a4a5a6a7a8a9aaab');
		assert.equal(Buffer.from(tag).toString('hex'), '984b59f3d756414fcbf134919663' + '23ab');
		assert.equal(atob(encryptedKeys), 'sample-key-blob-'.repeat(9));
		assert.equal(ciphertext.length, Buffer.byteLength('pão de queijo'));
	});

	test('a ciphertext that was made with associated data can’t be opened without it', async () => {
		assert.equal((await failureOf(openEnvelope(parsed(foreign), dataKey))).code, 'undecryptable');
	});

	test('white space around a ciphertext does not matter', () => {
		assert.ok(parseEnvelope(`\n  ${sealed('text')}\r\n`));
	});

	const others: [what: string, text: string][] = [
		['an empty text', ''],
		['a word', 'password'],
		['base64 that is too short', Buffer.from('short').toString('base64')],
		['a text with a space in it', `${sealed('text').slice(0, 20)} ${sealed('text').slice(20)}`],
		['base64url', sealed('text', Buffer.alloc(60, 0xff)).replaceAll('/', '_')],
		['missing padding', sealed('ab').slice(0, -1)],
		[
			'a blob that is shorter than it says',
			Buffer.concat([Buffer.alloc(28), leb128(100), Buffer.alloc(99)]).toString('base64'),
		],
		['a blob of no bytes', Buffer.concat([Buffer.alloc(28), leb128(0), Buffer.alloc(20)]).toString('base64')],
		['a length that never ends', Buffer.concat([Buffer.alloc(28), Buffer.alloc(60, 0x80)]).toString('base64')],
		[
			'a length of six bytes',
			Buffer.concat([Buffer.alloc(28), Buffer.from('818080808000', 'hex'), Buffer.alloc(60)]).toString('base64'),
		],
		['a length that the text ends in', Buffer.concat([Buffer.alloc(28), Buffer.from([0x80])]).toString('base64')],
		[
			'a length of four billion',
			Buffer.concat([Buffer.alloc(28), leb128(4_294_967_295), Buffer.alloc(60)]).toString('base64'),
		],
		['an IV and a tag without more', Buffer.alloc(28).toString('base64')],
	];
	for (const [what, text] of others) {
		test(`${what} is no ciphertext`, () => assert.equal(parseEnvelope(text), undefined));
	}

	test('any changed byte of IV, tag or ciphertext is noticed', async () => {
		const bytes = Buffer.from(sealed('text', Buffer.from('blob')), 'base64');
		const places = [0, 11, 12, 27, bytes.length - 4, bytes.length - 1];
		for (const place of places) {
			const changed = Buffer.from(bytes);
			changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
			const failure = await failureOf(openEnvelope(parsed(changed.toString('base64')), dataKey));
			assert.equal(failure.code, 'undecryptable', `byte ${place}`);
		}
	});

	test('a cut off ciphertext is noticed', async () => {
		const cut = Buffer.from(sealed('a longer text'), 'base64').subarray(0, -1).toString('base64');
		assert.equal((await failureOf(openEnvelope(parsed(cut), dataKey))).code, 'undecryptable');
	});

	for (const [what, key] of [
		['another key', randomBytes(32).toString('base64')],
		['a key of the wrong length', randomBytes(5).toString('base64')],
		['a key that is not base64', 'no key!'],
	] as const) {
		test(`${what} does not open it`, async () => {
			const failure = await failureOf(openEnvelope(parsed(sealed('text')), key));
			assert.equal(failure.code, 'undecryptable');
			assert.deepEqual(failure.details, {});
		});
	}

	suite('around the cursor', () => {
		const text = sealed('text');
		const line = `TOKEN="${text}" # do not touch`;
		const start = line.indexOf(text);

		for (const [where, offset] of [
			['before its first character', start],
			['in it', start + 20],
			['after its last character', start + text.length],
		] as const) {
			test(`is found with the cursor ${where}`, () => {
				assert.deepEqual(ciphertextAround(line, offset), { text, start });
			});
		}

		for (const [where, offset] of [
			['left of it', start - 1],
			['right of it', start + text.length + 1],
		] as const) {
			test(`is not found with the cursor ${where}`, () => {
				assert.equal(ciphertextAround(line, offset), undefined);
			});
		}

		test('is found behind an equals sign', () => {
			assert.deepEqual(ciphertextAround(`TOKEN=${text}`, 8), { text, start: 6 });
		});

		test('is the one of two that the cursor is in', () => {
			const second = sealed('another text');
			assert.equal(ciphertextAround(`${text},${second}`, text.length + 5)?.text, second);
			assert.equal(ciphertextAround(`${text},${second}`, 5)?.text, text);
		});

		test('is not any other long word', () => {
			assert.equal(ciphertextAround('a'.repeat(200), 100), undefined);
			assert.equal(ciphertextAround('', 0), undefined);
		});
	});
});
