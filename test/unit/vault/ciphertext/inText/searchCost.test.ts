import assert from 'node:assert/strict';
import type { TextLines } from '../../../../../src/vault/ciphertext/inText/base64Runs';
import { allCiphertexts, ciphertextAt } from '../../../../../src/vault/ciphertext/inText/search';
import { one } from '../../../../support/ciphertextDocuments';

/** A document of one line that counts which of its characters are looked at, and how often. */
function countedLine(content: string): { text: TextLines; reads: () => number } {
	let reads = 0;
	const line = {
		length: content.length,
		charCodeAt: (at: number) => {
			reads++;
			return content.charCodeAt(at);
		},
		slice: (from: number, to: number) => {
			reads += to - from;
			return content.slice(from, to);
		},
	};
	return { text: { lineCount: 1, lineAt: () => line as unknown as string }, reads: () => reads };
}

suite('Looking for the ciphertext at a position in 20 MB', () => {
	const middle = 10_000_000;

	test('reads the word at the position, in one long line', () => {
		const { text, reads } = countedLine('{"name":"value"},'.repeat(middle / 8));
		for (let at = 0; at < 17; at++) assert.equal(ciphertextAt(text, 0, middle + at), undefined);
		assert.ok(reads() < 17 * 30, `${reads()} characters were read`);
	});

	test('reads the ciphertext at the position a few times, in one long line', () => {
		const rest = '{"name":"value"},'.repeat(600_000);
		const { text, reads } = countedLine(rest + one + rest);
		assert.equal(ciphertextAt(text, 0, rest.length + 100)?.text, one);
		assert.ok(reads() < 3 * one.length, `${reads()} characters were read`);
	});

	test('gives up after as many characters as a ciphertext can have, in one long run of base64', () => {
		const content = 'AbCd'.repeat(middle / 2);
		for (const at of [0, middle, content.length]) {
			const { text, reads } = countedLine(content);
			assert.equal(ciphertextAt(text, 0, at), undefined);
			assert.ok(reads() < 1_500_010, `${reads()} characters were read from ${at}`);
		}
		const { text, reads } = countedLine(content);
		assert.equal(ciphertextAt(text, 0, middle, 1000), undefined);
		assert.ok(reads() < 1010, `${reads()} characters were read`);
	});

	test('asks for no more lines than a ciphertext can have', () => {
		const asked: number[] = [];
		const count = (content: string) => ({
			lineCount: middle / 38,
			lineAt: (line: number) => {
				asked.push(line);
				return content;
			},
		});
		const base64 = count('A'.repeat(76));
		for (const line of [0, 100_000]) {
			asked.length = 0;
			assert.equal(ciphertextAt(base64, line, 10), undefined);
			assert.ok(asked.every((other) => Math.abs(other - line) <= 1_500_000 / 76 + 1));
		}
		asked.length = 0;
		const words = count('Some words in a line.');
		assert.equal(ciphertextAt(words, 100_000, 10), undefined);
		assert.ok(asked.length < 10 && asked.every((line) => Math.abs(line - 100_000) <= 1));
	});

	test('takes each line of the document a few times for all ciphertexts in it', () => {
		let asked = 0;
		const text = {
			lineCount: 30_000,
			lineAt: (line: number) => {
				asked++;
				return line % 5000 === 0 ? `key: "${'/'.repeat(76)}` : '/'.repeat(76);
			},
		};
		assert.deepEqual(allCiphertexts(text), []);
		assert.ok(asked < 30_000 * 12, `lines were asked for ${asked} times`);
	});
});
