import { randomBytes } from 'node:crypto';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Crockford's base 32 of the low bits: `length` characters, five bits each. */
function base32(value: bigint, length: number): string {
	return Array.from({ length }, (_, index) =>
		crockford.charAt(Number((value >> BigInt(5 * (length - 1 - index))) & 31n)),
	).join('');
}

/** A ULID: 26 characters that sort by time. `random` (10 bytes) is given only where an id has to be the same each time. */
export function ulid(time: number, random: Uint8Array = randomBytes(10)): string {
	return base32(BigInt(time), 10) + base32(BigInt(`0x${Buffer.from(random).toString('hex')}`), 16);
}

/** A ULID whose random part is a number that is counted up, so that {@link numberOfUlid} tells it. */
export function numberedUlid(time: number, number: number): string {
	return base32(BigInt(time), 10) + base32(BigInt(number), 16);
}

/** The number in a ULID of {@link numberedUlid}; 0 where the text is none. */
export function numberOfUlid(text: string): number {
	if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(text)) return 0;
	return [...text.slice(10)].reduce((number, character) => number * 32 + crockford.indexOf(character), 0);
}
