import assert from 'node:assert/strict';
import { allCiphertexts } from '../../../../../src/vault/ciphertext/inText/search';
import { foldingOf } from '../../../../../src/vault/ciphertext/inText/rewrap';
import { sealed, vaultBlob } from '../../../../support/envelopes';

const fold = (text: string, width: number, indent = '') =>
	(text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => indent + line).join('\n');

const [long, short] = ['a longer text', 'x'].map((text) => sealed(text.repeat(9), { blob: vaultBlob })) as [
	string,
	string,
];
const shortest = sealed('', { blob: vaultBlob }).slice(0, 40);

/** How a document looks once another text is in the place of its one ciphertext. */
function replaced(document: string, text: string): string {
	const lines = document.split('\n');
	const [found] = allCiphertexts({ lineCount: lines.length, lineAt: (line) => lines[line] ?? '' });
	assert.ok(found);
	const { start, end } = found;
	const folded = foldingOf({ lineCount: lines.length, lineAt: (line) => lines[line] ?? '' }, found)(text);
	const before = [...lines.slice(0, start.line), lines[start.line]?.slice(0, start.offset)].join('\n');
	return before + folded + [lines[end.line]?.slice(end.offset), ...lines.slice(end.line + 1)].join('\n');
}

suite('The folding of a ciphertext', () => {
	for (const [where, written] of [
		['one line', (text: string) => `TOKEN="${text}" # it`],
		['lines of its own', (text: string) => `x\n${fold(text, 76)}\n\ny`],
		['indented lines', (text: string) => `key: |\n${fold(text, 64, '    ')}\nother: 1`],
		['tabs', (text: string) => `{\n${fold(text, 60, '\t')}\n}`],
		['a string', (text: string) => `key: "${fold(text, 70, '      ').trimStart()}"\nother: 1`],
		[
			'lines behind a key',
			(text: string) => `  key: ${text.slice(0, 40)}\n${fold(text.slice(40), 64, '    ')}\n  other: 1`,
		],
	] as const) {
		for (const [what, from, to] of [
			['a longer', short, long],
			['a shorter', long, short],
			['the same', long, long],
		] as const) {
			test(`in ${where} is kept by ${what} one`, () => assert.equal(replaced(written(from), to), written(to)));
		}
	}

	test('of two lines takes the wider one as the width', () => {
		const lines = [`key: ${short.slice(0, 30)}`, `  ${short.slice(30)}`];
		const folding = foldingOf(
			{ lineCount: 2, lineAt: (line) => lines[line] ?? '' },
			{ start: { line: 0, offset: 5 }, end: { line: 1, offset: lines[1]?.length ?? 0 } },
		);
		assert.equal(folding(long), `${long.slice(0, 30)}\n${fold(long.slice(30), short.length - 30, '  ')}`);
	});

	test('has no more lines than the text needs', () => {
		assert.equal(replaced(fold(long, 76), shortest), shortest);
	});
});
