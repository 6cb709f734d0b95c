import zlib from 'node:zlib';
import { isTable, logRecords, tableBlocks } from './levelDb.mjs';
import { unsnappy } from './snappy.mjs';

const limits = { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: 256 * 1024 * 1024 };
const brotliLimits = {
	finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH,
	maxOutputLength: limits.maxOutputLength,
};
const zstdLimits = { finishFlush: zlib.constants.ZSTD_e_flush, maxOutputLength: limits.maxOutputLength };

/** How a compressed stream begins; `zlib` has several ways. */
const streams = [
	{ layer: 'gzip', start: '1f8b08', decompress: (data) => zlib.inflateRawSync(data.subarray(gzipBody(data)), limits) },
	...['7801', '785e', '789c', '78da'].map((start) => ({
		layer: 'zlib',
		start,
		decompress: (data) => zlib.inflateSync(data, limits),
	})),
	{ layer: 'zstd', start: '28b52ffd', decompress: (data) => zlib.zstdDecompressSync(data, zstdLimits) },
	// How Blink marks a value of IndexedDB that it compressed.
	{ layer: 'Blink', start: 'ff1102', decompress: (data) => unsnappy(data.subarray(3)) },
];

const cacheMagic = Buffer.from('305c72a71b6dfbfc', 'hex');
const cacheHeader = 24;

/**
 * A file's bytes, and everything that is compressed or split up in them, as it was before.
 * @param {string} file its name tells a log
 * @param {Buffer} data
 * @returns {Generator<{ layer: string, data: Buffer }>}
 */
export function* layers(file, data) {
	yield* withStreams('bytes', data);
	if (isTable(data)) for (const block of tableBlocks(data)) yield* withStreams('LevelDB table', block);
	else if (file.endsWith('.log')) for (const record of logRecords(data)) yield* withStreams('LevelDB log', record);
	// Brotli has no mark: it is tried where a file begins, and where Chromium's cache puts the body.
	for (const start of new Set([0, cachedBody(data)])) {
		const text = attempt(() => zlib.brotliDecompressSync(data.subarray(start), brotliLimits));
		if (text) yield { layer: 'Brotli', data: text };
	}
}

function* withStreams(layer, data) {
	yield { layer, data };
	for (const { layer: inner, start, decompress } of streams) {
		const mark = Buffer.from(start, 'hex');
		for (let at = data.indexOf(mark); at >= 0; at = data.indexOf(mark, at + 1)) {
			const text = attempt(() => decompress(data.subarray(at)));
			if (text) yield { layer: `${inner} in ${layer}`, data: text };
		}
	}
}

/** Where the compressed text of gzip begins. (Node's own gunzip refuses a text that something else follows.) */
function gzipBody(data) {
	const flags = data[3];
	let at = 10;
	if (flags & 4) at += 2 + data.readUInt16LE(at);
	for (const named of [8, 16]) if (flags & named) at = data.indexOf(0, at) + 1;
	return flags & 2 ? at + 2 : at;
}

function cachedBody(data) {
	if (data.length < cacheHeader || !data.subarray(0, cacheMagic.length).equals(cacheMagic)) return 0;
	return cacheHeader + data.readUInt32LE(12);
}

/** What can't be decompressed only looked as if. */
function attempt(decompress) {
	try {
		return decompress();
	} catch {
		return undefined;
	}
}
