import { ofEmoji, unseen } from '../unseen';

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
 * A NUL in it means that it is none; UTF-16 without a mark may have none, and be UTF-8, too, but of no text.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly flaw: NoText } {
	const [first, second] = bytes;
	const isLittle = first === 0xff && second === 0xfe;
	const encoding = isLittle ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
	let text: string;
	try {
		text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		if (encoding === 'utf-8' && looksLikeUtf16(bytes)) return { flaw: 'utf16WithoutMark' };
		return { flaw: bytes.includes(0) ? 'binary' : 'otherEncoding' };
	}
	if (encoding === 'utf-8' && control.test(text) && looksLikeUtf16(bytes)) return { flaw: 'utf16WithoutMark' };
	return text.includes('\0') ? { flaw: 'binary' } : { text };
}

/** Controls that no text usually has. */
const control = /[[\p{Cc}]--[\t\n\r]]/v;

/** In UTF-16, most scripts have one of few small bytes in every pair, always on the same side: the beginning tells. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
	const beginning = bytes.subarray(0, 1024);
	if (bytes.length % 2 !== 0 || bytes.length < 4) return false;
	const smallAt = (side: number) => beginning.filter((byte, index) => byte < 0x20 && index % 2 === side).length;
	const [even, odd] = [smallAt(0), smallAt(1)];
	return Math.max(even, odd) > (beginning.length * 3) / 8 && Math.min(even, odd) <= beginning.length / 8;
}

const seenCharacter = new RegExp(`[^\\s${unseen}]`, 'v');
const hasUnseen = new RegExp(`[[${unseen}]--\\s]`, 'v');
const startsOfEmoji = new RegExp(ofEmoji, 'vy');

/** What stands at the ends of a text that nobody sees, in words: “ends in a line break”. None where there is nothing. */
export function hiddenEnds(text: string): readonly string[] {
	const { before, after } = endsOf(text);
	return [
		...(before.includes('\ufeff') ? ['begins with a byte order mark'] : []),
		...(/[\r\n]/.test(before) ? ['begins with a line break'] : []),
		...(/[^\S\r\n\ufeff]/.test(before) ? ['begins with white space'] : []),
		...(hasUnseen.test(before) ? ['begins with an invisible character'] : []),
		...(/[^\S\r\n\ufeff]/.test(after) ? ['ends in white space'] : []),
		...(after.includes('\ufeff') || hasUnseen.test(after) ? ['ends in an invisible character'] : []),
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
	const start = text.search(seenCharacter);
	if (start === -1) return { before: '', after: text };
	let end = endOfSeen(text);
	startsOfEmoji.lastIndex = end;
	end += startsOfEmoji.exec(text)?.[0].length ?? 0;
	return { before: text.slice(0, start), after: text.slice(end) };
}

/** Where the last character that is seen ends. In pieces from the end: one pattern for all would try each of a million blanks. */
function endOfSeen(text: string): number {
	for (let end = text.length; ;) {
		const start = startOfCharacter(text, Math.max(0, end - 4096));
		const piece = text.slice(start, end);
		if (seenCharacter.test(piece)) return start + lengthOfSeen(piece);
		end = start;
	}
}

/** The same for a piece that has one. */
function lengthOfSeen(piece: string): number {
	for (let end = piece.length; ;) {
		const start = startOfCharacter(piece, end - 1);
		if (seenCharacter.test(piece.slice(start, end))) return end;
		end = start;
	}
}

/** A position, or the one before it where it is in the middle of a character. */
function startOfCharacter(text: string, position: number): number {
	return (text.codePointAt(position - 1) ?? 0) > 0xffff ? position - 1 : position;
}

function lineBreaksAtEnd(after: string): readonly string[] {
	let count = 0;
	// Counted where they stand: a list of a million would take a second.
	for (let index = 0; index < after.length; index++) {
		const unit = after.charCodeAt(index);
		if (unit === 0x0d || (unit === 0x0a && after.charCodeAt(index - 1) !== 0x0d)) count++;
	}
	if (count === 0) return [];
	return [count === 1 ? 'ends in a line break' : `ends in ${count} line breaks`];
}

/** What stands inside a text that nobody sees and no value usually has, in words. Those at its ends count, too. */
export function hiddenInside(text: string): readonly string[] {
	let [controls, others] = [0, 0];
	// Looked at one by one: a pattern would make a list of a million.
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		if (isControl(unit)) controls++;
		else if (isInvisible(unit)) others++;
	}
	return [...countOf(controls, 'a', 'control'), ...countOf(others, 'an', 'invisible')];
}

/** A text without what `hiddenInside` tells of. */
export function withoutHiddenInside(text: string): string {
	let [rest, from] = ['', 0];
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		if (!isControl(unit) && !isInvisible(unit)) continue;
		rest += text.slice(from, index);
		from = index + 1;
	}
	return rest + text.slice(from);
}

function countOf(count: number, article: string, kind: string): readonly string[] {
	if (count === 0) return [];
	return [count === 1 ? `has ${article} ${kind} character inside` : `has ${count} ${kind} characters inside`];
}

/** All but tabs and line breaks. */
function isControl(unit: number): boolean {
	return unit < 0x20 ? unit !== 0x09 && unit !== 0x0a && unit !== 0x0d : unit >= 0x7f && unit <= 0x9f;
}

/** Of no width, or of direction. Not joiners: scripts and emoji have them. */
function isInvisible(unit: number): boolean {
	if (unit < 0x200b) return unit === 0xad;
	const isDirection = (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069);
	return isDirection || unit === 0x200b || unit === 0x200e || unit === 0x200f || unit === 0x2060 || unit === 0xfeff;
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
