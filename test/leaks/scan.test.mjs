import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { setup, suite, teardown, test } from 'mocha';
import { scan } from './scan/scan.mjs';
import { dismembered, logOf, tableOf } from './scan/written.mjs';

const noise = randomBytes(50);
const around = (data) => Buffer.concat([noise, Buffer.from(data), noise]);
const percent = (text) => text.replace(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
const escaped = (text) => text.replace(/./g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
const bigEndian = (text) => Buffer.from(text, 'utf16le').swap16();

/** A file's name, and what it holds, for each form that the scanner has to find. */
const forms = {
	'UTF-8': (canary) => ['file', around(canary)],
	'UTF-16, little end first': (canary) => ['file', around(Buffer.from(canary, 'utf16le'))],
	'UTF-16, big end first': (canary) => ['file', around(bigEndian(canary))],
	Base64: (canary) => ['file', `"${Buffer.from(canary).toString('base64')}"`],
	'Base64, one byte further': (canary) => ['file', Buffer.from(`1${canary}.`).toString('base64')],
	'Base64, two bytes further': (canary) => ['file', Buffer.from(`12${canary}.`).toString('base64')],
	'Base64 for addresses': (canary) => ['file', Buffer.from(`\xff\xfe?${canary}`, 'latin1').toString('base64url')],
	'Base64 in a longer word': (canary) => ['file', `prefix${Buffer.from(canary).toString('base64')}suffix`],
	'Base64 of UTF-16': (canary) => ['file', Buffer.from(`1${canary}`, 'utf16le').toString('base64')],
	'hexadecimal digits': (canary) => ['file', around(Buffer.from(canary).toString('hex'))],
	'upper-case hexadecimal digits': (canary) => ['file', around(Buffer.from(canary).toString('hex').toUpperCase())],
	'hexadecimal digits of UTF-16': (canary) => ['file', around(Buffer.from(canary, 'utf16le').toString('hex'))],
	'an address with every character encoded': (canary) => ['file', around(percent(canary))],
	'an address with some characters encoded': (canary) => [
		'file',
		around(canary.replace(/[a-f]/g, (letter) => percent(letter).toUpperCase())),
	],
	'escapes of JSON': (canary) => ['file', around(escaped(canary))],
	'a file’s name': (canary) => [`draft-${canary}.txt`, ''],
	'half of it': (canary) => ['file', around(canary.slice(0, 19))],
	gzip: (canary) => ['file', around(zlib.gzipSync(`${'0123456789abcdef'.repeat(99)}${canary}`))],
	zlib: (canary) => ['file', around(zlib.deflateSync(`${'0123456789abcdef'.repeat(99)}${canary}`))],
	zstd: (canary) => ['file', Buffer.concat([noise, zlib.zstdCompressSync(`${canary}~`.repeat(9)), noise])],
	Brotli: (canary) => ['file', zlib.brotliCompressSync(`${'0123456789abcdef'.repeat(99)}${canary}`)],
	'a Brotli body in Chromium’s cache': (canary) => {
		const header = Buffer.alloc(24);
		header.write('305c72a71b6dfbfc', 'hex');
		header.writeUInt32LE(11, 12);
		const body = zlib.brotliCompressSync(`${'0123456789abcdef'.repeat(99)}${canary}`);
		return ['file', Buffer.concat([header, Buffer.from('1/0/http://'), body])];
	},
	'a LevelDB log, over two blocks': (canary) => ['000003.log', logOf(around(canary), 32 * 1024 - 7 - 70)],
	'a LevelDB table with Snappy': (canary) => ['000005.ldb', tableOf(dismembered(canary), 1)],
	'a LevelDB table with zstd': (canary) => {
		const block = Buffer.concat([Buffer.from([0, 1, 40]), Buffer.from(`k${canary.replace(/.{8}/g, '$&$&')}`)]);
		return ['000005.ldb', tableOf(zlib.zstdCompressSync(block), 2)];
	},
	'the keys of a LevelDB table, which share beginnings': (canary) => {
		const first = Buffer.concat([Buffer.from([0, 12, 0]), Buffer.from(canary.slice(0, 12))]);
		const second = Buffer.concat([Buffer.from([12, 12, 0]), Buffer.from(canary.slice(12, 24))]);
		return ['000005.ldb', tableOf(Buffer.concat([first, second, Buffer.from([0, 0, 0, 0, 1, 0, 0, 0])]), 0)];
	},
	'a value that Blink compressed': (canary) => [
		'blob',
		Buffer.concat([noise, Buffer.from('ff1102', 'hex'), dismembered(canary)]),
	],
	'a value that Blink compressed, in a LevelDB log': (canary) => {
		const value = Buffer.concat([Buffer.from('ff1102', 'hex'), dismembered(canary)]);
		return ['000003.log', logOf(value, 32 * 1024 - 7 - 30)];
	},
	'where a link leads': (canary) => ['link', { to: `/nowhere/${canary}` }],
};

suite('The scanner', () => {
	let folder;
	setup(() => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'scan-'));
	});
	teardown(() => rmSync(folder, { recursive: true, force: true }));

	const canaries = () => ({ there: randomBytes(20).toString('hex'), absent: randomBytes(20).toString('hex') });
	const labels = ({ findings }) => [...new Set(findings.map(({ label }) => label))];

	for (const [form, write] of Object.entries(forms)) {
		test(`finds a canary as ${form}, and no other`, () => {
			const known = canaries();
			const [name, content] = write(known.there);
			const file = path.join(folder, 'deeper', name);
			mkdirSync(path.dirname(file));
			if (content.to) symlinkSync(content.to, file);
			else writeFileSync(file, content);
			const result = scan({ roots: [folder], canaries: known });
			assert.deepEqual(labels(result), ['there']);
			assert.equal(result.findings[0].file, file);
		});
	}

	test('finds bytes that are no text in every form', () => {
		const secret = Buffer.concat([Buffer.from([0xfb, 0xff, 0x2b]), randomBytes(29)]);
		const hex = secret.toString('hex');
		const written = {
			bytes: around(secret),
			hex,
			upper: hex.toUpperCase(),
			address: hex.replace(/../g, '%$&'),
			base64: secret.toString('base64'),
			later: Buffer.concat([Buffer.from('1'), secret, Buffer.from('.')]).toString('base64'),
			latest: Buffer.concat([Buffer.from('12'), secret]).toString('base64'),
			url: secret.toString('base64url'),
		};
		for (const [name, content] of Object.entries(written)) writeFileSync(path.join(folder, name), content);
		const { findings } = scan({ roots: [folder], canaries: { secret, other: randomBytes(32) } });
		const files = new Set(findings.map(({ file }) => path.basename(file)));
		assert.deepEqual(files, new Set(Object.keys(written)));
		assert.deepEqual(labels({ findings }), ['secret']);
	});

	test('finds nothing in files without a canary', () => {
		for (const [form, write] of Object.entries(forms)) {
			const [name, content] = write(randomBytes(20).toString('hex'));
			mkdirSync(path.join(folder, form));
			if (!content.to) writeFileSync(path.join(folder, form, name), content);
		}
		const result = scan({ roots: [folder], canaries: canaries() });
		assert.deepEqual(result.findings, []);
		assert.equal(result.files, Object.keys(forms).length - 1);
	});

	test('finds a canary that lies over the border of two pieces of a large file', () => {
		const known = canaries();
		const large = Buffer.alloc(9 * 1024 * 1024, '.');
		large.write(known.there, 8 * 1024 * 1024 - 20);
		writeFileSync(path.join(folder, 'large'), large);
		assert.deepEqual(labels(scan({ roots: [folder], canaries: known })), ['there']);
	});

	test('leaves out a folder that it is told to', () => {
		const known = canaries();
		writeFileSync(path.join(folder, 'file'), known.there);
		assert.deepEqual(scan({ roots: [folder], canaries: known, without: [folder] }).findings, []);
	});

	test('refuses a canary that it could not find', () => {
		assert.throws(() => scan({ roots: [folder], canaries: { label: 'not random' } }), /label is no canary/);
	});
});
