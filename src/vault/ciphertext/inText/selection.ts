import { withoutWhiteSpace } from '../base64';
import type { TextLines } from './base64Runs';
import { allCiphertexts, ciphertextAt, type FoundCiphertext, type TextPosition } from './search';
import { describeCiphertext, parseEnvelope, type CiphertextDescription } from '../envelope';

/**
 * The longest ciphertext that is looked for with every hover and every move of the cursor, in characters: it costs next to
 * nothing then, also in a large file of nothing but base64.
 */
export const longestAtAGlance = 30_000;

/** A part of a document. */
export interface TextRange {
	readonly start: TextPosition;
	readonly end: TextPosition;
}

/** What is surely a ciphertext, since its key blob says so, and what can be told of it. */
export interface CertainCiphertext extends FoundCiphertext, CiphertextDescription {
	readonly dataKeyId: string;
}

/** What `ciphertextAt` finds where that is surely a ciphertext: other base64 is nobody's business. */
export function certainCiphertextAt(
	text: TextLines,
	{ line, offset }: TextPosition,
	longest?: number,
): CertainCiphertext | undefined {
	const found = ciphertextAt(text, line, offset, longest);
	return found && certain(found);
}

/** Everything in a document that is surely a ciphertext, in its order. */
export function certainCiphertexts(text: TextLines): readonly CertainCiphertext[] {
	return allCiphertexts(text)
		.map(certain)
		.filter((one) => one !== undefined);
}

/** What is selected, where that can be read as a ciphertext as a whole, however it is folded. */
export function wholeCiphertext(text: TextLines, range: TextRange): FoundCiphertext | undefined {
	const selected = range.end.line < text.lineCount ? trimmed(text, range) : undefined;
	if (!selected) return undefined;
	const whole = withoutWhiteSpace(textIn(text, selected));
	return parseEnvelope(whole) && { ...selected, text: whole };
}

/**
 * The ciphertexts of a selection: the selected text where that is one, and else those that are surely ones and that it
 * touches.
 */
export function ciphertextsIn(text: TextLines, range: TextRange): readonly FoundCiphertext[] {
	const whole = wholeCiphertext(text, range);
	if (whole) return [whole];
	if (!trimmed(text, range)) return [];
	return certainCiphertexts(text).filter(({ start, end }) => isBefore(start, range.end) && isBefore(range.start, end));
}

function certain(found: FoundCiphertext): CertainCiphertext | undefined {
	const description = describeCiphertext(found.text);
	if (description?.dataKeyId === undefined) return undefined;
	return { ...found, ...description, dataKeyId: description.dataKeyId };
}

function textIn(text: TextLines, { start, end }: TextRange): string {
	const lines = Array.from({ length: end.line - start.line + 1 }, (_, index) => text.lineAt(start.line + index));
	lines.push((lines.pop() ?? '').slice(0, end.offset));
	lines[0] = (lines[0] ?? '').slice(start.offset);
	return lines.join('\n');
}

/** A range without the white space at its ends; undefined where that is all it has. */
function trimmed(text: TextLines, range: TextRange): TextRange | undefined {
	const lines = textIn(text, range).split('\n');
	const first = lines.findIndex((line) => line.trim() !== '');
	if (first === -1) return undefined;
	const last = lines.findLastIndex((line) => line.trim() !== '');
	const offsetOf = (index: number) => (index === 0 ? range.start.offset : 0);
	const head = lines[first] ?? '';
	const tail = lines[last] ?? '';
	return {
		start: { line: range.start.line + first, offset: offsetOf(first) + head.length - head.trimStart().length },
		end: { line: range.start.line + last, offset: offsetOf(last) + tail.trimEnd().length },
	};
}

function isBefore(one: TextPosition, other: TextPosition): boolean {
	return one.line < other.line || (one.line === other.line && one.offset < other.offset);
}
