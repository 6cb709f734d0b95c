import * as vscode from 'vscode';
import { idOf } from '../addresses';

/** A draft is saved when nothing has changed it for 100 ms: a change so soon before, in ms, was made for the saving. */
const soon = 60;

/** What is known of one document: its text, the one before it, and when that changed. */
interface Watched {
	readonly text: string;
	readonly before: string;
	readonly at: number;
}

/**
 * Notices where another extension changes drafts while they are saved, as those do that keep to an `.editorconfig`: it
 * trims lines or ends the last one, and the person would publish what they have not typed.
 */
export class ChangesOnSaving implements vscode.Disposable {
	readonly #watched = new Map<string, Watched>();
	readonly #saving = new Set<string>();
	/** Ids of documents that were changed so. */
	readonly #changed = new Set<string>();
	readonly #subscriptions: vscode.Disposable;

	constructor(isDraft: (uri: vscode.Uri) => boolean) {
		this.#subscriptions = vscode.Disposable.from(
			vscode.workspace.onDidOpenTextDocument((document) => {
				if (isDraft(document.uri)) this.#watch(document);
			}),
			vscode.workspace.onDidChangeTextDocument(({ document }) => {
				if (!isDraft(document.uri)) return;
				const { text, before } = this.#watch(document);
				const id = idOf(document.uri);
				if (this.#saving.has(id) && isOfWhiteSpace(before, text)) this.#changed.add(id);
			}),
			vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
				const id = idOf(document.uri);
				const watched = this.#watched.get(id);
				if (!watched) return;
				this.#saving.add(id);
				// Extensions that were there before us have had their turn. By hand, a person may save just after a key.
				const isByItself = reason === vscode.TextDocumentSaveReason.AfterDelay;
				const isSoon = performance.now() - watched.at < soon;
				if (isByItself && isSoon && isOfWhiteSpace(watched.before, watched.text)) this.#changed.add(id);
			}),
			vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#saving.delete(idOf(uri))),
			vscode.workspace.onDidCloseTextDocument(({ uri }) => {
				for (const known of [this.#watched, this.#saving, this.#changed]) known.delete(idOf(uri));
			}),
		);
	}

	/** True where a document was changed so, until it is accepted. */
	has(uri: vscode.Uri): boolean {
		return this.#changed.has(idOf(uri));
	}

	/** The person knows of it. */
	accept(uri: vscode.Uri): void {
		this.#changed.delete(idOf(uri));
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	#watch(document: vscode.TextDocument): Watched {
		const id = idOf(document.uri);
		const text = document.getText();
		const watched = { text, before: this.#watched.get(id)?.text ?? text, at: performance.now() };
		this.#watched.set(id, watched);
		return watched;
	}
}

/** True for two texts that differ in white space alone. */
function isOfWhiteSpace(before: string, after: string): boolean {
	return before !== after && before.replaceAll(/\s+/g, '') === after.replaceAll(/\s+/g, '');
}
