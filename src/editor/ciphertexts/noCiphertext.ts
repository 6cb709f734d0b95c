import type { TextLines } from '../../vault/ciphertext/inText/base64Runs';
import { longestAtAGlance, wholeCiphertext, type TextRange } from '../../vault/ciphertext/inText/selection';
import { ciphertextsInSteps } from '../../vault/ciphertext/inText/search';
import type { Turns } from '../../vault/pause';

/** Texts of more than this, in characters and in lines, are not looked through: nobody knows then what is in them. */
const longestLookedThrough = 50_000;
const mostLinesLookedThrough = 5_000;
/** Of more selections, and of more lines in one, nobody knows either. */
const mostSelections = 10;
const mostSelectedLines = 1_000;

/** What tells a text from what it was before. */
interface Versioned {
	readonly version: number;
}

/** A text that is being looked through. */
interface Search<T> extends Versioned {
	readonly text: T;
	readonly steps: Generator<undefined, boolean>;
}

/** Remembers of texts which surely have no ciphertext, for as long as they stay as they are. */
export class TextsWithoutCiphertext<T extends Versioned> {
	readonly #known = new WeakMap<T, Versioned & { readonly isWithout: boolean }>();
	#search: Search<T> | undefined;

	constructor(private readonly linesOf: (text: T) => TextLines) {}

	/** Whether a text surely has none; false as long as it was not looked through. */
	has(text: T): boolean {
		return this.#of(text)?.isWithout ?? false;
	}

	/** Looks further through the first text of which nothing is known, for a piece at most. False where there is none. */
	readFurther(texts: readonly T[], piece: Pick<Turns, 'isOver'>): boolean {
		const text = texts.find((one) => !this.#of(one));
		if (!text) return false;
		const { version, steps } = this.#searchIn(text);
		let step = steps.next();
		while (!step.done && !piece.isOver) step = steps.next();
		if (!step.done) return true;
		this.#known.set(text, { version, isWithout: step.value });
		this.#search = undefined;
		return true;
	}

	#of(text: T) {
		const known = this.#known.get(text);
		return known?.version === text.version ? known : undefined;
	}

	/** The search that was begun in a text as it is, or a new one. */
	#searchIn(text: T): Search<T> {
		const { version } = text;
		if (this.#search?.text === text && this.#search.version === version) return this.#search;
		return (this.#search = { text, version, steps: lookThrough(this.linesOf(text)) });
	}
}

/** Goes on in steps, and returns in the end whether a text surely has none. */
function* lookThrough(text: TextLines): Generator<undefined, boolean> {
	const all = { start: { line: 0, offset: 0 }, end: { line: text.lineCount - 1, offset: Infinity } };
	if (!isWithin(text, all, mostLinesLookedThrough, longestLookedThrough)) return false;
	for (const found of ciphertextsInSteps(text)) {
		if (found) return false;
		yield undefined;
	}
	return true;
}

/** Whether what is selected is surely no ciphertext, empty selections aside. */
export function isSelectionWithout<S>(
	text: TextLines,
	selections: readonly S[],
	rangeOf: (selection: S) => TextRange,
): boolean {
	if (selections.length > mostSelections) return false;
	const selected = selections
		.map(rangeOf)
		.filter(({ start, end }) => start.line !== end.line || start.offset !== end.offset);
	const isNone = (range: TextRange) =>
		isWithin(text, range, mostSelectedLines, longestAtAGlance) && !wholeCiphertext(text, range);
	return selected.length > 0 && selected.every(isNone);
}

/** Whether a text has a range, and that no more lines and characters than these. Reads no further. */
function isWithin(text: TextLines, { start, end }: TextRange, mostLines: number, longest: number): boolean {
	if (end.line >= text.lineCount || end.line - start.line >= mostLines) return false;
	let length = 0;
	for (let line = start.line; line <= end.line && length <= longest; line++) {
		const to = Math.min(line === end.line ? end.offset : Infinity, text.lineAt(line).length);
		length += to - (line === start.line ? start.offset : 0);
	}
	return length <= longest;
}
