import { nextRun, runAt, type TextLines } from './base64Runs';
import { describeCiphertext } from '../envelope';
import { foldFrom, foldsThrough, isBlock, type Fold } from './wrapping';

/** A place in a document: both count from 0, and the offset is in UTF-16 code units. */
export interface TextPosition {
	readonly line: number;
	readonly offset: number;
}

/** A ciphertext in a document. */
export interface FoundCiphertext {
	/** Without the white space of its folding. */
	readonly text: string;
	readonly start: TextPosition;
	readonly end: TextPosition;
}

/** The base64 of a ciphertext of 1 MiB, the most that a vault takes as a value, and some more. */
const longestCiphertext = 1_500_000;
/** The base64 of an IV, a tag, a length of one byte, and a key blob of one byte. */
const shortestCiphertext = 40;

/**
 * The ciphertext that touches a position, or undefined. It may be folded into lines. What touches it with letters, digits,
 * `+` or `/` is taken for a part of it. Like `parseEnvelope` it guesses where the key blob does not say what it is.
 * @param longest a longer one is not found, and so many characters are looked at on either side, at most
 */
export function ciphertextAt(
	text: TextLines,
	line: number,
	offset: number,
	longest = longestCiphertext,
): FoundCiphertext | undefined {
	const run = runAt(text.lineAt(line), line, offset, longest);
	if (!run) return undefined;
	const folds = [...foldsThrough(text, run, longest), [run] as const];
	return likeliest(folds.map((fold) => found(text, fold)).filter((one) => one.text.length <= longest));
}

/** Every ciphertext in a document, in its order. Takes time in proportion to the document's length. */
export function allCiphertexts(text: TextLines): readonly FoundCiphertext[] {
	return [...ciphertextsInSteps(text)].filter((found) => found !== undefined);
}

/** The same in steps, each of which looks at what could be one; undefined where it is none. */
export function* ciphertextsInSteps(text: TextLines): Generator<FoundCiphertext | undefined, void> {
	let line = 0;
	let offset = 0;
	// What stands in lines of its own before this one is no ciphertext together.
	let untried = 0;
	while (line < text.lineCount) {
		const run = nextRun(text.lineAt(line), line, offset);
		if (!run) {
			line++;
			offset = 0;
			yield undefined;
			continue;
		}
		const fold = line < untried ? undefined : foldFrom(text, run, Infinity);
		const isOfItsOwn = fold !== undefined && isBlock(text, fold);
		if (isOfItsOwn) untried = line + fold.length;
		// What a fold has before it may be no part of it.
		const second = isOfItsOwn ? undefined : fold?.[1];
		const inner = second && foldFrom(text, second, Infinity);
		const folds = [fold, inner, [run] as const].filter((one) => one !== undefined);
		const best = likeliest(folds.map((one) => found(text, one)).filter((one) => one.text.length <= longestCiphertext));
		yield best;
		({ line, offset } = best?.end ?? { line, offset: run.end });
	}
}

/** The first that is certain to be a ciphertext, or else the first that can be read as one. */
function likeliest(candidates: readonly FoundCiphertext[]): FoundCiphertext | undefined {
	let first: FoundCiphertext | undefined;
	for (const candidate of candidates) {
		const { text } = candidate;
		const description = text.length < shortestCiphertext ? undefined : describeCiphertext(text);
		if (description?.dataKeyId !== undefined) return candidate;
		if (description) first ??= candidate;
	}
	return first;
}

function found(text: TextLines, fold: Fold): FoundCiphertext {
	const [first] = fold;
	const last = fold.at(-1) ?? first;
	return {
		text: fold.map(({ line, start, end }) => text.lineAt(line).slice(start, end)).join(''),
		start: { line: first.line, offset: first.start },
		end: { line: last.line, offset: last.end },
	};
}
