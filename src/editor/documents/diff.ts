import * as vscode from 'vscode';
import { wordsOfComparison, type Compared } from '../isolatedEditor/comparison';

/** Opens a comparison of two values in their documents. */
export async function openDiff(
	[left, right]: readonly [vscode.TextDocument, vscode.TextDocument],
	values: readonly [Compared, Compared],
	nameFor: (title: string) => string,
): Promise<void> {
	const title = nameFor(wordsOfComparison(...values, [left, right].some(hidesBlanks)).title);
	await vscode.commands.executeCommand('vscode.diff', left.uri, right.uri, title, { preview: false });
}

/** Whether VS Code compares a document without the blanks at the ends of its lines: a folder can have it do so. */
function hidesBlanks({ uri, languageId }: vscode.TextDocument): boolean {
	return vscode.workspace.getConfiguration('diffEditor', { uri, languageId }).get('ignoreTrimWhitespace', true);
}
