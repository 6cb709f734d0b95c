import * as vscode from 'vscode';
import type { Source } from '../commands/ports/documents';
import { visible } from './visibleText';

/** Read-only documents with a revealed value. */
export const revealScheme = 'workos-vault';
/** Documents that values are edited in. */
export const draftScheme = 'workos-vault-draft';
/** Pages of objects. */
export const objectScheme = 'workos-vault-object';
/** The language of values and drafts, which turns off everything that would copy or change a value. */
export const secretLanguage = 'workos-vault-secret';

/** The last segments of addresses: they give documents their language, and are the same for all, whatever a name says. */
const valueFile = 'value.workos-vault-secret';
const draftFile = 'draft.workos-vault-secret';
const objectFile = 'object.workos-vault-object';

/**
 * The address of a read-only document: `/<id>/<title>/value.workos-vault-secret?{"name":"<title>","source":"<source>"}`. The
 * folder of the file is what the tab shows (`workbench.editor.customLabels.patterns` in package.json), and the name in the
 * query what it shows where somebody turned that off (`resourceLabelFormatters`). The source tells how the value is seen
 * again, also in a tab that VS Code restored. Of two addresses of a scheme, only the ids tell whether they are
 * the same: VS Code may spell a folder in another way.
 */
export function documentAddress(scheme: string, id: string, title: string, source: Source): vscode.Uri {
	const name = folder(title);
	return vscode.Uri.from({ scheme, path: `/${id}/${name}/${valueFile}`, query: JSON.stringify({ name, source }) });
}

/**
 * The address of a draft's document: `//<id>/<organization>/<name>/draft.workos-vault-secret`, the name in the query as above.
 * VS Code shows the path of what it can save above the text: there is no id in it.
 */
export function draftAddress(id: string, organization: string | undefined, title: string): vscode.Uri {
	const name = folder(title);
	const folders = [...(organization === undefined ? [] : [folder(organization)]), name];
	const path = `/${folders.join('/')}/${draftFile}`;
	return vscode.Uri.from({ scheme: draftScheme, authority: id, path, query: JSON.stringify({ name }) });
}

/** The address of an object's page: `/<id>/<name>/object.workos-vault-object`, the name in the query as above. */
export function objectAddress({ id, name }: { readonly id: string; readonly name: string }): vscode.Uri {
	const title = folder(name);
	const path = `/${folder(id)}/${title}/${objectFile}`;
	return vscode.Uri.from({ scheme: objectScheme, path, query: JSON.stringify({ name: title }) });
}

/** A title as one segment of a path. */
function folder(title: string): string {
	// A slash would make another folder of it, and nothing but dots a way to one: a character of no width keeps them.
	return visible(title).replaceAll('/', '\u2215').replace(/^\.+$/, '$&\u2060');
}

/** Whether two addresses are of the same document. */
export function isSameDocument(one: vscode.Uri, other: vscode.Uri): boolean {
	return one.scheme === other.scheme && idOf(one) === idOf(other);
}

/** The id in a document's address. Drafts had it in the path once, as VS Code may have kept it. */
export function idOf(uri: vscode.Uri): string {
	return uri.authority || (uri.path.split('/')[1] ?? '');
}
