// Writes, for the scanner's own test, what Chromium writes.

const varint = (number) => {
	const bytes = [];
	for (; number > 0x7f; number >>>= 7) bytes.push((number & 0x7f) | 0x80);
	return Buffer.from([...bytes, number]);
};

/** Snappy that puts a canary together from pieces of eight, so that none of it is to be read in the bytes. */
export function dismembered(canary) {
	const pieces = canary.match(/.{8}/g);
	const order = [3, 0, 4, 2, 1];
	const literal = Buffer.from(order.map((index) => `${pieces[index]}~~`).join(''));
	const copies = pieces.map((piece, index) => {
		const offset = literal.length + 8 * index - 10 * order.indexOf(index);
		return Buffer.from([((piece.length - 1) << 2) | 2, offset & 0xff, offset >> 8]);
	});
	const length = literal.length + canary.length;
	return Buffer.concat([varint(length), Buffer.from([(literal.length - 1) << 2]), literal, ...copies]);
}

/** A LevelDB log with one record, split after some bytes, of which the first part fills a block. */
export function logOf(record, padding) {
	const whole = Buffer.concat([Buffer.alloc(padding, '.'), record]);
	const room = 32 * 1024 - 7;
	const part = (data, type) => {
		const header = Buffer.alloc(7);
		header.writeUInt16LE(data.length, 4);
		header[6] = type;
		return Buffer.concat([header, data]);
	};
	return Buffer.concat([part(whole.subarray(0, room), 2), part(whole.subarray(room), 4)]);
}

/** A LevelDB table with one block, as it is stored: 0 plain, 1 Snappy, 2 zstd. */
export function tableOf(block, compression) {
	const trailer = (type) => Buffer.from([type, 0, 0, 0, 0]);
	const handle = (offset, size) => Buffer.concat([varint(offset), varint(size)]);
	const value = handle(0, block.length);
	const restarts = Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]);
	const index = Buffer.concat([Buffer.from([0, 1, value.length]), Buffer.from('k'), value, restarts]);
	const indexHandle = handle(block.length + 5, index.length);
	const handles = Buffer.concat([indexHandle, indexHandle]);
	const footer = Buffer.concat([handles, Buffer.alloc(40 - handles.length), Buffer.from('57fb808b247547db', 'hex')]);
	return Buffer.concat([block, trailer(compression), index, trailer(0), footer]);
}
