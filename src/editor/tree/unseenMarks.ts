import * as vscode from 'vscode';

const scheme = 'workos-vault-unseen';

/** Stands for the row of an object that others changed since a person last opened it. */
export function unseenAddress(objectId: string): vscode.Uri {
	// Half a character can't be in an address.
	return vscode.Uri.from({ scheme, path: `/${objectId.toWellFormed()}` });
}

/** Marks rows of objects that others changed, with a dot beside the words that the row has for it. */
export class UnseenMarks implements vscode.FileDecorationProvider, vscode.Disposable {
	readonly #registration = vscode.window.registerFileDecorationProvider(this);

	provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
		if (uri.scheme !== scheme) return undefined;
		return new vscode.FileDecoration(
			'●',
			'Changed by others since you last opened it',
			new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'),
		);
	}

	dispose(): void {
		this.#registration.dispose();
	}
}
