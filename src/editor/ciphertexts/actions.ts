import * as vscode from 'vscode';
import { titledCommand, type commandTitles } from '../commandTitles';
import { ciphertextOf, documentsWithCiphertexts, positionOf } from './hover';

const offered: readonly (readonly [keyof typeof commandTitles, vscode.CodeActionKind])[] = [
	['workosVault.decryptSelection', vscode.CodeActionKind.Empty],
	['workosVault.reencrypt', vscode.CodeActionKind.RefactorRewrite],
];

/** Offers, in the light bulb's menu, what can be done with the ciphertext at the cursor. */
export class CiphertextActions implements vscode.CodeActionProvider, vscode.Disposable {
	readonly #registration = vscode.languages.registerCodeActionsProvider(documentsWithCiphertexts, this);

	provideCodeActions(document: vscode.TextDocument, { start }: vscode.Range): vscode.CodeAction[] {
		const found = ciphertextOf(document, start);
		if (!found) return [];
		return offered.map(([id, kind]) => {
			const command = titledCommand(id, positionOf(document, found));
			const action = new vscode.CodeAction(command.title, kind);
			action.command = command;
			return action;
		});
	}

	dispose(): void {
		this.#registration.dispose();
	}
}
