import { Base64Text, fromBase64, toBase64, toBase64InSteps, toLatin1, withoutWhiteSpace } from './base64';
import { VaultError } from '../errors';
import { fromLeb128, toLeb128 } from './leb128';

/**
 * In what order a ciphertext has its parts. Not all SDKs agree:
 *
 * - `node`: IV 12 | GCM tag 16 | LEB128 length of the key blob | key blob | encrypted bytes. Node from 7.50.1 on, Python,
 *   Ruby, PHP, Kotlin, and Go 4 to 6 from July 2025 on.
 * - `nodeLongIv`: the same with an IV of 32 bytes. Node before, and Go before.
 * - `go`: LEB128 length of the key blob | key blob | IV 12 | encrypted bytes | GCM tag 16. Go from 7 on, and Rust.
 * - `dotnet`: the fields of `node`, but the key blob is the text of its base64. .NET.
 */
export type Layout = 'node' | 'nodeLongIv' | 'go' | 'dotnet';

/** The likeliest first. */
const layouts: readonly Layout[] = ['node', 'go', 'dotnet', 'nodeLongIv'];
/** The size of the IV of each layout. */
export const ivLengths: Readonly<Record<Layout, number>> = { node: 12, nodeLongIv: 32, go: 12, dotnet: 12 };
/** The size of a GCM tag, in every layout. */
export const tagLength = 16;

const magic = 'WOS.EKM.v1\0';
const uuidLength = 36;

/** A ciphertext, taken apart. */
export interface Envelope {
	readonly layout: Layout;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly tag: Uint8Array<ArrayBuffer>;
	/** The wrapped data key, base64, as `POST /vault/v1/keys/decrypt` takes it. */
	readonly encryptedKeys: string;
	/** As long as the plaintext is in UTF-8. */
	readonly ciphertext: Uint8Array<ArrayBuffer>;
	/** The id of the data key, where the key blob says what it is. Without one it is not certain that this is a ciphertext. */
	readonly dataKeyId: string | undefined;
}

/** What can be told of a ciphertext without its data key. */
export interface CiphertextDescription {
	readonly layout: Layout;
	/** As in `Envelope`. */
	readonly dataKeyId: string | undefined;
	/** Bytes of the plaintext in UTF-8. */
	readonly size: number;
}

/** Where a ciphertext has its parts when it is read in one layout. */
interface Reading extends CiphertextDescription {
	readonly blobStart: number;
	readonly blobEnd: number;
}

/** The bytes of a range, or undefined where they can't be decoded. */
type Read = (from: number, to: number) => Uint8Array<ArrayBuffer> | undefined;

/**
 * A ciphertext taken apart in every layout in which it can be read, the likeliest first; none for any other text. White
 * space in it is no matter. A key blob that says what it is makes its layout the only one. Without that it is a guess:
 * much base64 of other origin can be read in some layout.
 */
export function parseEnvelopes(text: string): readonly Envelope[] {
	const bytes = fromBase64(withoutWhiteSpace(text));
	if (!bytes) return [];
	return readings((from, to) => bytes.subarray(from, to), bytes.length).map((reading) => parts(bytes, reading));
}

/** The likeliest of `parseEnvelopes`. */
export function parseEnvelope(text: string): Envelope | undefined {
	return parseEnvelopes(text)[0];
}

/**
 * What `parseEnvelope` would find, from no more of the text than it takes to tell: its length, and what comes up to the
 * end of the key blob. Whether the rest is base64 is not checked.
 */
export function describeCiphertext(text: string): CiphertextDescription | undefined {
	const base64 = Base64Text.from(withoutWhiteSpace(text));
	if (!base64) return undefined;
	let isBase64 = true;
	const read = (from: number, to: number) => {
		const bytes = base64.bytes(from, to);
		isBase64 &&= bytes !== undefined;
		return bytes;
	};
	const [reading] = readings(read, base64.length);
	if (!reading || !read(0, reading.blobEnd) || !isBase64) return undefined;
	const { layout, dataKeyId, size } = reading;
	return { layout, dataKeyId, size };
}

/**
 * The same ciphertext with its data key wrapped otherwise: `encryptedKeys` as `POST /vault/v1/keys/rekey` answers them.
 * @throws VaultError `unexpected` when they are no base64
 */
export function rewrapped(envelope: Envelope, encryptedKeys: string): string {
	return putTogether({ ...envelope, encryptedKeys });
}

/** What a ciphertext is put together of. */
type EnvelopeParts = Omit<Envelope, 'dataKeyId'>;

/**
 * The text of a ciphertext from its parts.
 * @throws VaultError `unexpected` when the encrypted keys are no base64
 */
function putTogether(parts: EnvelopeParts): string {
	return toBase64(bytesOf(parts));
}

/** The same, with a pause now and then. @throws VaultError as `putTogether` */
export function putTogetherInSteps(parts: EnvelopeParts): Promise<string> {
	return toBase64InSteps(bytesOf(parts));
}

function bytesOf({ layout, iv, tag, encryptedKeys, ciphertext }: EnvelopeParts): Uint8Array {
	const keys = fromBase64(encryptedKeys);
	if (!keys) throw new VaultError('unexpected');
	const blob = layout === 'dotnet' ? new TextEncoder().encode(encryptedKeys) : keys;
	const length = toLeb128(blob.length);
	const parts = layout === 'go' ? [length, blob, iv, ciphertext, tag] : [iv, tag, length, blob, ciphertext];
	const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

function readings(read: Read, length: number): readonly Reading[] {
	const possible = layouts.map((layout) => readingIn(layout, read, length)).filter((reading) => reading !== undefined);
	const certain = possible.find(({ dataKeyId }) => dataKeyId !== undefined);
	return certain ? [certain] : possible;
}

function readingIn(layout: Layout, read: Read, length: number): Reading | undefined {
	const [before, after] = aroundBlob(layout);
	const head = read(before, Math.min(length, before + 5));
	const prefix = head && fromLeb128(head, layout === 'dotnet' ? 4 : 5);
	if (!prefix || prefix.value === 0) return undefined;
	const blobStart = before + prefix.length;
	const blobEnd = blobStart + prefix.value;
	const size = length - blobEnd - after;
	if (size < 0) return undefined;
	const place = { layout, blobStart, blobEnd, size };
	if (layout !== 'dotnet') return { ...place, dataKeyId: dataKeyIdIn(read, blobStart, blobEnd) };
	const text = read(blobStart, blobEnd);
	const blob = text && Base64Text.from(toLatin1(text));
	if (!blob?.bytes(0, blob.length)) return undefined;
	return { ...place, dataKeyId: dataKeyIdIn((from, to) => blob.bytes(from, to), 0, blob.length) };
}

/** How many bytes there are before the length of the key blob, and how many after the blob that are not encrypted. */
function aroundBlob(layout: Layout): readonly [before: number, after: number] {
	const fixed = ivLengths[layout] + tagLength;
	return layout === 'go' ? [0, fixed] : [fixed, 0];
}

function dataKeyIdIn(read: Read, blobStart: number, blobEnd: number): string | undefined {
	const start = read(blobStart, Math.min(blobEnd, blobStart + magic.length + uuidLength));
	const text = start ? toLatin1(start) : '';
	const id = text.slice(magic.length);
	return text.startsWith(magic) && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) ? id : undefined;
}

function parts(bytes: Uint8Array<ArrayBuffer>, { layout, dataKeyId, size, blobStart, blobEnd }: Reading): Envelope {
	const ivStart = layout === 'go' ? blobEnd : 0;
	const ivEnd = ivStart + ivLengths[layout];
	const ciphertextStart = layout === 'go' ? ivEnd : blobEnd;
	const tagStart = layout === 'go' ? ciphertextStart + size : ivEnd;
	const blob = bytes.subarray(blobStart, blobEnd);
	return {
		layout,
		iv: bytes.subarray(ivStart, ivEnd),
		tag: bytes.subarray(tagStart, tagStart + tagLength),
		encryptedKeys: layout === 'dotnet' ? toLatin1(blob) : toBase64(blob),
		ciphertext: bytes.subarray(ciphertextStart, ciphertextStart + size),
		dataKeyId,
	};
}
