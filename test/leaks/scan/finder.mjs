import { needlesOf } from './needles.mjs';

/** A canary: 40 random lower-case hexadecimal digits. */
export const canaryLength = 40;
/** A part this long tells of a canary as well: it may be split over pages, or only half of it typed. */
const windowLength = 16;
const pieceSize = 8 * 1024 * 1024;
const overlap = 4096;

const digit = '(?:3[0-9]|6[1-6])';

/** How text is encoded: which runs of characters may be a canary, and what they say. */
const encodings = [
	{ form: 'UTF-8', runs: /[0-9a-f]{16,}/g, read: (run) => run },
	{ form: 'UTF-16', runs: /(?:[0-9a-f]\0){16,}/g, read: (run) => run.replaceAll('\0', '') },
];

/** How it is written down in other text. */
const spellings = [
	// With and without the empty bytes of UTF-16 between the digits.
	{
		form: 'hex',
		runs: new RegExp(`(?:${digit}(?:00)?){16,}`, 'gi'),
		read: (run) => Buffer.from(run, 'hex').toString('latin1').replaceAll('\0', ''),
	},
	{
		form: 'URL-encoded',
		runs: new RegExp(`(?<![%0-9a-f])[0-9a-f]*%(?:%|${digit}|[0-9a-f]){18,}`, 'gi'),
		read: (run) => run.replace(/%([36].)/gi, (_all, code) => String.fromCharCode(parseInt(code, 16))),
	},
	{
		form: 'escaped',
		runs: new RegExp(`(?:\\\\(?:x|u00)${digit}){16,}`, 'gi'),
		read: (run) => run.replace(/\\(?:x|u00)(..)/gi, (_all, code) => String.fromCharCode(parseInt(code, 16))),
	},
];
const forms = [...encodings, ...spellings];

/** As many characters of Base64 as a window takes, whatever stands before it. */
const base64Runs = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{22,}/g;

/**
 * Makes a function that finds canaries in bytes, in every form that text can take there.
 * @param {Record<string, string | Buffer>} canaries by label; what is no text of this kind is given as its bytes
 * @returns {(data: Buffer) => { label: string, form: string }[]} what is there, each once
 */
export function createFinder(canaries) {
	const windows = new Map();
	const needles = [];
	for (const [label, canary] of Object.entries(canaries)) {
		if (Buffer.isBuffer(canary)) {
			for (const needle of needlesOf(canary)) needles.push({ label, ...needle });
			continue;
		}
		if (!new RegExp(`^[0-9a-f]{${canaryLength}}$`).test(canary)) throw new Error(`${label} is no canary.`);
		for (let at = 0; at + windowLength <= canary.length; at++) windows.set(canary.slice(at, at + windowLength), label);
	}

	function* labelsIn(text) {
		for (let at = 0; at + windowLength <= text.length; at++) {
			const label = windows.get(text.slice(at, at + windowLength));
			if (label !== undefined) yield label;
		}
	}

	function findIn(text, among, found, prefix = '') {
		for (const { form, runs, read } of among) {
			for (const [run] of text.matchAll(runs)) {
				for (const label of labelsIn(read(run))) found.set(`${label} ${prefix}${form}`, { label, form: prefix + form });
			}
		}
	}

	return (data) => {
		const found = new Map();
		for (let from = 0; from < data.length; from += pieceSize) {
			const text = data.latin1Slice(from, Math.min(data.length, from + pieceSize + overlap));
			findIn(text, forms, found);
			for (const [run] of text.matchAll(base64Runs)) {
				// Where a group of four begins is not known.
				for (let skip = 0; skip < 4; skip++) {
					findIn(Buffer.from(run.slice(skip), 'base64').latin1Slice(), encodings, found, 'Base64 of ');
				}
			}
		}
		for (const { label, form, needle } of needles) {
			if (data.includes(needle)) found.set(`${label} ${form}`, { label, form });
		}
		return [...found.values()];
	};
}
