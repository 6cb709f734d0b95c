import { wholeCiphertext, type TextRange } from '../../vault/ciphertextChoice';
import { allCiphertexts, type FoundCiphertext } from '../../vault/ciphertextSearch';
import type { OpenDocument } from '../ports';

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
 * out of other letters, as in `enc/…`, is found only where it stood.
 */
export async function findAgain({ lines }: OpenDocument, known: KnownCiphertext): Promise<FoundCiphertext | undefined> {
	const there = wholeCiphertext(lines, known);
	for (const found of there ? [there] : []) if ((await fingerprintOf(found.text)) === known.fingerprint) return found;
	for (const found of allCiphertexts(lines)) {
		if ((await fingerprintOf(found.text)) === known.fingerprint) return found;
	}
	return undefined;
}

async function fingerprintOf(ciphertext: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ciphertext));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
