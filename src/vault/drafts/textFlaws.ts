/** Why no editor can hold a value exactly. */
export type Flaw = 'mixedLineEnds' | 'loneCarriageReturn' | 'loneSurrogate';

/**
 * Why editing a text could change it silently, or undefined. An editor keeps one kind of line end for a whole document,
 * and half a character (a lone surrogate) has no bytes in UTF-8.
 */
export function flawOf(text: string): Flaw | undefined {
	if (!text.isWellFormed()) return 'loneSurrogate';
	const withoutPairs = text.replaceAll('\r\n', '');
	if (withoutPairs.includes('\r')) return 'loneCarriageReturn';
	return withoutPairs.length < text.length && withoutPairs.includes('\n') ? 'mixedLineEnds' : undefined;
}

/** Why bytes are not the text of a value. */
export type NoText = 'binary' | 'utf16WithoutMark' | 'otherEncoding';

/**
 * The text of a file: UTF-8, or what its byte order mark says (UTF-8 or UTF-16). The mark itself is no part of the text.
 * A NUL in it means that it is none: text in UTF-16 without a mark, or binary data.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly flaw: NoText } {
	const [first, second] = bytes;
	const isLittle = first === 0xff && second === 0xfe;
	const encoding = isLittle ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
	let text: string;
	try {
		text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return { flaw: bytes.includes(0) ? 'binary' : 'otherEncoding' };
	}
	if (!text.includes('\0')) return { text };
	return { flaw: hasEverySecondZero(bytes) ? 'utf16WithoutMark' : 'binary' };
}

/** Latin text in UTF-16 has a zero in nearly every pair of bytes, always on the same side: its beginning tells. */
function hasEverySecondZero(bytes: Uint8Array): boolean {
	const beginning = bytes.subarray(0, 1024);
	const zerosAt = (side: number) => beginning.filter((byte, index) => byte === 0 && index % 2 === side).length;
	const [even, odd] = [zerosAt(0), zerosAt(1)];
	return Math.max(even, odd) > beginning.length / 4 && Math.min(even, odd) <= beginning.length / 16;
}

/** What stands at the ends of a text that nobody sees, in words: “ends in a line break”. None where there is nothing. */
export function hiddenEnds(text: string): readonly string[] {
	const { before, after } = endsOf(text);
	return [
		...(before.includes('\ufeff') ? ['begins with a byte order mark'] : []),
		...(/[\r\n]/.test(before) ? ['begins with a line break'] : []),
		...(/[^\r\n\ufeff]/.test(before) ? ['begins with white space'] : []),
		...(/[^\r\n]/.test(after) ? ['ends in white space'] : []),
		...lineBreaksAtEnd(after),
	];
}

/** A text without what `hiddenEnds` tells of. */
export function withoutHiddenEnds(text: string): string {
	const { before, after } = endsOf(text);
	return text.slice(before.length, text.length - after.length);
}

/** What is not seen at either end; where nothing of a text is seen, all of it is its end. */
function endsOf(text: string): { readonly before: string; readonly after: string } {
	const trimmed = text.trimEnd();
	return { before: trimmed.slice(0, trimmed.length - trimmed.trimStart().length), after: text.slice(trimmed.length) };
}

function lineBreaksAtEnd(after: string): readonly string[] {
	const count = after.match(/\r\n?|\n/g)?.length ?? 0;
	if (count === 0) return [];
	return [count === 1 ? 'ends in a line break' : `ends in ${count} line breaks`];
}

/** How the lines of a text end, in words; undefined where there is one line only. */
export function lineEndsOf(text: string): string | undefined {
	const withoutPairs = text.replaceAll('\r\n', '');
	const kinds = [
		...(withoutPairs.length < text.length ? ['CRLF'] : []),
		...(withoutPairs.includes('\n') ? ['LF'] : []),
		...(withoutPairs.includes('\r') ? ['CR'] : []),
	];
	if (kinds.length > 1) return 'mixed line ends';
	return kinds.length === 0 ? undefined : `lines end in ${kinds.join('')}`;
}
