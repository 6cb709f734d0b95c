import assert from 'node:assert/strict';
import {
	decodeText,
	flawOf,
	hiddenEnds,
	hiddenInside,
	lineEndsOf,
	withoutHiddenEnds,
	withoutHiddenInside,
} from '../../../../src/vault/drafts/textFlaws';

suite('What an editor can hold exactly', () => {
	for (const [what, text] of [
		['an empty text', ''],
		['a line without an end', 'a'],
		['lines that end with LF', 'a\nb\n'],
		['lines that end with CRLF', 'a\r\nb\r\n'],
		['one CRLF and nothing else', '\r\n'],
		['empty lines', '\n\n\n'],
		['a byte order mark', '\ufeffa'],
		['a NUL', 'a\0b'],
		['line and paragraph separators', 'a\u2028b\u2029c\u0085d'],
		['a character of two halves', '😀'],
		['trailing spaces', 'a  \n\t'],
	] as const) {
		test(`${what} has no flaw`, () => assert.equal(flawOf(text), undefined));
	}

	for (const [what, text] of [
		['LF after CRLF', 'a\r\nb\nc'],
		['CRLF after LF', 'a\nb\r\nc'],
		['an LF at once after a CRLF', '\r\n\n'],
	] as const) {
		test(`${what} is a mix of line ends`, () => assert.equal(flawOf(text), 'mixedLineEnds'));
	}

	for (const [what, text] of [
		['a CR in a line', 'a\rb'],
		['a CR at the end', 'a\r'],
		['two CR before an LF', 'a\r\r\nb'],
		['a CR after an LF', 'a\n\rb'],
		['a CR among CRLF and LF', 'a\r\nb\nc\rd'],
	] as const) {
		test(`${what} stands alone`, () => assert.equal(flawOf(text), 'loneCarriageReturn'));
	}

	for (const [what, text] of [
		['a first half at the end', 'a\ud800'],
		['a second half at the start', '\udc00a'],
		['halves in the wrong order', '\udc00\ud800'],
		['a first half before mixed line ends', '\ud800\r\n\n'],
	] as const) {
		test(`${what} is half a character`, () => assert.equal(flawOf(text), 'loneSurrogate'));
	}
});

suite('A file’s text', () => {
	const utf8 = (text: string) => [...new TextEncoder().encode(text)];
	const utf16 = (text: string, isLittle: boolean) =>
		[...text].flatMap((character) => {
			const unit = character.charCodeAt(0);
			return isLittle ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff];
		});
	const decoded = (...bytes: number[]) => decodeText(Uint8Array.from(bytes));

	for (const [what, bytes] of [
		['UTF-8', utf8('pässword\r\n')],
		['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...utf8('pässword\r\n')]],
		['UTF-16 with a mark, as PowerShell writes it', [0xff, 0xfe, ...utf16('pässword\r\n', true)]],
		['UTF-16 with a mark, the other way round', [0xfe, 0xff, ...utf16('pässword\r\n', false)]],
	] as const) {
		test(`in ${what} is read, without the mark`, () => assert.deepEqual(decoded(...bytes), { text: 'pässword\r\n' }));
	}

	test('in UTF-16 without a mark is told from binary data', () => {
		assert.deepEqual(decoded(...utf16('secret', true)), { flaw: 'utf16WithoutMark' });
		assert.deepEqual(decoded(...utf16('secret', false)), { flaw: 'utf16WithoutMark' });
	});

	test('has no NUL in it', () => {
		assert.deepEqual(decoded(...utf8('a long enough text\0')), { flaw: 'binary' });
		assert.deepEqual(decoded(0xff, 0xfe, ...utf16('a\0b', true)), { flaw: 'binary' });
		assert.deepEqual(decoded(0x89, 0x50, 0, 0, 0, 0, 1, 0xff), { flaw: 'binary' });
	});

	for (const [language, text] of [
		['Russian', 'пароль'],
		['Greek', 'κωδικός1'],
		['Hebrew', 'סיסמה'],
		['Arabic', 'كلمة المرور'],
		['Russian with Latin letters', 'DB_PASSWORD=пароль\r\n'],
	] as const) {
		test(`in UTF-16 without a mark is never taken for UTF-8: ${language}`, () => {
			for (const isLittle of [true, false]) {
				assert.deepEqual(decoded(...utf16(text, isLittle)), { flaw: 'utf16WithoutMark' });
			}
		});
	}

	test('is not taken for UTF-16 where that is not what it looks like', () => {
		for (const text of ['a\0b', 'a\0', '\0', 'ab\0cd\0ef\0', '\0\0\0\0']) {
			assert.deepEqual(decoded(...utf8(text)), { flaw: 'binary' }, JSON.stringify(text));
		}
		for (const text of ['a\x01\x02b', 'a\nb\nc\nd\n', '\x1b[1msecret\x1b[0m', 'a\x01b', 'пароль\x04']) {
			assert.deepEqual(decoded(...utf8(text)), { text }, JSON.stringify(text));
		}
	});

	test('in another encoding is told from binary data', () => {
		assert.deepEqual(decoded(...utf8('p'), 0xe4, ...utf8('ssword')), { flaw: 'otherEncoding' });
	});

	test('cut off in the middle of a character is none', () => {
		assert.deepEqual(decoded(0xff, 0xfe, 0x61), { flaw: 'otherEncoding' });
	});
});

suite('The ends of a text', () => {
	for (const [text, told, rest] of [
		['secret', [], 'secret'],
		['two words', [], 'two words'],
		['secret\n', ['ends in a line break'], 'secret'],
		['secret\r\n', ['ends in a line break'], 'secret'],
		['secret\r\n\r\n', ['ends in 2 line breaks'], 'secret'],
		['secret ', ['ends in white space'], 'secret'],
		['secret\u00a0\n', ['ends in white space', 'ends in a line break'], 'secret'],
		['\tsecret', ['begins with white space'], 'secret'],
		['\n secret', ['begins with a line break', 'begins with white space'], 'secret'],
		['\ufeffsecret', ['begins with a byte order mark'], 'secret'],
		['a\n b ', ['ends in white space'], 'a\n b'],
		['secret\u200b', ['ends in an invisible character'], 'secret'],
		['secret\u200c\u200d', ['ends in an invisible character'], 'secret'],
		['secret\u2060', ['ends in an invisible character'], 'secret'],
		['secret\u00ad', ['ends in an invisible character'], 'secret'],
		['secret\u3164', ['ends in an invisible character'], 'secret'],
		['secret\u0085', ['ends in an invisible character'], 'secret'],
		['secret\ufeff', ['ends in an invisible character'], 'secret'],
		['secret\u0000\u0003', ['ends in an invisible character'], 'secret'],
		['secret\ufe0f', ['ends in an invisible character'], 'secret'],
		['secret\u{e0041}', ['ends in an invisible character'], 'secret'],
		['secret \u200b\r\n', ['ends in white space', 'ends in an invisible character', 'ends in a line break'], 'secret'],
		['\u200b\u001b secret', ['begins with white space', 'begins with an invisible character'], 'secret'],
		['\u{e0041}secret', ['begins with an invisible character'], 'secret'],
		['a\u200b b', [], 'a\u200b b'],
		['❤\ufe0f', [], '❤\ufe0f'],
		['1\ufe0f\u20e3', [], '1\ufe0f\u20e3'],
		[
			'🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
			[],
			'🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
		],
		['❤\ufe0f\ufe0f\n', ['ends in an invisible character', 'ends in a line break'], '❤\ufe0f'],
		['\u200b\n', ['ends in an invisible character', 'ends in a line break'], ''],
		['', [], ''],
	] as const) {
		test(`of ${JSON.stringify(text)} are ${told.length === 0 ? 'seen' : `told: it ${told.join(', ')}`}`, () => {
			assert.deepEqual(hiddenEnds(text), told);
			assert.equal(withoutHiddenEnds(text), rest);
		});
	}
});

suite('What nobody sees inside a text', () => {
	for (const [text, told, rest] of [
		['two words\tand\r\nlines', [], 'two words\tand\r\nlines'],
		['a\x01b', ['has a control character inside'], 'ab'],
		['a\x01\x02b', ['has 2 control characters inside'], 'ab'],
		['a\fb\x1b[0mc\x7f\x85d', ['has 4 control characters inside'], 'ab[0mcd'],
		['a\u200bb\u202ec', ['has 2 invisible characters inside'], 'abc'],
		['a\u00ad\x00b', ['has a control character inside', 'has an invisible character inside'], 'ab'],
		['👨\u200d👩\u200d👧 ❤\ufe0f a\u200c', [], '👨\u200d👩\u200d👧 ❤\ufe0f a\u200c'],
	] as const) {
		test(`of ${JSON.stringify(text)} is ${told.length === 0 ? 'usual' : `told: it ${told.join(', ')}`}`, () => {
			assert.deepEqual(hiddenInside(text), told);
			assert.equal(withoutHiddenInside(text), rest);
		});
	}

	test('is left out of a large text that is full of it', () => {
		assert.equal(withoutHiddenInside('a\x01'.repeat(512 * 1024)).length, 512 * 1024);
	});
});

suite('The ends of a large text', () => {
	const bytes = 1024 * 1024;
	for (const [what, hidden] of [
		['line breaks', '\n'],
		['characters of no width', '\u200b'],
		['tags', '\u{e0041}'],
	] as const) {
		test(`are told where all of it is ${what}, before or behind what is seen`, () => {
			const ends = hidden.repeat(bytes / Buffer.byteLength(hidden));
			assert.equal(withoutHiddenEnds(ends), '');
			for (const text of [`${ends}a`, `a${ends}`, `${ends}a${ends}`]) assert.equal(withoutHiddenEnds(text), 'a');
			assert.ok(hiddenEnds(`${ends}a`).every((told) => told.startsWith('begins with')));
			assert.ok(hiddenEnds(`a${ends}`).every((told) => told.startsWith('ends in')));
			const seen = `a${hidden.repeat(5000)}b🔑`;
			assert.equal(withoutHiddenEnds(`${ends}${seen}${ends}`), seen);
		});
	}

	test('are counted where they are line breaks', () => {
		assert.deepEqual(hiddenEnds(`a${'\r\n'.repeat(100_000)}`), ['ends in 100000 line breaks']);
	});
});

suite('The line ends of a text', () => {
	for (const [text, words] of [
		['one line', undefined],
		['a\nb', 'lines end in LF'],
		['a\r\nb\r\n', 'lines end in CRLF'],
		['a\rb', 'lines end in CR'],
		['a\r\nb\n', 'mixed line ends'],
	] as const) {
		test(`of ${JSON.stringify(text)} are told as ${words ?? 'nothing'}`, () => assert.equal(lineEndsOf(text), words));
	}
});
