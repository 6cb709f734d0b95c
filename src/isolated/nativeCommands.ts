import { redo, selectAll, undo } from '@codemirror/commands';
import type { EditorView } from '@codemirror/view';

/**
 * Has VS Code's own *Undo*, *Redo* and *Select All*, of its menu and its keys, do in an editor what the editor's keys do:
 * the browser's would undo what it believes was typed.
 */
export function takeOverCommands(document: Document, focused: () => EditorView | undefined): void {
	const native = document.execCommand.bind(document);
	const commands = new Map([
		['undo', undo],
		['redo', redo],
		['selectAll', selectAll],
	]);
	document.execCommand = (name, ...rest) => {
		const command = commands.get(name);
		const view = focused();
		return command && view ? command(view) : native(name, ...rest);
	};
}
