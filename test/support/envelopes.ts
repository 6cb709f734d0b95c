import { createCipheriv, randomBytes } from 'node:crypto';

/** The data key that `sealed` uses unless told another: the bytes 0 to 31, base64. */
export const dataKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64');

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

/** The ciphertext of a text, byte by byte as the SDKs lay it out. */
export function sealed(text: string, blob = Buffer.from('sample-key-blob-'.repeat(3)), key = dataKey): string {
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv);
	const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), leb128(blob.length), blob, body]).toString('base64');
}
