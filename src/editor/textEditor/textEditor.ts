import path from 'node:path';
import * as vscode from 'vscode';
import type { OpenDocument, DocumentPosition, Selections, TextEditor } from '../../commands/ports/textEditor';
import { hasStringsOverLines } from '../../commands/textEditor/comments';
import { languageOf, longestBefore } from '../../commands/textEditor/languages';
import { quotes } from '../../commands/textEditor/stringStyles';
import { activeDocument, documentAt } from '../documents/openDocument';

/** The active text editor's selections. */
export class ActiveTextEditor implements TextEditor {
	file(): { readonly name: string; readonly text: string } | undefined {
		const document = vscode.window.activeTextEditor?.document;
		return document && { name: path.posix.basename(document.uri.path), text: document.getText() };
	}

	unsaved(address: string): string | undefined {
		const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address);
		return document?.isDirty ? document.getText() : undefined;
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
		const apply = async (edits: readonly { readonly range: vscode.Range; readonly text: string }[]) => {
			if (document.isClosed || document.version !== version) return false;
			// The person may have gone to another tab: an edit of the document works there too, where `editor.edit` throws.
			const edit = new vscode.WorkspaceEdit();
			for (const { range, text } of edits) edit.replace(document.uri, range, text);
			return vscode.workspace.applyEdit(edit);
		};
		return {
			texts: ranges.map((range) => document.getText(range)),
			languageId: languageOf(document.languageId, document.uri.path),
			before: ranges.map((range) => before(document, range)),
			beforeInsertion: editor.selections.map((range) => before(document, document.validateRange(range))),
			quotes: ranges.map((range) => quoteAround(document, range)),
			replace: (snippets) =>
				apply(
					snippets.flatMap(({ text, takesQuotes }, index) => {
						const range = ranges[index];
						return range ? [{ range: takesQuotes ? widened(range) : range, text }] : [];
					}),
				),
			insert: (text) => apply(editor.selections.map((range) => ({ range: document.validateRange(range), text }))),
		};
	}

	document(position?: DocumentPosition): OpenDocument | undefined {
		return position ? documentAt(position) : activeDocument();
	}
}

/** What stands before a range, as far as it tells of strings; of what is too long to be looked at, too much. */
function before(document: vscode.TextDocument, { start }: vscode.Range): string {
	const from = hasStringsOverLines(document.languageId)
		? document.positionAt(document.offsetAt(start) - longestBefore - 1)
		: new vscode.Position(start.line, 0);
	return document.getText(new vscode.Range(from, start));
}

/** The quote that stands on either side of a range, or an empty text. */
function quoteAround(document: vscode.TextDocument, { start, end }: vscode.Range): string {
	const before = document.lineAt(start.line).text.charAt(start.character - 1);
	const after = document.lineAt(end.line).text.charAt(end.character);
	return before === after && quotes.includes(before) ? before : '';
}

/** A range with one character more on either side. */
function widened({ start, end }: vscode.Range): vscode.Range {
	return new vscode.Range(start.translate(0, -1), end.translate(0, 1));
}
