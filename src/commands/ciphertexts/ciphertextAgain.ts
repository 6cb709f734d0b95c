import { wholeCiphertext, type TextRange } from '../../vault/ciphertext/inText/selection';
import { ciphertextsInSteps, type FoundCiphertext } from '../../vault/ciphertext/inText/search';
import { Pieces, type Turns } from '../../vault/pause';
import type { OpenDocument } from '../ports/textEditor';

/** Where a ciphertext stood, and what it is known by, from which nobody gets it back. */
export interface KnownCiphertext extends TextRange {
	readonly fingerprint: string;
}

/** What is kept of a ciphertext, to find it once more. */
export async function knownBy({ text, start, end }: FoundCiphertext): Promise<KnownCiphertext> {
	return { start, end, fingerprint: await fingerprintOf(text) };
}

/**
 * A ciphertext in its document: where it stood, and wherever else it is found without a selection. One that was selected
 * out of other letters, as in `enc/…`, is found only where it stood. Looks in pieces: a document may be of any length.
 */
export async function findAgain(
	{ lines }: Pick<OpenDocument, 'lines'>,
	known: KnownCiphertext,
	turns: Turns = new Pieces(),
): Promise<FoundCiphertext | undefined> {
	const isIt = async (found: FoundCiphertext) => (await fingerprintOf(found.text)) === known.fingerprint;
	const there = wholeCiphertext(lines, known);
	if (there && (await isIt(there))) return there;
	for (const found of ciphertextsInSteps(lines)) {
		if (found && (await isIt(found))) return found;
		if (turns.isOver) await turns.next();
	}
	return undefined;
}

async function fingerprintOf(ciphertext: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ciphertext));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
