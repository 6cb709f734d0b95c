import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Layout } from '../../src/vault/ciphertext/envelope';
import type { KeyContext } from '../../src/vault/model';

export const layouts: readonly Layout[] = ['node', 'nodeLongIv', 'go', 'dotnet'];

/** The data key that `sealed` uses unless told another: the bytes 0 to 31, base64. */
export const dataKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64');
export const dataKeyId = '0f5c2b1e-6d1a-5c83-9f3e-2b7d4a6c8e90';
const magic = 'WOS.EKM.v1\0';

/** A key blob that says what it is, as those of the vault do. */
export const vaultBlob = Buffer.from(`${magic}${dataKeyId}${'\x01wrapped under a key'.repeat(8)}`);
/** One that does not. */
export const otherBlob = Buffer.from('sample-key-blob-'.repeat(3));

/** A data key as the vault in memory wraps it for a key context. Base64. */
export function wrappedFor(keyContext: KeyContext): string {
	return Buffer.from(`${magic}${dataKeyId}${JSON.stringify(keyContext)}`).toString('base64');
}

/** The key context of `wrappedFor`. */
export function contextOf(encryptedKeys: string): unknown {
	return JSON.parse(
		Buffer.from(encryptedKeys, 'base64')
			.toString()
			.slice(magic.length + dataKeyId.length),
	);
}

/** A number as unsigned LEB128. */
export function leb128(number: number): Buffer {
	const bytes: number[] = [];
	let rest = number;
	do {
		bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
		rest = Math.floor(rest / 128);
	} while (rest > 0);
	return Buffer.from(bytes);
}

/** What a ciphertext is made of, besides its text. */
export interface Sealing {
	readonly layout?: Layout;
	readonly blob?: Buffer;
	readonly key?: string;
	readonly associatedData?: string;
	/** Random unless given. */
	readonly iv?: Buffer;
}

/** The ciphertext of a text (or of bytes), byte by byte as the SDKs lay it out, and with nothing of the product. */
export function sealed(text: string | Buffer, sealing: Sealing = {}): string {
	const { layout = 'node', blob = otherBlob, key = dataKey, associatedData } = sealing;
	const { iv = randomBytes(layout === 'nodeLongIv' ? 32 : 12) } = sealing;
	const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv);
	if (associatedData !== undefined) cipher.setAAD(Buffer.from(associatedData));
	const body = Buffer.concat([cipher.update(typeof text === 'string' ? Buffer.from(text) : text), cipher.final()]);
	const tag = cipher.getAuthTag();
	const wrapped = layout === 'dotnet' ? Buffer.from(blob.toString('base64')) : blob;
	const length = leb128(wrapped.length);
	const parts = layout === 'go' ? [length, wrapped, iv, body, tag] : [iv, tag, length, wrapped, body];
	return Buffer.concat(parts).toString('base64');
}

/** The text and the key blob of a ciphertext, by the same rules. */
export function unsealed(ciphertext: string, sealing: Sealing = {}): { text: string; blob: Buffer } {
	const { layout = 'node', key = dataKey, associatedData } = sealing;
	const bytes = Buffer.from(ciphertext, 'base64');
	const ivLength = layout === 'nodeLongIv' ? 32 : 12;
	const prefixAt = layout === 'go' ? 0 : ivLength + 16;
	const prefixEnd = bytes.findIndex((byte, index) => index >= prefixAt && byte < 128) + 1;
	const digits = [...bytes.subarray(prefixAt, prefixEnd)].map((byte) => byte % 128);
	const blobEnd = prefixEnd + digits.reduceRight((sum, digit) => sum * 128 + digit, 0);
	const iv = layout === 'go' ? bytes.subarray(blobEnd, blobEnd + 12) : bytes.subarray(0, ivLength);
	const body = layout === 'go' ? bytes.subarray(blobEnd + 12, -16) : bytes.subarray(blobEnd);
	const tag = layout === 'go' ? bytes.subarray(-16) : bytes.subarray(ivLength, ivLength + 16);
	const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv).setAuthTag(tag);
	if (associatedData !== undefined) decipher.setAAD(Buffer.from(associatedData));
	const text = Buffer.concat([decipher.update(body), decipher.final()]).toString();
	const blob = bytes.subarray(prefixEnd, blobEnd);
	return { text, blob: layout === 'dotnet' ? Buffer.from(blob.toString(), 'base64') : blob };
}
