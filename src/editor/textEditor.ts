import path from 'node:path';
import * as vscode from 'vscode';
import type { Selections, TextEditor } from '../commands/ports';

/** The active text editor's selections. */
export class ActiveTextEditor implements TextEditor {
	document(): { readonly name: string; readonly text: string } | undefined {
		const document = vscode.window.activeTextEditor?.document;
		return document && { name: path.posix.basename(document.uri.path), text: document.getText() };
	}

	selections(): Selections | undefined {
		const editor = vscode.window.activeTextEditor;
		if (!editor) return undefined;
		const { document } = editor;
		const { version } = document;
		// Another extension may have set a selection beyond the end.
		const ranges = editor.selections
			.map((selection) => document.validateRange(selection))
			.filter((selection) => !selection.isEmpty)
			.toSorted((a, b) => a.start.compareTo(b.start));
		const cursor = document.validatePosition(editor.selection.active);
		return {
			texts: ranges.map((range) => document.getText(range)),
			line: document.lineAt(cursor.line).text,
			offset: cursor.character,
			replace: async (texts) => {
				if (document.isClosed || document.version !== version) return false;
				// The person may have gone to another tab: an edit of the document works there too, where `editor.edit` throws.
				const edit = new vscode.WorkspaceEdit();
				for (const [index, range] of ranges.entries()) edit.replace(document.uri, range, texts[index] ?? '');
				return vscode.workspace.applyEdit(edit);
			},
		};
	}
}
