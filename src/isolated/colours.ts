import type { Text } from '@codemirror/state';
import { Decoration, type EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { kindOf, piecesOf, type Role } from './kinds';

const mark = (name: Role) => Decoration.mark({ class: `cm-${name}` });
const marks: Record<Role, Decoration> = {
	comment: mark('comment'),
	key: mark('key'),
	word: mark('word'),
	string: mark('string'),
	number: mark('number'),
};

/** Gives a text the colours of what it is written in, as far as it is in sight. */
export const colours = ViewPlugin.define(
	(view) => {
		const plugin = {
			decorations: decorationsOf(view),
			update({ docChanged, viewportChanged, view: changed }: ViewUpdate) {
				if (docChanged || viewportChanged) plugin.decorations = decorationsOf(changed);
			},
		};
		return plugin;
	},
	{ decorations: ({ decorations }) => decorations },
);

function decorationsOf({ state: { doc }, visibleRanges }: EditorView): DecorationSet {
	const kind = kindOf(doc.iterLines());
	if (!kind) return Decoration.none;
	const lines = new Set(visibleRanges.flatMap(({ from, to }) => linesOf(doc, from, to)));
	return Decoration.set(
		[...lines].flatMap((number) => {
			const line = doc.line(number);
			return piecesOf(kind, line.text).map(({ from, to, role }) => marks[role].range(line.from + from, line.from + to));
		}),
	);
}

function linesOf(doc: Text, from: number, to: number): number[] {
	const first = doc.lineAt(from).number;
	return Array.from({ length: doc.lineAt(to).number - first + 1 }, (_, index) => first + index);
}
