import {
	KeyObject,
	createCipheriv,
	createDecipheriv,
	createHash,
	createHmac,
	createSecretKey,
	hkdfSync,
	randomBytes,
} from 'node:crypto';

/** Length in bytes of every key here: root key, key-encryption keys and data keys are all AES-256 keys. */
export const keyLength = 32;

const nonceLength = 12;
const tagLength = 16;

/** How many bytes {@link seal} adds to a plaintext. */
export const sealOverhead = nonceLength + tagLength;

/** A sealed text was changed, belongs somewhere else, or was sealed under another key. */
export class CannotOpen extends Error {}

/** A key: its bytes or, for one that is used again and again, what {@link keyOf} made of them. */
export type Key = Uint8Array | KeyObject;

/** A key that is quicker to use: node:crypto takes longer to take in the bytes than to decrypt a value. */
export function keyOf(key: Key): KeyObject {
	return key instanceof KeyObject ? key : createSecretKey(key);
}

/** Encrypts under AES-256-GCM, bound to `boundTo`. Answers nonce, tag and ciphertext in one piece. */
export function seal(key: Key, plaintext: Uint8Array, boundTo: Uint8Array): Buffer {
	const nonce = randomBytes(nonceLength);
	const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce, { authTagLength: tagLength }).setAAD(boundTo);
	const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

/**
 * Decrypts what {@link seal} made under the same key and `boundTo`.
 * @throws {CannotOpen} when any of the three differs.
 */
export function open(key: Key, sealed: Uint8Array, boundTo: Uint8Array): Buffer {
	if (sealed.length < sealOverhead) throw new CannotOpen();
	const decipher = createDecipheriv('aes-256-gcm', keyOf(key), sealed.subarray(0, nonceLength), {
		authTagLength: tagLength,
	});
	decipher.setAAD(boundTo).setAuthTag(sealed.subarray(nonceLength, sealOverhead));
	try {
		return Buffer.concat([decipher.update(sealed.subarray(sealOverhead)), decipher.final()]);
	} catch {
		throw new CannotOpen();
	}
}

/** A key for one purpose, derived from the root key (HKDF-SHA-256): knowing it tells nothing about any other. */
export function deriveKey(rootKey: Uint8Array, purpose: string): Buffer {
	return Buffer.from(hkdfSync('sha256', rootKey, '', `local-vault ${purpose}`, keyLength));
}

/** HMAC-SHA-256. */
export function keyedHash(key: Key, data: Uint8Array): Buffer {
	return createHmac('sha256', keyOf(key)).update(data).digest();
}

/** The same name gives the same UUID (version 8, RFC 9562: bits of a SHA-256). */
export function uuidFromName(name: string): string {
	const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
