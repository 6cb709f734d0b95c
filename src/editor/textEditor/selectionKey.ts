import * as vscode from 'vscode';

/** Has the palette leave out what works on selected text where it is known that none is selected. */
export class SelectionKey implements vscode.Disposable {
	#isSelected: boolean | undefined;
	readonly #subscriptions = vscode.Disposable.from(
		vscode.window.onDidChangeActiveTextEditor(() => this.#update()),
		vscode.window.onDidChangeTextEditorSelection(() => this.#update()),
	);

	constructor() {
		this.#update();
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	#update(): void {
		const isSelected = vscode.window.activeTextEditor?.selections.some(({ isEmpty }) => !isEmpty) ?? false;
		if (isSelected === this.#isSelected) return;
		this.#isSelected = isSelected;
		void vscode.commands.executeCommand('setContext', 'workosVault.selection', isSelected ? 'some' : 'none');
	}
}
