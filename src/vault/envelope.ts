import { VaultError } from './errors';

const ivLength = 12;
const tagLength = 16;
const maxLengthBytes = 5;

/**
 * A ciphertext of the Node, Python, Ruby, PHP and Kotlin SDKs, taken apart. Its layout is
 * base64(IV 12 | GCM tag 16 | LEB128 length of the key blob | key blob | ciphertext).
 */
export interface Envelope {
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly tag: Uint8Array<ArrayBuffer>;
	/** The wrapped data key, base64, as `POST /vault/v1/keys/decrypt` takes it. */
	readonly encryptedKeys: string;
	readonly ciphertext: Uint8Array<ArrayBuffer>;
}

/** Takes a ciphertext apart, or answers undefined for any other text. */
export function parseEnvelope(text: string): Envelope | undefined {
	const bytes = fromBase64(text.trim());
	if (!bytes) return undefined;
	let blobLength = 0;
	let position = ivLength + tagLength;
	for (let index = 0; ; index++, position++) {
		const byte = bytes[position];
		if (byte === undefined || index === maxLengthBytes) return undefined;
		blobLength += (byte & 0x7f) * 2 ** (7 * index);
		if (byte < 0x80) break;
	}
	const blob = bytes.slice(position + 1, position + 1 + blobLength);
	if (blobLength === 0 || blob.length < blobLength) return undefined;
	return {
		iv: bytes.slice(0, ivLength),
		tag: bytes.slice(ivLength, ivLength + tagLength),
		encryptedKeys: toBase64(blob),
		ciphertext: bytes.slice(position + 1 + blobLength),
	};
}

/**
 * Decrypts an envelope with its data key (base64, 32 bytes).
 * @throws VaultError `undecryptable` when the key is another one, or any byte was changed
 */
export async function openEnvelope(envelope: Envelope, dataKey: string): Promise<string> {
	try {
		const raw = fromBase64(dataKey) ?? new Uint8Array();
		const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
		const sealed = new Uint8Array(envelope.ciphertext.length + tagLength);
		sealed.set(envelope.ciphertext);
		sealed.set(envelope.tag, envelope.ciphertext.length);
		const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: envelope.iv }, key, sealed);
		return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(plain);
	} catch {
		throw new VaultError('undecryptable');
	}
}

/** The ciphertext that touches `offset` in a line of text, and where it starts; undefined where there is none. */
export function ciphertextAround(line: string, offset: number): { text: string; start: number } | undefined {
	for (const match of line.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g)) {
		if (match.index > offset || match.index + match[0].length < offset) continue;
		return parseEnvelope(match[0]) && { text: match[0], start: match.index };
	}
	return undefined;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
	if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
}
