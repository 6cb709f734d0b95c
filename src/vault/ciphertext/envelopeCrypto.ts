import { fromBase64 } from './base64';
import { ivLengths, putTogetherInSteps, tagLength, type Envelope, type Layout } from './envelope';
import { VaultError } from '../errors';
import type { DataKeyPair } from '../model';

const dataKeyLength = 32;

/**
 * Encrypts under a data key that the vault made, and puts the ciphertext together as `layout` has it.
 * @param associatedData whoever decrypts has to give the same; none when it is empty
 * @throws VaultError `unexpected` when the vault's answer holds no such key
 */
export async function sealEnvelope(
	plaintext: string,
	{ dataKey, encryptedKeys }: Pick<DataKeyPair, 'dataKey' | 'encryptedKeys'>,
	layout: Layout,
	associatedData?: string,
): Promise<string> {
	const key = await importKey(dataKey);
	if (!key) throw new VaultError('unexpected');
	const iv = crypto.getRandomValues(new Uint8Array(ivLengths[layout]));
	const bytes = new TextEncoder().encode(plaintext);
	const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher(iv, associatedData), key, bytes));
	const tag = sealed.subarray(bytes.length);
	return putTogetherInSteps({ layout, iv, tag, encryptedKeys, ciphertext: sealed.subarray(0, bytes.length) });
}

/**
 * Decrypts an envelope with its data key (base64, 32 bytes).
 * @throws VaultError `undecryptable` when key or associated data are others, or any byte was changed
 */
export async function openEnvelope(
	{ iv, tag, ciphertext }: Envelope,
	dataKey: string,
	associatedData?: string,
): Promise<string> {
	try {
		const key = await importKey(dataKey);
		if (!key) throw new VaultError('undecryptable');
		const sealed = new Uint8Array(ciphertext.length + tagLength);
		sealed.set(ciphertext);
		sealed.set(tag, ciphertext.length);
		const plain = await crypto.subtle.decrypt(cipher(iv, associatedData), key, sealed);
		return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(plain);
	} catch {
		throw new VaultError('undecryptable');
	}
}

/** The key, or undefined where it is none of AES-256. */
async function importKey(dataKey: string) {
	const raw = fromBase64(dataKey);
	if (raw?.length !== dataKeyLength) return undefined;
	return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function cipher(iv: Uint8Array<ArrayBuffer>, associatedData = '') {
	return { name: 'AES-GCM', iv, tagLength: tagLength * 8, additionalData: new TextEncoder().encode(associatedData) };
}
