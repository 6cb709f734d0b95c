import * as vscode from 'vscode';
import { visible } from './words';

/** Read-only documents with a revealed value. */
export const revealScheme = 'workos-vault';
/** Documents that values are edited in. */
export const draftScheme = 'workos-vault-draft';
/** The language of both, which turns off everything that would copy or change a value. */
export const secretLanguage = 'workos-vault-secret';

/**
 * The address of a virtual document: `/<id>/<title>/value.workos-vault-secret?{"name":"<title>"}`. The last segment gives
 * the language, the folder before it is what the tab shows (`workbench.editor.customLabels.patterns` in package.json), and
 * the query what it shows where somebody turned that off (`resourceLabelFormatters`). Of two addresses of a
 * scheme, only the ids tell whether they are the same: VS Code may spell a folder in another way.
 */
export function documentAddress(scheme: string, id: string, title: string): vscode.Uri {
	// A slash would make another folder of it, and nothing but dots a way to one: a character of no width keeps them.
	const folder = visible(title).replaceAll('/', '\u2215').replace(/^\.+$/, '$&\u2060');
	const path = `/${id}/${folder}/value.workos-vault-secret`;
	return vscode.Uri.from({ scheme, path, query: JSON.stringify({ name: folder }) });
}

/** Whether two addresses are of the same document. */
export function isSameDocument(one: vscode.Uri, other: vscode.Uri): boolean {
	return one.scheme === other.scheme && idOf(one) === idOf(other);
}

/** The id in a document's address. */
export function idOf(uri: vscode.Uri): string {
	return uri.path.split('/')[1] ?? '';
}
