import type { EditorState } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

const selected = Decoration.mark({ class: 'cm-selectedText' });

/** Marks what is selected, since a theme may want a colour for that text: its background is drawn behind all text. */
export const selectedText = EditorView.decorations.compute(['selection'], marksOf);

function marksOf({ selection }: EditorState): DecorationSet {
	return Decoration.set(
		selection.ranges.flatMap((range) => (range.empty ? [] : [selected.range(range.from, range.to)])),
	);
}
