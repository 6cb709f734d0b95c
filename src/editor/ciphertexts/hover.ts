import * as vscode from 'vscode';
import { certainCiphertextAt, longestAtAGlance, type CertainCiphertext } from '../../vault/ciphertext/inText/selection';
import type { DocumentPosition } from '../../commands/ports/textEditor';
import { ciphertextMarkdown, linkedCommands } from './markdown';
import { linesOf, rangeOf } from '../documents/openDocument';

/** Documents that ciphertexts are looked for in: those that a person works on, and never one with a vault's value. */
export const documentsWithCiphertexts: vscode.DocumentSelector = [
	'file',
	'untitled',
	'vscode-remote',
	'vscode-vfs',
	'vscode-notebook-cell',
	'git',
].map((scheme) => ({ scheme }));

/** What is surely a ciphertext at a position. Only what is around the position is looked at. */
export function ciphertextOf(
	document: vscode.TextDocument,
	{ line, character }: vscode.Position,
): CertainCiphertext | undefined {
	return certainCiphertextAt(linesOf(document), { line, offset: character }, longestAtAGlance);
}

/** Where a ciphertext begins. */
export function positionOf({ uri }: vscode.TextDocument, { start }: CertainCiphertext): DocumentPosition {
	return { uri: uri.toString(), ...start };
}

/** Tells of the ciphertext under the pointer what it says itself. Asks nobody. */
export class CiphertextHover implements vscode.HoverProvider, vscode.Disposable {
	readonly #registration = vscode.languages.registerHoverProvider(documentsWithCiphertexts, this);

	provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
		const found = ciphertextOf(document, position);
		if (!found) return undefined;
		const markdown = new vscode.MarkdownString(ciphertextMarkdown(found, positionOf(document, found)));
		markdown.isTrusted = { enabledCommands: linkedCommands };
		return new vscode.Hover(markdown, rangeOf(found));
	}

	dispose(): void {
		this.#registration.dispose();
	}
}
