const mostBytes = 5;
const largest = 0xffff_ffff;

/** A number below 2³² as unsigned LEB128: seven bits a byte, the low ones first. */
export function toLeb128(value: number): Uint8Array<ArrayBuffer> {
	const bytes: number[] = [];
	for (let rest = value; ; rest = Math.floor(rest / 0x80)) {
		if (rest < 0x80) return Uint8Array.of(...bytes, rest);
		bytes.push((rest % 0x80) | 0x80);
	}
}

/**
 * The number at the start of `bytes`, and how many of them it takes. Undefined for what no writer makes: a number that is
 * cut off, that takes more than `limit` bytes or more than 32 bits, or that has a needless zero at its end.
 */
export function fromLeb128(
	bytes: Uint8Array,
	limit = mostBytes,
): { readonly value: number; readonly length: number } | undefined {
	let value = 0;
	for (const [index, byte] of bytes.subarray(0, limit).entries()) {
		value += (byte & 0x7f) * 0x80 ** index;
		if (byte >= 0x80) continue;
		const isMinimal = byte > 0 || index === 0;
		return isMinimal && value <= largest ? { value, length: index + 1 } : undefined;
	}
	return undefined;
}
