import { allCiphertexts, ciphertextAt, type FoundCiphertext } from '../../vault/ciphertextSearch';
import type { OpenDocument } from '../ports';

/** What a ciphertext is known by, from which nobody gets it back. */
export async function fingerprintOf(ciphertext: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ciphertext));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The ciphertext of a fingerprint in a document: at its position, or wherever it stands by now. */
export async function findByFingerprint(
	{ lines, position }: OpenDocument,
	fingerprint: string,
): Promise<FoundCiphertext | undefined> {
	const there = ciphertextAt(lines, position.line, position.offset);
	for (const found of there ? [there] : []) if ((await fingerprintOf(found.text)) === fingerprint) return found;
	for (const found of allCiphertexts(lines)) if ((await fingerprintOf(found.text)) === fingerprint) return found;
	return undefined;
}
