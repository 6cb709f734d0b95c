import assert from 'node:assert/strict';
import { fromLeb128, toLeb128 } from '../../../../src/vault/ciphertext/leb128';

const hex = (text: string) => Buffer.from(text, 'hex');

suite('LEB128', () => {
	const vectors: [number: number, bytes: string][] = [
		[0, '00'],
		[1, '01'],
		[127, '7f'],
		[128, '8001'],
		[300, 'ac02'],
		[16_383, 'ff7f'],
		[16_384, '808001'],
		[41_229, '8dc202'],
		[1_000_000, 'c0843d'],
		[2_147_483_648, '8080808008'],
		[4_294_967_295, 'ffffffff0f'],
	];
	for (const [value, bytes] of vectors) {
		test(`${value} is ${bytes}`, () => {
			assert.equal(Buffer.from(toLeb128(value)).toString('hex'), bytes);
			assert.deepEqual(fromLeb128(hex(bytes)), { value, length: bytes.length / 2 });
		});
	}

	test('what comes behind the number is left alone', () => {
		assert.deepEqual(fromLeb128(hex('8dc202040404')), { value: 41_229, length: 3 });
	});

	const bad: [what: string, bytes: string][] = [
		['nothing', ''],
		['a number that is cut off', '8dc2'],
		['a number of six bytes', '808080808001'],
		['a number of more than 32 bits', 'ffffffff10'],
		['a zero of two bytes', '8000'],
		['a number with a needless zero at its end', '8d8000'],
	];
	for (const [what, bytes] of bad) {
		test(`${what} is none`, () => assert.equal(fromLeb128(hex(bytes)), undefined));
	}

	test('a number of more bytes than are allowed is none', () => {
		assert.equal(fromLeb128(hex('8080808001'), 4), undefined);
		assert.deepEqual(fromLeb128(hex('80808001'), 4), { value: 2_097_152, length: 4 });
	});
});
