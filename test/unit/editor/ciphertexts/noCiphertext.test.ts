import assert from 'node:assert/strict';
import { isSelectionWithout, TextsWithoutCiphertext } from '../../../../src/editor/ciphertexts/noCiphertext';
import type { TextRange } from '../../../../src/vault/ciphertext/inText/selection';
import { ciphertext, linesOf, one } from '../../../support/ciphertextDocuments';

/** A text that counts how often one of its lines is read. */
class CountedText {
	version = 1;
	reads = 0;
	constructor(public content: string) {}

	get lines() {
		const whole = linesOf(this.content);
		return {
			lineCount: whole.lineCount,
			lineAt: (line: number) => {
				this.reads++;
				return whole.lineAt(line);
			},
		};
	}
}

const range = (line: number, offset: number, endLine: number, endOffset: number): TextRange => ({
	start: { line, offset },
	end: { line: endLine, offset: endOffset },
});

suite('Texts that surely have no ciphertext', () => {
	const lookedThrough = (...texts: readonly CountedText[]) => {
		const without = new TextsWithoutCiphertext<CountedText>(({ lines }) => lines);
		while (without.readFurther(texts, { isOver: false }));
		return without;
	};

	test('are those in which none is found, and none before it was looked for', () => {
		const [none, some] = [new CountedText('a\nb'), new CountedText(`A=${one}`)];
		assert.equal(new TextsWithoutCiphertext<CountedText>(({ lines }) => lines).has(none), false);
		const without = lookedThrough(none, some);
		assert.deepEqual([without.has(none), without.has(some)], [true, false]);
	});

	test('are looked through one a turn', () => {
		const texts = ['a', 'b', 'c'].map((content) => new CountedText(content));
		const without = new TextsWithoutCiphertext<CountedText>(({ lines }) => lines);
		for (const turn of [1, 2, 3]) {
			assert.equal(without.readFurther(texts, { isOver: false }), true);
			assert.equal(texts.filter(({ reads }) => reads > 0).length, turn);
		}
		assert.equal(without.readFurther(texts, { isOver: false }), false);
	});

	test('are looked through in pieces, which go on where the one before ended', () => {
		const text = new CountedText('a b c\n'.repeat(100));
		const without = new TextsWithoutCiphertext<CountedText>(({ lines }) => lines);
		let [pieces, most] = [0, 0];
		for (let before = 0; without.readFurther([text], { isOver: true }); before = text.reads) {
			pieces++;
			// The first piece has the length of the whole text.
			if (pieces > 1) most = Math.max(most, text.reads - before);
		}
		assert.equal(without.has(text), true);
		assert.ok(pieces > 300 && most < 40, `${pieces} pieces, ${most} lines at most`);
	});

	test('are looked through anew where they change between two pieces', () => {
		const text = new CountedText('a\nb\nc\n');
		const without = new TextsWithoutCiphertext<CountedText>(({ lines }) => lines);
		for (let piece = 0; piece < 3; piece++) without.readFurther([text], { isOver: true });
		Object.assign(text, { content: `${one}\na`, version: 2 });
		while (without.readFurther([text], { isOver: false }));
		assert.equal(without.has(text), false);
	});

	test('are read once, until they change', () => {
		const text = new CountedText('a\nb');
		const without = lookedThrough(text);
		text.reads = 0;
		assert.equal(without.readFurther([text], { isOver: false }), false);
		assert.equal(text.reads, 0);
		Object.assign(text, { content: one, version: 2 });
		assert.equal(without.has(text), false);
		assert.equal(without.readFurther([text], { isOver: false }), true);
		assert.equal(without.has(text), false);
	});

	for (const [what, content, most] of [
		['more lines than are looked through', 'a\n'.repeat(5_000), 0],
		['a line that is longer than what is looked through', `${'a '.repeat(25_000)}a`, 1],
		['more in its lines than is looked through', `${'a '.repeat(50)}\n`.repeat(4_000), 501],
	] as const) {
		test(`are none with ${what}, of which no more is read than tells that`, () => {
			const text = new CountedText(content);
			assert.equal(lookedThrough(text).has(text), false);
			assert.ok(text.reads <= most, `${text.reads} lines were read`);
		});
	}

	for (const [what, content] of [
		['letters alone in their lines', 'a\n'.repeat(4_999)],
		['lines of base64 of one width', 'Ab/+Cd00==\n'.repeat(4_500)],
		['code', `\tconst token = await read("a/b", 17);\n`.repeat(1_300)],
		['folds that begin behind a name', `a: AbCdEfGh\n  AbCdEfGh\n`.repeat(2_000)],
	] as const) {
		test(`are read a few times, with ${what}`, () => {
			const text = new CountedText(content);
			assert.equal(lookedThrough(text).has(text), true);
			assert.ok(text.reads < 40 * text.lines.lineCount, `${text.reads} lines were read`);
		});
	}
});

suite('A selection that is surely no ciphertext', () => {
	const isWithout = (text: CountedText, ...ranges: readonly TextRange[]) =>
		isSelectionWithout(text.lines, ranges, (selected) => selected);

	test('is one that can’t be read as one as a whole, and each of several', () => {
		const text = new CountedText(`some words\n${one}`);
		const [words, sealed] = [range(0, 0, 0, 10), range(1, 0, 1, one.length)];
		assert.equal(isWithout(text, words), true);
		assert.equal(isWithout(text, words, range(0, 0, 0, 4)), true);
		assert.equal(isWithout(text, sealed), false);
		assert.equal(isWithout(text, words, sealed), false);
	});

	test('is not where nothing is selected; a cursor beside a selection counts for nothing', () => {
		const text = new CountedText('some words');
		assert.equal(isWithout(text), false);
		assert.equal(isWithout(text, range(0, 3, 0, 3)), false);
		assert.equal(isWithout(text, range(0, 3, 0, 3), range(0, 5, 0, 10)), true);
	});

	test('is none where it is longer than what is looked at with every move of the cursor, and no line is read', () => {
		const lines = new CountedText('some words\n'.repeat(2_000));
		assert.equal(isWithout(lines, range(0, 0, 1_500, 0)), false);
		assert.equal(lines.reads, 0);
		const long = new CountedText(ciphertext(400).repeat(100));
		assert.equal(isWithout(long, range(0, 0, 0, 40_000)), false);
		assert.equal(long.reads, 1);
	});

	test('is none where there are many, of which none is looked at', () => {
		const text = new CountedText('some words');
		let asked = 0;
		const rangeOf = () => (asked++, range(0, 0, 0, 4));
		assert.equal(isSelectionWithout(text.lines, Array.from({ length: 10_000 }), rangeOf), false);
		assert.deepEqual([asked, text.reads], [0, 0]);
	});

	test('is none where another extension set it beyond the end', () => {
		assert.equal(isWithout(new CountedText('some words'), range(0, 0, 7, 0)), false);
	});
});
