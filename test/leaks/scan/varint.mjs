/**
 * Reads a number of 7 bits a byte, the lowest first.
 * @returns {{ value: number, next: number } | undefined} undefined where there is none
 */
export function readVarint(data, at) {
	let value = 0;
	for (let index = 0; index < 8 && at + index < data.length; index++) {
		const byte = data[at + index];
		value += (byte & 0x7f) * 2 ** (7 * index);
		if (byte < 0x80) return { value, next: at + index + 1 };
	}
	return undefined;
}
