import * as vscode from 'vscode';
import { draftScheme, revealScheme } from '../addresses';

/** The text editor that a person was in last, for what a page puts into it: while a page is in front, none is active. */
export class LastTextEditor implements vscode.Disposable {
	readonly #subscription: vscode.Disposable;
	#last: vscode.TextEditor | undefined;

	constructor() {
		this.#remember(vscode.window.activeTextEditor);
		this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => this.#remember(editor));
	}

	/** Goes back to it, with its cursor where it was; does nothing where its document was closed. */
	async focus(): Promise<void> {
		const { document, selection, viewColumn } = this.#last ?? {};
		if (!document || document.isClosed) return;
		await vscode.window.showTextDocument(document, {
			...(viewColumn && { viewColumn }),
			...(selection && { selection }),
		});
	}

	dispose(): void {
		this.#subscription.dispose();
	}

	#remember(editor: vscode.TextEditor | undefined): void {
		const ours = [revealScheme, draftScheme, 'output'];
		if (editor && !ours.includes(editor.document.uri.scheme)) this.#last = editor;
	}
}
