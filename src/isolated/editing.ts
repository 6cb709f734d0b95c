import { defaultKeymap, deleteCharBackwardStrict, history, historyKeymap, insertNewline } from '@codemirror/commands';
import { goToNextChunk, goToPreviousChunk } from '@codemirror/merge';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
	drawSelection,
	EditorView,
	highlightSpecialChars,
	keymap,
	lineNumbers,
	type KeyBinding,
} from '@codemirror/view';
import { colours } from './colours';
import { keepLineEnd, lineEndIn, lineEndOf } from './lineEnds';
import type { Named } from './messages';
import { selectedText } from './selectedText';
import { theme } from './theme';

/** Nothing of the browser's looks at the text, completes it or keeps it. */
const untouched = {
	autocomplete: 'off',
	autocorrect: 'off',
	autocapitalize: 'off',
	spellcheck: 'false',
	translate: 'no',
	'data-gramm': 'false',
};

/** Keys that do what their name says and no more: CodeMirror's own Enter and Backspace move white space about. */
const plainKeys: KeyBinding[] = [
	{ key: 'Enter', run: insertNewline, shift: insertNewline },
	{ key: 'Backspace', run: deleteCharBackwardStrict, shift: deleteCharBackwardStrict },
];

const diffKeys: KeyBinding[] = [{ key: 'F7', run: goToNextChunk, shift: goToPreviousChunk }];

/** A key that is used here must not reach VS Code, which would have the browser undo or select once more. */
const own = (bindings: readonly KeyBinding[]) =>
	keymap.of(bindings.map((binding) => ({ ...binding, stopPropagation: true })));

/** Chromium keeps what stands in a box in its session file, unless the box says otherwise. */
const forgetfulBoxes = EditorView.updateListener.of(({ view }) => {
	// The boxes of a comparison are outside of its editors.
	const boxes = view.dom.ownerDocument.querySelectorAll('input:not([autocomplete])');
	for (const box of boxes) box.setAttribute('autocomplete', 'off');
});

/** What an editor of any kind has. `nonce` lets its styles through the page's policy. */
function common(name: string, nonce: string): Extension {
	return [
		lineNumbers(),
		highlightSpecialChars(),
		drawSelection(),
		selectedText,
		colours,
		EditorView.lineWrapping,
		EditorState.allowMultipleSelections.of(true),
		EditorView.cspNonce.of(nonce),
		EditorView.contentAttributes.of({ ...untouched, 'aria-label': `Value of ${name}, isolated editor` }),
		search({ top: true, literal: true }),
		forgetfulBoxes,
		theme,
		own([...plainKeys, ...defaultKeymap, ...searchKeymap]),
	];
}

/**
 * An editor that can be typed in. Whatever comes in, typed or pasted, gets the line ends that the text has, and so does
 * what is copied.
 */
export function editable({ name, text }: Named, nonce: string): Extension {
	return [
		keepLineEnd(lineEndIn(text)),
		EditorView.clipboardOutputFilter.of((copied, state) => copied.replaceAll('\n', lineEndOf(state))),
		history(),
		own(historyKeymap),
		common(name, nonce),
	];
}

/** An editor that can be read, selected and copied from. Of mixed line ends and lone ones, the odd ones show. */
export function readable({ name, text }: Named, nonce: string): Extension {
	const isAllPairs = text.includes('\r\n') && !/\r(?!\n)|(?<!\r)\n/.test(text);
	return [
		EditorState.lineSeparator.of(isAllPairs ? '\r\n' : '\n'),
		EditorState.readOnly.of(true),
		// Not every key that changes a text asks for that: Enter does not.
		EditorState.changeFilter.of(() => false),
		EditorView.contentAttributes.of({ 'aria-readonly': 'true' }),
		own(diffKeys),
		common(name, nonce),
	];
}
