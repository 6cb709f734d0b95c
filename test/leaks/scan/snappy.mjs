import { readVarint } from './varint.mjs';

const largest = 64 * 1024 * 1024;

/**
 * Decompresses raw Snappy.
 * @param {Buffer} data what may be longer than the compressed text
 * @returns {Buffer | undefined} as much as could be read; undefined where it is no Snappy
 */
export function unsnappy(data) {
	const header = readVarint(data, 0);
	if (!header || header.value === 0 || header.value > largest) return undefined;
	const text = Buffer.alloc(header.value);
	let from = header.next;
	let to = 0;
	while (from < data.length && to < text.length) {
		const tag = data[from++];
		if ((tag & 3) === 0) {
			let length = tag >> 2;
			if (length >= 60) {
				const bytes = length - 59;
				if (from + bytes > data.length) break;
				length = data.readUIntLE(from, bytes);
				from += bytes;
			}
			const taken = data.copy(text, to, from, from + length + 1);
			to += taken;
			from += taken;
			if (taken < length + 1) break;
		} else {
			const copy = readCopy(data, from, tag);
			if (!copy || copy.offset === 0 || copy.offset > to) break;
			from = copy.next;
			// A copy may reach into what it writes: byte by byte.
			for (let left = copy.length; left > 0 && to < text.length; left--, to++) text[to] = text[to - copy.offset];
		}
	}
	return to > 0 ? text.subarray(0, to) : undefined;
}

function readCopy(data, at, tag) {
	const bytes = { 1: 1, 2: 2, 3: 4 }[tag & 3];
	if (at + bytes > data.length) return undefined;
	const low = data.readUIntLE(at, bytes);
	return bytes === 1
		? { length: ((tag >> 2) & 7) + 4, offset: ((tag >> 5) << 8) | low, next: at + 1 }
		: { length: (tag >> 2) + 1, offset: low, next: at + bytes };
}
