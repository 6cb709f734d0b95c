import assert from 'node:assert/strict';
import type { TextLines } from '../../../../../src/vault/ciphertext/inText/base64Runs';
import { allCiphertexts, ciphertextAt } from '../../../../../src/vault/ciphertext/inText/search';
import { describeCiphertext } from '../../../../../src/vault/ciphertext/envelope';
import {
	ciphertext,
	linesOf,
	one,
	padded,
	sealing,
	short,
	twicePadded,
	two,
	wrap,
} from '../../../../support/ciphertextDocuments';
import { sealed } from '../../../../support/envelopes';

/** What is found at every offset of every line, as often as it is found. */
function foundAnywhere(text: TextLines): Map<string, number> {
	const counts = new Map<string, number>();
	for (let line = 0; line < text.lineCount; line++) {
		for (let offset = 0; offset <= text.lineAt(line).length; offset++) {
			const { text: found } = ciphertextAt(text, line, offset) ?? {};
			if (found !== undefined) counts.set(found, (counts.get(found) ?? 0) + 1);
		}
	}
	return counts;
}

/** Proves that a document holds these ciphertexts, and that each is found wherever it is touched and nowhere else. */
function assertHolds(document: string, ...texts: string[]): void {
	const lines = linesOf(document);
	const all = allCiphertexts(lines);
	assert.deepEqual(
		all.map(({ text }) => text),
		texts,
	);
	const touching = new Map<string, number>();
	for (const { text, start, end } of all) {
		let count = 0;
		for (let line = start.line; line <= end.line; line++) {
			const content = lines.lineAt(line);
			const from = line === start.line ? start.offset : content.length - content.trimStart().length;
			const to = line === end.line ? end.offset : content.trimEnd().length;
			count += to - from + 1;
			assert.deepEqual(ciphertextAt(lines, line, from), { text, start, end });
			assert.deepEqual(ciphertextAt(lines, line, to), { text, start, end });
		}
		touching.set(text, (touching.get(text) ?? 0) + count);
	}
	assert.deepEqual(foundAnywhere(lines), touching);
}

suite('The ciphertext at a position', () => {
	test('is found with the cursor before its first character, in it and behind its last', () => {
		const lines = linesOf(`TOKEN="${one}" # do not touch`);
		const found = { text: one, start: { line: 0, offset: 7 }, end: { line: 0, offset: 7 + one.length } };
		for (const offset of [7, 8, 200, 6 + one.length, 7 + one.length]) {
			assert.deepEqual(ciphertextAt(lines, 0, offset), found, `offset ${offset}`);
		}
	});

	test('is not found left or right of it', () => {
		const lines = linesOf(`TOKEN="${one}" # do not touch`);
		for (const offset of [0, 6, 8 + one.length, 20 + one.length]) {
			assert.equal(ciphertextAt(lines, 0, offset), undefined, `offset ${offset}`);
		}
	});

	test('is found with the cursor anywhere in its padding', () => {
		for (const text of [padded, twicePadded]) {
			const padding = /=*$/.exec(text)?.[0].length ?? 0;
			for (let back = 0; back <= padding; back++) {
				assert.equal(ciphertextAt(linesOf(`k=${text};`), 0, 2 + text.length - back)?.text, text);
			}
		}
	});

	test('is none next to padding that stands alone', () => {
		for (const line of ['=', '==', '===', '= =', ' ==== ']) {
			for (let offset = 0; offset <= line.length; offset++)
				assert.equal(ciphertextAt(linesOf(line), 0, offset), undefined);
		}
	});

	test('is none in an empty document', () => {
		assert.equal(ciphertextAt(linesOf(''), 0, 0), undefined);
	});

	test('is the one of two that the cursor is in', () => {
		const lines = linesOf(`${one},${two}`);
		assert.equal(ciphertextAt(lines, 0, one.length)?.text, one);
		assert.equal(ciphertextAt(lines, 0, one.length + 1)?.text, two);
	});

	test('is the one that begins at the cursor where another ends there', () => {
		assert.equal(ciphertextAt(linesOf(padded + one), 0, padded.length)?.text, one);
	});

	test('is found where its key blob does not say what it is', () => {
		assert.equal(ciphertextAt(linesOf(`a: ${short}`), 0, 10)?.text, short);
	});

	test('is no longer than what was asked for', () => {
		const lines = linesOf(`"${one}"`);
		for (const offset of [1, 200, 1 + one.length]) {
			assert.equal(ciphertextAt(lines, 0, offset, one.length)?.text, one);
			assert.equal(ciphertextAt(lines, 0, offset, one.length - 1), undefined);
		}
		const folded = linesOf(wrap(one, 77));
		for (let line = 0; line < folded.lineCount; line++) {
			assert.equal(ciphertextAt(folded, line, 5, one.length)?.text, one);
			assert.equal(ciphertextAt(folded, line, 5, one.length - 1), undefined);
		}
	});

	test('may be one of 1 MiB, in one line or folded', () => {
		const text = sealed('x'.repeat(1024 * 1024), sealing);
		assert.equal(ciphertextAt(linesOf(`"${text}"`), 0, 700_000)?.text, text);
		const folded = linesOf(`key: |\n${wrap(text, 76, '  ')}\n`);
		for (const line of [1, 9000, folded.lineCount - 2]) assert.equal(ciphertextAt(folded, line, 9)?.text, text);
		assert.deepEqual(
			allCiphertexts(folded).map((found) => found.text),
			[text],
		);
	});
});

suite('A ciphertext of more than a vault takes', () => {
	test('is not found, in one line or folded', () => {
		const text = sealed('x'.repeat(1_200_000), sealing);
		for (const lines of [linesOf(`"${text}"`), linesOf(wrap(text, 77))]) {
			assert.equal(ciphertextAt(lines, 0, 9), undefined);
			assert.deepEqual(allCiphertexts(lines), []);
		}
	});
});

suite('Ciphertexts in a document', () => {
	const documents: [what: string, document: string][] = [
		['in double quotes', `{ "token": "${one}", "other": "x" }`],
		['in single quotes', `const token = '${one}';`],
		['in backticks', `const token = \`${one}\`;`],
		['in a .env file', `A=1\nTOKEN=${one}\nB=2`],
		['exported', `export TOKEN=${one}`],
		['in YAML', `a: 1\ntoken: ${one}\nb: 2`],
		['in a YAML list', `tokens:\n  - ${one}\n  - x`],
		['in a YAML block', `token: |\n  ${one}\nb: 2`],
		['in XML', `<token>${one}</token>`],
		['in a query', `https://example.com/?token=${one}&b=2`],
		['alone', one],
		['alone, with a last line end', `${one}\n`],
		['with CRLF', `a\r\n${one}\r\nb\r\n`],
		['before a word in the next line', `${one}\ndone\n`],
		['before a key of four letters', `token: ${one}\nname: x`],
		['before a variable without a value', `TOKEN=${one}\nABC=`],
		['behind a word in the line before', `done\n${one}`],
	];
	for (const [what, document] of documents) {
		test(`one ${what} is found`, () => assertHolds(document, one));
	}

	for (const width of [64, 76, 80, 99, 128, 250]) {
		const folded: [what: string, document: string][] = [
			['alone', wrap(one, width)],
			['alone, with spaces behind the lines', wrap(one, width).replaceAll('\n', ' \t\n')],
			['like PEM', `-----BEGIN TOKEN-----\n${wrap(one, width)}\n-----END TOKEN-----\n`],
			['in a YAML block', `a: 1\ntoken: |\n${wrap(one, width, '  ')}\nname: x\n`],
			['in a folded YAML block', `a: 1\ntoken: >-\n${wrap(one, width, '    ')}\nname: x\n`],
			['in a plain YAML scalar', `a: 1\ntoken: ${wrap(one, width, '  ').trim()}\nname: x\n`],
			['in a plain YAML scalar of a list', `-\n  - token: ${wrap(one, width, '      ').trim()}\n  - name\n`],
			['in double quotes', `TOKEN="${wrap(one, width)}"\nname="x"\n`],
			['in quotes, with spaces behind the lines', `"${wrap(one, width).replaceAll('\n', '  \n')}"`],
			['in backticks', `x = \`${wrap(one, width)}\`;\n`],
			['in single quotes', `TOKEN='${wrap(one, width)}'\nABCD\n`],
			['in quotes, where the closing one is in a line of its own', `"${wrap(one, width)}\n",\nABCD\n`],
			['in quotes, where the closing one is indented', `  "${wrap(one, width)}\n  ",\n`],
			['in backticks that stand alone', `x = \`\n${wrap(one, width, '\t')}\n\`;\n`],
			['between empty lines', `ABCD\n\n${wrap(one, width)}\n\nABCD\n`],
			['behind a narrower word', `ABCD\n${wrap(one, width)}\n`],
			['behind text that it is indented under', `Set this value\n${wrap(one, width, '    ')}`],
			['in uneven indentation', wrap(one, width).replace('\n', '\n      ')],
		];
		for (const [what, document] of folded) {
			test(`one that is folded at ${width} characters is found: ${what}`, () => assertHolds(document, one));
		}
	}

	test('one with padding is found: folded, and what follows does not belong to it', () => {
		for (const document of [`${wrap(padded, 76)}\nABCD\nABCD`, `a: "${wrap(padded, 76, ' ').trim()}"`]) {
			assertHolds(document, padded);
		}
		const full = padded.length / 4;
		assertHolds(`${wrap(padded, full)}\n${'A'.repeat(full)}`, padded);
		assertHolds(`${wrap(padded, full)}\n${wrap(one, full)}`, padded, one);
	});

	test('several in a line are found', () =>
		assertHolds(`${one} ${two}, '${padded}'==${one.slice(0, 4)}`, one, two, padded));

	test('one in each line is found', () => {
		const texts = [400, 396, 400, 500, 320].map(ciphertext);
		assertHolds(texts.join('\n'), ...texts);
	});

	test('several that are folded are found, also without an empty line between them', () => {
		const [a, b, c] = [ciphertext(396), ciphertext(392), ciphertext(388)];
		assertHolds(`${wrap(a, 76)}\n${wrap(b, 76)}\n\n${wrap(c, 64)}\nx: "${wrap(two, 100)}", y`, a, b, c, two);
	});

	test('several that are folded are found where they are indented under a text', () => {
		assertHolds(`Set these\n${wrap(one, 76, '  ')}\n${wrap(two, 76, '  ')}`, one, two);
	});

	test('one of which a wider line begins another is found', () => {
		const [a, b] = [ciphertext(396), ciphertext(392)];
		assertHolds(`${wrap(a, 64)}\n${wrap(b, 76)}`, a, b);
	});

	test('one whose key blob does not say what it is is found whole, also where its lines could be some of their own', () => {
		const text = sealed('x'.repeat(100), { ...sealing, blob: Buffer.alloc(240, 1) });
		for (const width of [100, 200]) {
			assert.ok(describeCiphertext(text.slice(0, width)));
			assertHolds(wrap(text, width), text);
			assertHolds(`a: "${wrap(text, width)}"`, text);
		}
	});

	test('one that does not go on in the next line is found', () => {
		for (const document of [`k: ${short}\nABCD`, `  k: ${short}\n  ABCD`, `${short}\nabc`, `k: ${short}\n\tabc`]) {
			assertHolds(document, short);
		}
	});

	test('one is preferred to what could be another with a word before it', () => {
		const lines = linesOf(`Set AQEB\n${wrap(one, 76, '    ')}`);
		assert.ok(describeCiphertext(`AQEB${one}`));
		assert.equal(ciphertextAt(lines, 1, 8)?.text, one);
		assert.deepEqual(
			allCiphertexts(lines).map(({ text }) => text),
			[one],
		);
	});

	test('one in front of another that is folded is found', () => {
		assertHolds(`${short} "${wrap(one, 76)}"`, short, one);
	});

	test('one is found whose lines are as wide as the last line of the one before', () => {
		assertHolds(`${wrap(ciphertext(360), 64)}\n${wrap(one, 40)}`, ciphertext(360), one);
	});

	test('one is found before an equals sign that is not its padding', () => assertHolds(`${twicePadded}=`, twicePadded));

	for (const [what, document] of [
		['text', 'The quick brown fox\njumps over\n\tthe lazy dog.\n'],
		['other base64', `key: ${'/'.repeat(400)}\n${wrap('/'.repeat(900), 76)}`],
		['letters that touch', `path: token/${one}`],
		['letters that touch at the end', `${one}abc`],
		['letters that touch a folded one', `token/${wrap(one, 77)}`],
		['one that is escaped', one.replace(/^.{50}/, '$&\\n')],
		['base64url', one.replace(/^.{350}./, `${one.slice(0, 350)}_`)],
		['an opening quote that never closes', `"${wrap('/'.repeat(900), 76)}`],
		['lines of which the first is no part of it', `${'/'.repeat(77)}\n${wrap(one, 77)}`],
		['long hashes', 'a'.repeat(39)],
	] as const) {
		test(`there is none in ${what}`, () => assertHolds(document));
	}
});
