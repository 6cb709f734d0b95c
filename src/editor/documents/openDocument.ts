import * as vscode from 'vscode';
import type { Obstacle, OpenDocument, DocumentPosition, Replacement } from '../../commands/ports/textEditor';
import { languageOf } from '../../commands/textEditor/languages';
import type { TextLines } from '../../vault/ciphertext/inText/base64Runs';
import type { TextRange } from '../../vault/ciphertext/inText/selection';
import type { TextPosition } from '../../vault/ciphertext/inText/search';
import { draftScheme, revealScheme } from '../addresses';
import { plain } from '../visibleText';

/** Documents that can be written and are no file. */
const fileless = ['untitled', 'vscode-notebook-cell'];

/** The document in the active text editor, at this moment. */
export function activeDocument(): OpenDocument | undefined {
	const editor = vscode.window.activeTextEditor;
	if (!editor) return undefined;
	const { document } = editor;
	const selected = editor.selections
		// Another extension may have set a selection beyond the end.
		.map((selection) => document.validateRange(selection))
		.filter((selection) => !selection.isEmpty)
		.toSorted((a, b) => a.start.compareTo(b.start));
	return openDocument(document, document.validatePosition(editor.selection.active), selected);
}

/** The document of a place, at this moment. None is opened for it. */
export function documentAt({ uri, line, offset }: DocumentPosition): OpenDocument | undefined {
	const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
	return document && openDocument(document, document.validatePosition(new vscode.Position(line, offset)), []);
}

/** The lines of a document as they are whenever they are asked for. */
export function linesOf(document: vscode.TextDocument): TextLines {
	return {
		get lineCount() {
			return document.lineCount;
		},
		lineAt: (line) => document.lineAt(line).text,
	};
}

/** A part of a document, as VS Code has it. */
export function rangeOf({ start, end }: TextRange): vscode.Range {
	return new vscode.Range(start.line, start.offset, end.line, end.offset);
}

/** A part of a document, as a flow has it. */
export function textRangeOf({ start, end }: vscode.Range): TextRange {
	return { start: positionOf(start), end: positionOf(end) };
}

function openDocument(
	document: vscode.TextDocument,
	position: vscode.Position,
	selected: readonly vscode.Range[],
): OpenDocument {
	const { version } = document;
	const hasChanged = () => document.isClosed || document.version !== version;
	return {
		uri: document.uri.toString(),
		lines: linesOf(document),
		languageId: languageOf(document.languageId, document.uri.path),
		selected: selected.map(textRangeOf),
		position: positionOf(position),
		obstacle: () => obstacleOf(document),
		replace: async (replacements, preview) => {
			if (hasChanged()) return 'changed';
			// An edit of the document, not of the editor: the person may have gone to another tab.
			const isDone = await vscode.workspace.applyEdit(editOf(document, replacements, preview));
			if (isDone) return 'done';
			return preview === undefined || hasChanged() ? 'changed' : 'declined';
		},
	};
}

function editOf({ uri }: vscode.TextDocument, replacements: readonly Replacement[], preview: string | undefined) {
	const metadata = preview !== undefined && {
		needsConfirmation: true,
		label: 'Re-encrypt',
		description: plain(preview),
	};
	const edit = new vscode.WorkspaceEdit();
	for (const { text, ...range } of replacements) {
		edit.replace(uri, rangeOf(range), text, metadata || undefined);
	}
	return edit;
}

async function obstacleOf({ uri }: vscode.TextDocument): Promise<Obstacle | undefined> {
	if (uri.scheme === revealScheme || uri.scheme === draftScheme) return 'vaultValue';
	if (!fileless.includes(uri.scheme) && (await isReadOnly(uri))) return 'readOnly';
	return vscode.workspace.isTrusted ? undefined : 'untrusted';
}

async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
	if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return true;
	try {
		const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
		return (permissions & vscode.FilePermission.Readonly) !== 0;
	} catch {
		// A file that was deleted while it is open can be written anew.
		return false;
	}
}

function positionOf({ line, character }: vscode.Position): TextPosition {
	return { line, offset: character };
}
