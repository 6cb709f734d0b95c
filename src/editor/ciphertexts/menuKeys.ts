import * as vscode from 'vscode';
import { canBeCiphertext, hasCiphertexts, longestAtAGlance } from '../../vault/ciphertextChoice';
import { setContextKey } from '../contextKeys';
import { linesOf } from '../openDocument';

/** Longer texts are not looked through, in characters: nobody knows then what is in them. */
const longestLookedThrough = 200_000;
/** So long nothing is typed before a text is looked through again, in ms. */
const quietMs = 300;

/**
 * Tells the menus of texts where there is surely no ciphertext, which hides what works on one. VS Code opens a menu before
 * it tells of the cursor that a right click moved: so it is told of whole texts, and of selections, which a click in them
 * leaves as they are.
 */
export class CiphertextMenuKeys implements vscode.Disposable {
	readonly #without = new Set<string>();
	readonly #subscriptions: vscode.Disposable;
	#looking: NodeJS.Timeout | undefined;

	constructor() {
		this.#subscriptions = vscode.Disposable.from(
			vscode.window.onDidChangeVisibleTextEditors(() => this.#look()),
			vscode.window.onDidChangeActiveTextEditor((editor) => this.#tellSelection(editor)),
			vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#tellSelection(textEditor)),
			vscode.workspace.onDidChangeTextDocument(({ document }) => this.#onChanged(document)),
			{ dispose: () => clearTimeout(this.#looking) },
		);
		// Activation has no time for it.
		this.#looking = setTimeout(() => this.#look());
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	/** What is typed or pasted may be a ciphertext, until it is known better. */
	#onChanged({ uri }: vscode.TextDocument): void {
		const isVisible = vscode.window.visibleTextEditors.some(
			({ document }) => document.uri.toString() === uri.toString(),
		);
		if (!isVisible) return;
		if (this.#without.delete(uri.toString())) this.#tellTexts();
		clearTimeout(this.#looking);
		this.#looking = setTimeout(() => this.#look(), quietMs);
	}

	#look(): void {
		this.#without.clear();
		for (const { document } of vscode.window.visibleTextEditors) {
			const length = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
			if (length <= longestLookedThrough && !hasCiphertexts(linesOf(document))) {
				this.#without.add(document.uri.toString());
			}
		}
		this.#tellTexts();
	}

	#tellTexts(): void {
		setContextKey('textsWithoutCiphertext', [...this.#without].toSorted());
	}

	#tellSelection(editor: vscode.TextEditor | undefined): void {
		const selected = editor?.selections.filter((selection) => !selection.isEmpty) ?? [];
		const isNone = selected.every((selection) => {
			const text = editor?.document.getText(selection) ?? '';
			return text.length <= longestAtAGlance && !canBeCiphertext(text);
		});
		setContextKey('selection', isNone && selected.length > 0 ? 'noCiphertext' : 'unknown');
	}
}
