import assert from 'node:assert/strict';
import { flawOf } from '../../../src/vault/exactness';

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
