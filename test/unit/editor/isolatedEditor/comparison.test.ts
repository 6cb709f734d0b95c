import assert from 'node:assert/strict';
import { wordsOfComparison } from '../../../../src/editor/isolatedEditor/comparison';

suite('The words of a comparison', () => {
	const version = (value: string) => ({ title: 'cert (version 1)', value });
	const current = (value: string) => ({ title: 'cert (current)', value });

	test('are the two names, where all that differs is drawn', () => {
		assert.deepEqual(wordsOfComparison(version('one'), current('other')), {
			title: 'cert (version 1) ↔ cert (current)',
			left: 'cert (version 1)',
			right: 'cert (current)',
			remark: undefined,
		});
	});

	test('say how the lines end, and that nothing else differs', () => {
		const { title, remark } = wordsOfComparison(version('a\r\nb'), current('a\nb'));
		assert.equal(
			title,
			'Differ in line ends only: cert (version 1) (lines end in CRLF) ↔ cert (current) (lines end in LF)',
		);
		assert.equal(remark, 'differ in line ends only');
	});

	test('tell two texts apart that have mixed line ends in different places', () => {
		const { title } = wordsOfComparison(version('a\r\nb\nc'), current('a\nb\r\nc'));
		assert.match(title, /^Differ in line ends only: .* \(mixed line ends\) ↔ .* \(mixed line ends\)$/);
	});

	test('say which one begins with a byte order mark', () => {
		const { right, left } = wordsOfComparison(version('a'), current('\ufeffb'));
		assert.deepEqual([left, right], ['cert (version 1)', 'cert (current) (begins with a byte order mark)']);
	});

	test('say that a setting hides blanks', () => {
		const { title } = wordsOfComparison(version('a '), current('a'), true);
		assert.match(title, /^Blanks at the ends of lines are not compared: .* \(diffEditor\.ignoreTrimWhitespace\)$/);
	});

	test('show what is in a name and not seen', () => {
		const { title } = wordsOfComparison({ title: 'a\u202eb (version 1)', value: '' }, { title: 'c\u200bd', value: '' });
		assert.equal(title, 'a⟨U+202E⟩b (version 1) ↔ c⟨U+200B⟩d');
	});
});
