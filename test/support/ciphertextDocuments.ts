import assert from 'node:assert/strict';
import type { TextLines } from '../../src/vault/ciphertext/inText/base64Runs';
import { sealed, vaultBlob } from './envelopes';

/** A text as a document, which has no other lines than its own. */
export const linesOf = (text: string): TextLines => {
	const lines = text.split(/\r?\n/);
	const lineAt = (line: number) => lines[line] ?? assert.fail(`There is no line ${line}.`);
	return { lineCount: lines.length, lineAt };
};

/** What makes a ciphertext the same each time. */
export const sealing = { blob: vaultBlob, iv: Buffer.alloc(12, 7) };

/** A ciphertext as a vault's SDK makes it, of exactly so many base64 characters, and the same each time. */
export function ciphertext(length: number): string {
	const empty = Buffer.from(sealed('', sealing), 'base64').length;
	const text = sealed('x'.repeat((length / 4) * 3 - empty), sealing);
	assert.equal(text.length, length);
	return text;
}

/** A text in lines of a width. */
export const wrap = (text: string, width: number, indent = ''): string =>
	(text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => indent + line).join('\n');

/** A ciphertext as a vault's SDK makes it, and others of it. */
export const one = ciphertext(396);
export const two = ciphertext(400);
export const padded = sealed('xy', sealing);
export const twicePadded = sealed('x', sealing);
/** One that is short, and whose key blob does not say what it is. */
export const short = sealed('text', { iv: sealing.iv });
