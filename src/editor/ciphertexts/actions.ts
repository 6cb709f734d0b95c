import * as vscode from 'vscode';
import type { CommandId } from '../../commands';
import { ciphertextOf, documentsWithCiphertexts, placeOf } from './hover';

const offered: readonly {
	readonly title: string;
	readonly command: CommandId;
	readonly kind: vscode.CodeActionKind;
}[] = [
	{ title: 'Decrypt', command: 'workosVault.decryptSelection', kind: vscode.CodeActionKind.Empty },
	{ title: 'Re-encrypt Under…', command: 'workosVault.reencrypt', kind: vscode.CodeActionKind.RefactorRewrite },
];

/** Offers, in the light bulb's menu, what can be done with the ciphertext at the cursor. */
export class CiphertextActions implements vscode.CodeActionProvider, vscode.Disposable {
	readonly #registration = vscode.languages.registerCodeActionsProvider(documentsWithCiphertexts, this);

	provideCodeActions(document: vscode.TextDocument, { start }: vscode.Range): vscode.CodeAction[] {
		const found = ciphertextOf(document, start);
		if (!found) return [];
		return offered.map(({ title, command, kind }) => {
			const action = new vscode.CodeAction(title, kind);
			action.command = { title, command, arguments: [placeOf(document, found)] };
			return action;
		});
	}

	dispose(): void {
		this.#registration.dispose();
	}
}
