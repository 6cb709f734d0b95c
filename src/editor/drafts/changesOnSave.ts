import * as vscode from 'vscode';
import { Draft } from '../../vault/draft';
import type { DraftFiles } from '../draftFiles';

/** What tidies documents finds something to do here: blanks at ends, two kinds of indentation, no line break at the end. */
const untidy = 'first  \n\tsecond \n  third\n\n\nlast ';

/**
 * Whether another extension changes documents like a draft's while they are saved, as EditorConfig's does. It is tried on one
 * that nobody sees and that holds no value: in a draft, such a change can't be told from what a person types.
 */
export async function isChangedOnSave(files: DraftFiles): Promise<boolean> {
	const uri = files.add(Draft.ofNewObject('', 'untidy', {}));
	try {
		files.setWritable(uri, true);
		const document = await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
		const edit = new vscode.WorkspaceEdit();
		edit.insert(uri, new vscode.Position(0, 0), untidy);
		await vscode.workspace.applyEdit(edit);
		await document.save();
		return document.getText() !== untidy;
	} finally {
		files.remove(uri);
	}
}
