import assert from 'node:assert/strict';
import { age } from '../../../../src/commands/prompts/age';
import { generateValue } from '../../../../src/commands/prompts/value';

suite('A generated value', () => {
	for (const length of [8, 32, 4096]) {
		test(`of ${length} characters has that many`, () => {
			assert.equal(generateValue(length, 'abc').length, length);
		});
	}

	test('holds characters of the alphabet only, and all of them', () => {
		const alphabet = 'ABCxyz019_-';
		assert.deepEqual(new Set(generateValue(4096, alphabet)), new Set(alphabet));
	});

	test('is another one each time', () => {
		const values = Array.from({ length: 100 }, () => generateValue(16, '0123456789abcdef'));
		assert.equal(new Set(values).size, 100);
	});

	test('favours no character: each byte that would is thrown away', () => {
		const alphabet = 'x'.repeat(62).replace(/x/g, (_, index: number) => String.fromCharCode(65 + index));
		const original = crypto.getRandomValues.bind(crypto);
		let next = 0;
		// Every byte from 0 to 255 in turn, as a source that is exactly even.
		crypto.getRandomValues = <T extends ArrayBufferView | null>(bytes: T): T => {
			const view = bytes as unknown as Uint8Array;
			for (let index = 0; index < view.length; index++) view[index] = next++ % 256;
			return bytes;
		};
		try {
			const counts = new Map<string, number>();
			for (const character of generateValue(248 * 10, alphabet)) {
				counts.set(character, (counts.get(character) ?? 0) + 1);
			}
			assert.deepEqual(new Set(counts.values()), new Set([40]));
			assert.equal(counts.size, 62);
		} finally {
			crypto.getRandomValues = original;
		}
	});

	test('can use an alphabet of one character', () => assert.equal(generateValue(8, 'a'), 'aaaaaaaa'));
});

suite('Age', () => {
	const now = new Date('2026-11-21T12:00:00Z');
	const minute = 60;
	const hour = 60 * minute;
	const day = 24 * hour;
	const ages: [seconds: number, words: string][] = [
		[-hour, 'now'],
		[0, 'now'],
		[59, 'now'],
		[minute, '1 minute ago'],
		[59 * minute + 59, '59 minutes ago'],
		[3 * hour, '3 hours ago'],
		[day, '1 day ago'],
		[6 * day, '6 days ago'],
		[7 * day, '1 week ago'],
		[29 * day, '4 weeks ago'],
		[60 * day, '2 months ago'],
		[364 * day, '12 months ago'],
		[365 * day, '1 year ago'],
		[800 * day, '2 years ago'],
	];
	for (const [seconds, words] of ages) {
		test(`${seconds} seconds ago is “${words}”`, () => {
			assert.equal(age(new Date(now.getTime() - seconds * 1000), now), words);
		});
	}
});
