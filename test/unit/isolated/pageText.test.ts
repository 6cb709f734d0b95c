import assert from 'node:assert/strict';
import { history, redo, undo } from '@codemirror/commands';
import { EditorState, type TransactionSpec } from '@codemirror/state';
import { PageText } from '../../../src/editor/isolatedEditor/pageText';
import { keepLineEnd, lineEndIn, lineEndOf, replacement } from '../../../src/isolated/lineEnds';
import { splicesOf } from '../../../src/isolated/splices';
import { flawOf } from '../../../src/vault/drafts/textFlaws';
import { seededRandom } from '../../support/seededRandom';

const pieces = [
	'a',
	' ',
	'\n',
	'\n\n',
	'\r\n',
	'\r',
	'\t',
	'\0',
	'\ufeff',
	'\u2028',
	'\u2029',
	'😀',
	'👩‍👩‍👧',
	'e\u0301',
	'',
];

/** What the page does without its window: CodeMirror's state, and the messages that go to the host. */
class Page {
	readonly #host: PageText;
	#sequence = 0;
	state: EditorState;

	constructor(text: string) {
		this.#host = new PageText(text);
		this.state = EditorState.create({ doc: text, extensions: [history(), keepLineEnd(lineEndIn(text))] });
	}

	/** What is shown, with its line ends. */
	get text(): string {
		return this.state.doc.toString().replaceAll('\n', lineEndOf(this.state));
	}

	get host(): PageText {
		return this.#host;
	}

	/** The message about a change. */
	change(spec: TransactionSpec): Parameters<PageText['applyChange']>[0] {
		const { changes, state } = this.state.update(spec);
		this.state = state;
		return {
			splices: splicesOf(changes),
			length: state.doc.length,
			lineEnd: lineEndOf(state),
			sequence: ++this.#sequence,
		};
	}

	edit(spec: TransactionSpec): void {
		this.#host.applyChange(this.change(spec));
	}

	run(command: typeof undo): void {
		command({ state: this.state, dispatch: (transaction) => this.edit(transaction) });
	}

	whole(): Parameters<PageText['applyWhole']>[0] {
		return { text: this.state.doc.toString(), lineEnd: lineEndOf(this.state), sequence: this.#sequence };
	}
}

/** A text of random pieces whose lines end alike. */
function anyText(random: () => number, lineEnd: string): string {
	const parts = Array.from({ length: random() * 30 }, () => pieces[Math.floor(random() * pieces.length)] ?? '');
	return parts
		.join('')
		.replaceAll(/\r\n?|\n/g, '\n')
		.replaceAll('\n', lineEnd);
}

/** Up to five insertions, deletions and replacements at once, as several cursors make them. */
function anyEdit(random: () => number, length: number): TransactionSpec {
	const positions = Array.from({ length: 2 + 2 * Math.floor(random() * 5) }, () => Math.floor(random() * (length + 1)));
	positions.sort((one, other) => one - other);
	const changes = [];
	for (let at = 0; at + 1 < positions.length; at += 2) {
		const insert = pieces[Math.floor(random() * pieces.length)] ?? '';
		changes.push({ from: positions[at] ?? 0, to: positions[at + 1] ?? 0, insert });
	}
	return { changes };
}

const runs = 300;

suite(`The isolated editor’s text, ${runs} times at random`, () => {
	test('what the page shows is what the extension has, after every edit, undo, redo and replacement', () => {
		let checked = 0;
		for (let seed = 0; seed < runs; seed++) {
			const random = seededRandom(seed);
			const page = new Page(anyText(random, random() < 0.5 ? '\n' : '\r\n'));
			for (let step = 0; step < 30; step++) {
				const dice = random();
				const other = anyText(random, random() < 0.5 ? '\n' : '\r\n');
				if (dice < 0.15) page.run(undo);
				else if (dice < 0.25) page.run(redo);
				else if (dice < 0.35) page.edit(replacement(page.state, other) ?? {});
				else page.edit(anyEdit(random, page.state.doc.length));
				assert.ok(page.host.isInStep, `seed ${seed}, step ${step}`);
				assert.equal(page.host.text, page.text, `seed ${seed}, step ${step}`);
				checked++;
			}
		}
		assert.equal(checked, runs * 30);
	});

	test('an edit leaves a text without a flaw', () => {
		for (let seed = 0; seed < runs; seed++) {
			const random = seededRandom(seed);
			const page = new Page(anyText(random, random() < 0.5 ? '\n' : '\r\n'));
			for (let step = 0; step < 10; step++) {
				// Whole characters only: no editor's keys cut one in two.
				page.edit({ changes: { from: page.state.doc.length, insert: anyText(random, '\r') } });
			}
			assert.equal(flawOf(page.host.text), undefined, `seed ${seed}`);
		}
	});

	test('a text that nobody edits comes back as it was', () => {
		for (let seed = 0; seed < runs; seed++) {
			const random = seededRandom(seed);
			const text = anyText(random, random() < 0.5 ? '\n' : '\r\n');
			const page = new Page(text);
			page.edit({ changes: { from: 0, insert: 'x' } });
			page.edit({ changes: { from: 0, to: 1 } });
			assert.equal(page.host.text, text, `seed ${seed}`);
		}
	});
});

suite('The isolated editor’s text', () => {
	test('undo brings the line ends back that a replacement changed', () => {
		const page = new Page('a\r\nb\r\n');
		page.edit(replacement(page.state, 'a\nb\n') ?? {});
		assert.equal(page.host.text, 'a\nb\n');
		page.run(undo);
		assert.equal(page.host.text, 'a\r\nb\r\n');
		page.run(redo);
		assert.equal(page.host.text, 'a\nb\n');
	});

	test('a replacement by the same text is no edit', () => {
		assert.equal(replacement(new Page('a\r\nb').state, 'a\r\nb'), undefined);
	});

	test('a replacement is undone in one step, apart from what was typed before', () => {
		const page = new Page('');
		page.edit({ changes: { from: 0, insert: 'mine' }, userEvent: 'input.type' });
		page.edit(replacement(page.state, 'theirs') ?? {});
		page.run(undo);
		assert.equal(page.host.text, 'mine');
	});

	test('a megabyte takes a thousand changes at once', () => {
		const page = new Page('line\r\n'.repeat(175_000));
		const changes = Array.from({ length: 1_000 }, (_, at) => ({ from: at * 100, insert: '😀\n' }));
		page.edit({ changes });
		assert.equal(page.host.text, page.text);
	});

	test('a missing change is noticed, nothing more is taken in, and the whole text makes it good', () => {
		const page = new Page('abc');
		page.change({ changes: { from: 0, insert: 'x' } });
		page.edit({ changes: { from: 1, insert: 'y' } });
		assert.equal(page.host.isInStep, false);
		assert.equal(page.host.text, 'abc');
		page.edit({ changes: { from: 2, insert: 'z' } });
		assert.equal(page.host.text, 'abc');
		page.host.applyWhole(page.whole());
		assert.equal(page.host.isInStep, true);
		page.edit({ changes: { from: 0, insert: '!' } });
		assert.equal(page.host.text, '!xyzabc');
	});

	const misfits = [
		{ what: 'that ends past the text', splices: [{ from: 1, to: 9, insert: '' }], length: 1 },
		{ what: 'that ends before it starts', splices: [{ from: 2, to: 1, insert: '' }], length: 4 },
		{
			what: 'that overlaps the one before',
			splices: [
				{ from: 0, to: 2, insert: '' },
				{ from: 1, to: 3, insert: 'xxx' },
			],
			length: 3,
		},
		{ what: 'after which the length is another', splices: [{ from: 0, to: 0, insert: 'x' }], length: 5 },
	];
	for (const { what, splices, length } of misfits) {
		test(`a change ${what} is not taken in`, () => {
			const text = new PageText('abc');
			text.applyChange({ splices, length, lineEnd: '\n', sequence: 1 });
			assert.equal(text.isInStep, false);
			assert.equal(text.text, 'abc');
		});
	}
});
