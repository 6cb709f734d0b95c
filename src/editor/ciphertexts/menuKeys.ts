import * as vscode from 'vscode';
import { Pieces } from '../../vault/pause';
import { setContextKey } from '../contextKeys';
import { linesOf, textRangeOf } from '../documents/openDocument';
import { isSelectionWithout, TextsWithoutCiphertext } from './noCiphertext';

/** So long nothing is typed before a text is looked through again, in ms. */
const quietMs = 300;

/**
 * Tells the menus of texts where there is surely no ciphertext, which hides what works on one. VS Code opens a menu before
 * it tells of the cursor that a right click moved: so it is told of whole texts, and of selections, which a click in them
 * leaves as they are.
 */
export class CiphertextMenuKeys implements vscode.Disposable {
	readonly #texts = new TextsWithoutCiphertext(linesOf);
	readonly #subscriptions: vscode.Disposable;
	#looking: NodeJS.Timeout | undefined;

	constructor() {
		this.#subscriptions = vscode.Disposable.from(
			vscode.window.onDidChangeVisibleTextEditors(() => this.#searchAfter(0)),
			vscode.window.onDidChangeActiveTextEditor((editor) => this.#setSelectionKey(editor)),
			vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#setSelectionKey(textEditor)),
			vscode.workspace.onDidChangeTextDocument(({ document }) => this.#onChanged(document)),
			{ dispose: () => clearTimeout(this.#looking) },
		);
		// Activation has no time for it.
		this.#searchAfter(0);
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	/** What is typed or pasted may be a ciphertext, until it is known better. */
	#onChanged(document: vscode.TextDocument): void {
		if (!visibleTexts().includes(document)) return;
		this.#setTextsKey();
		this.#searchAfter(quietMs);
	}

	#searchAfter(ms: number): void {
		clearTimeout(this.#looking);
		this.#looking = setTimeout(() => this.#search(), ms);
	}

	/** Looks through the texts in pieces: everything else has its turn in between. */
	#search(): void {
		const isAnyLeft = this.#texts.readFurther(visibleTexts(), new Pieces());
		this.#setTextsKey();
		if (isAnyLeft) this.#searchAfter(0);
	}

	#setTextsKey(): void {
		const without = visibleTexts().filter((document) => this.#texts.has(document));
		const addresses = new Set(without.map(({ uri }) => uri.toString()));
		setContextKey('textsWithoutCiphertext', [...addresses].toSorted());
	}

	#setSelectionKey(editor: vscode.TextEditor | undefined): void {
		const isNone = editor && isSelectionWithout(linesOf(editor.document), editor.selections, textRangeOf);
		setContextKey('selection', isNone ? 'noCiphertext' : 'unknown');
	}
}

function visibleTexts(): readonly vscode.TextDocument[] {
	return vscode.window.visibleTextEditors.map(({ document }) => document);
}
