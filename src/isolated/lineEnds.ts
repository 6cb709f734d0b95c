import { invertedEffects, isolateHistory } from '@codemirror/commands';
import { StateEffect, StateField, type EditorState, type Extension, type TransactionSpec } from '@codemirror/state';
import type { LineEnd } from './messages';

const lineEndChanged = StateEffect.define<LineEnd>();

const lineEnd = StateField.define<LineEnd>({
	create: () => '\n',
	update: (value, { effects }) => effects.find((effect) => effect.is(lineEndChanged))?.value ?? value,
});

/** Keeps the line end of a text that starts with `start`, through undo and redo too. */
export function keepLineEnd(start: LineEnd): Extension {
	return [
		lineEnd.init(() => start),
		invertedEffects.of(({ effects, startState }) =>
			effects.some((effect) => effect.is(lineEndChanged)) ? [lineEndChanged.of(startState.field(lineEnd))] : [],
		),
	];
}

/** The line end of the text as it is now. */
export function lineEndOf(state: EditorState): LineEnd {
	return state.field(lineEnd);
}

/** How the lines of a text end that has no flaw. */
export function lineEndIn(text: string): LineEnd {
	return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The edit that makes another text of it, undone in one step; undefined where it is that text already. */
export function replacement(state: EditorState, text: string): TransactionSpec | undefined {
	const insert = state.toText(text);
	const changed = lineEndIn(text);
	if (insert.eq(state.doc) && changed === lineEndOf(state)) return undefined;
	return {
		changes: { from: 0, to: state.doc.length, insert },
		effects: lineEndChanged.of(changed),
		annotations: isolateHistory.of('full'),
	};
}
