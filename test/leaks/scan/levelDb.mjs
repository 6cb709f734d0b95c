import zlib from 'node:zlib';
import { unsnappy } from './snappy.mjs';
import { readVarint } from './varint.mjs';

const magic = Buffer.from('57fb808b247547db', 'hex');
const footerSize = 48;
const logBlock = 32 * 1024;
const recordHeader = 7;

/** @returns {boolean} whether a file is a LevelDB table */
export const isTable = (data) => data.length >= footerSize && data.subarray(-magic.length).equals(magic);

/**
 * What a LevelDB table holds: its blocks, decompressed, and its keys, which a block keeps without what they share with
 * the key before.
 * @returns {Generator<Buffer>}
 */
export function* tableBlocks(data) {
	const footer = data.subarray(-footerSize);
	const metaindex = readHandle(footer, 0);
	const index = metaindex && readHandle(footer, metaindex.next);
	const indexBlock = index && readBlock(data, index);
	if (!indexBlock) return;
	yield indexBlock;
	for (const { value } of entries(indexBlock)) {
		const handle = readHandle(value, 0);
		const block = handle && readBlock(data, handle);
		if (!block) continue;
		yield block;
		yield Buffer.concat([...entries(block)].map(({ key }) => key));
	}
}

/**
 * The records of a LevelDB log, put together where they were split over its blocks.
 * @returns {Generator<Buffer>}
 */
export function* logRecords(data) {
	let parts = [];
	for (let block = 0; block < data.length; block += logBlock) {
		const end = Math.min(block + logBlock, data.length);
		for (let at = block; at + recordHeader <= end;) {
			const length = data.readUInt16LE(at + 4);
			const type = data[at + 6];
			const next = at + recordHeader + length;
			if (type < 1 || type > 4 || next > end) break;
			const isStart = type === 1 || type === 2;
			if (isStart) parts = [];
			parts.push(data.subarray(at + recordHeader, next));
			const isEnd = type === 1 || type === 4;
			if (isEnd) {
				yield Buffer.concat(parts);
				parts = [];
			}
			at = next;
		}
	}
	if (parts.length > 0) yield Buffer.concat(parts);
}

function readHandle(data, at) {
	const offset = readVarint(data, at);
	const size = offset && readVarint(data, offset.next);
	return size && { offset: offset.value, size: size.value, next: size.next };
}

function readBlock(data, { offset, size }) {
	if (offset + size >= data.length) return undefined;
	const block = data.subarray(offset, offset + size);
	const compression = data[offset + size];
	if (compression === 0) return block;
	if (compression === 1) return unsnappy(block);
	try {
		return zlib.zstdDecompressSync(block);
	} catch {
		return undefined;
	}
}

/** The keys and values of a block; a key is whole again. */
function* entries(block) {
	if (block.length < 4) return;
	const restarts = block.readUInt32LE(block.length - 4);
	const end = block.length - 4 - 4 * restarts;
	let before = Buffer.alloc(0);
	for (let at = 0; at < end;) {
		const shared = readVarint(block, at);
		const own = shared && readVarint(block, shared.next);
		const length = own && readVarint(block, own.next);
		if (!length) return;
		const from = length.next + own.value;
		const key = Buffer.concat([before.subarray(0, shared.value), block.subarray(length.next, from)]);
		yield { key, value: block.subarray(from, from + length.value) };
		before = key;
		at = from + length.value;
	}
}
