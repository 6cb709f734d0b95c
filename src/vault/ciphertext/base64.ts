import { pause } from '../pause';

/** A number of groups of three: each step ends without padding. */
const bytesInAStep = 3 * 32_768;

/** True for the code of a character that base64 is made of, padding aside. */
export function isBase64Digit(code: number): boolean {
	// From the slash to the nine is one range.
	return (
		(code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x2f && code <= 0x39) || code === 0x2b
	);
}

/** A text without its white space, of which base64 may have some wherever it was folded. */
export function withoutWhiteSpace(text: string): string {
	// One character at a time: a run of millions would be too much for the regular expression's stack.
	return /\s/.test(text) ? text.replace(/\s/g, '') : text;
}

/** Base64 with its padding and without white space. Only what is asked for is decoded. */
export class Base64Text {
	/** Undefined for what is surely no base64. What is in the middle of it is checked where it is decoded. */
	static from(text: string): Base64Text | undefined {
		const padding = text.indexOf('=');
		if (padding !== -1 && padding < text.length - 2) return undefined;
		const last = decode(text.slice(-4));
		if (!last || text === '' || text.length % 4 !== 0) return undefined;
		return new Base64Text(text, (text.length / 4 - 1) * 3 + last.length);
	}

	private constructor(
		private readonly text: string,
		/** In bytes. */
		readonly length: number,
	) {}

	/** The bytes of a range that lies within, or undefined where its characters are no base64. */
	bytes(from: number, to: number): Uint8Array<ArrayBuffer> | undefined {
		const group = Math.floor(from / 3);
		const decoded = decode(this.text.slice(group * 4, Math.ceil(to / 3) * 4));
		return decoded?.subarray(from - group * 3, to - group * 3);
	}
}

/** The bytes of base64, or undefined for any other text. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
	const whole = Base64Text.from(text);
	return whole?.bytes(0, whole.length);
}

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
	return btoa(toLatin1(bytes));
}

/** The same, with a pause now and then: a megabyte in one go can hold everything up for a tenth of a second. */
export async function toBase64InSteps(bytes: Uint8Array): Promise<string> {
	const pieces: string[] = [];
	for (let at = 0; at < bytes.length; at += bytesInAStep) {
		if (at > 0) await pause(0);
		pieces.push(toBase64(bytes.subarray(at, at + bytesInAStep)));
	}
	return pieces.join('');
}

/** A text of one character for each byte. */
export function toLatin1(bytes: Uint8Array): string {
	const step = 8192;
	let text = '';
	for (let at = 0; at < bytes.length; at += step) {
		// Spread, they take eight times as long.
		text += String.fromCharCode.apply(null, bytes.subarray(at, at + step) as unknown as number[]);
	}
	return text;
}

function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
	let characters: string;
	try {
		characters = atob(text);
	} catch {
		return undefined;
	}
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	// `atob` forgives white space and missing padding.
	if (characters.length !== (text.length / 4) * 3 - padding) return undefined;
	const bytes = new Uint8Array(characters.length);
	for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
	return bytes;
}
