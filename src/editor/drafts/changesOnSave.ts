import * as vscode from 'vscode';
import { Draft } from '../../vault/drafts/draft';
import type { DraftFiles } from './draftFiles';
import { saveWhole } from './saving';

/** What tidies documents finds something to do here: blanks at ends, two kinds of indentation, no line break at the end. */
const untidy = 'blanks  \n\ttab \n  spaces\n\n\nno line break ';

/** VS Code drops what extensions want to change when a save takes them 1.5 s: after a slow one nobody knows. */
const slowMs = 1_400;
/** VS Code asks no extension any more that was too slow four times. */
const attempts = 6;

/** What other extensions do to a document while it is saved; `unknown` where each save took too long to tell. */
export type OnSave = 'changed' | 'kept' | 'unknown';

/**
 * Whether another extension changes documents like a draft's while they are saved, as EditorConfig's does. It is tried on one
 * that nobody sees and that holds no value: in a draft, such a change can't be told from what a person types.
 */
export async function tryOnSave(files: DraftFiles): Promise<OnSave> {
	for (let attempt = 0; attempt < attempts; attempt++) {
		const onSave = await trySaving(files);
		if (onSave !== 'unknown') return onSave;
	}
	return 'unknown';
}

async function trySaving(files: DraftFiles): Promise<OnSave> {
	const uri = files.add(Draft.ofNewObject('', 'untidy', {}));
	try {
		files.setWritable(uri, true);
		const document = await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
		const edit = new vscode.WorkspaceEdit();
		edit.insert(uri, new vscode.Position(0, 0), untidy);
		// VS Code may save by itself before it has answered.
		const started = performance.now();
		await vscode.workspace.applyEdit(edit);
		await saveWhole(document);
		if (document.getText() !== untidy) return 'changed';
		return document.isDirty || performance.now() - started >= slowMs ? 'unknown' : 'kept';
	} finally {
		files.remove(uri);
	}
}
