import * as vscode from 'vscode';
import { Draft } from '../../vault/drafts/draft';
import type { DraftFiles } from './draftFiles';

/** What tidies documents finds something to do here: blanks at ends, two kinds of indentation, no line break at the end. */
const untidy = 'blanks  \n\ttab \n  spaces\n\n\nno line break ';

/** VS Code drops what extensions want to change when a save takes them 1.5 s: after a slow one nobody knows. */
const slowMs = 1_200;
const attempts = 3;

/**
 * Whether another extension changes documents like a draft's while they are saved, as EditorConfig's does. It is tried on one
 * that nobody sees and that holds no value: in a draft, such a change can't be told from what a person types.
 */
export async function isChangedOnSave(files: DraftFiles): Promise<boolean> {
	for (let attempt = 1; ; attempt++) {
		const { isChanged, tookMs } = await trySaving(files);
		if (isChanged || tookMs < slowMs || attempt === attempts) return isChanged;
	}
}

async function trySaving(files: DraftFiles): Promise<{ readonly isChanged: boolean; readonly tookMs: number }> {
	const uri = files.add(Draft.ofNewObject('', 'untidy', {}));
	try {
		files.setWritable(uri, true);
		const document = await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
		const edit = new vscode.WorkspaceEdit();
		edit.insert(uri, new vscode.Position(0, 0), untidy);
		await vscode.workspace.applyEdit(edit);
		const started = performance.now();
		await document.save();
		return { isChanged: document.getText() !== untidy, tookMs: performance.now() - started };
	} finally {
		files.remove(uri);
	}
}
