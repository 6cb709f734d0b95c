import * as vscode from 'vscode';
import type { RevealedValue } from '../commands/ports';
import { documentAddress, idOf, revealScheme } from './addresses';
import { AutoHide } from './autoHide';
import { closedAddresses, openTabs } from './tabs';

const hidden = 'Hidden. Choose “Reveal Value” on the object to see it again.\n';

/**
 * Revealed values in read-only virtual documents. Each address holds a random ticket that is good for one reading: a
 * restored tab, *Reopen Closed Editor*, or another extension that asks again gets a sentence and causes no call.
 */
export class Reveals implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #tickets = new Map<string, RevealedValue>();
	/** Documents that show a value, by their tickets. */
	readonly #shown = new Map<string, { readonly uri: vscode.Uri; readonly of: RevealedValue['of'] }>();
	readonly #autoHide = new AutoHide<string>((key) => this.#hide(key));
	readonly #changed = new vscode.EventEmitter<vscode.Uri>();
	readonly #subscriptions: vscode.Disposable;

	readonly onDidChange = this.#changed.event;

	constructor() {
		this.#subscriptions = vscode.Disposable.from(
			vscode.workspace.registerTextDocumentContentProvider(revealScheme, this),
			closedAddresses(revealScheme, (uri) => this.#hide(idOf(uri))),
			vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#touch(editor.document.uri)),
			vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#touch(textEditor.document.uri)),
			vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#touch(textEditor.document.uri)),
			this.#autoHide,
			this.#changed,
		);
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		const ticket = idOf(uri);
		const revealed = this.#tickets.get(ticket);
		this.#tickets.delete(ticket);
		if (!revealed) return hidden;
		this.#shown.set(ticket, { uri, of: revealed.of });
		this.#autoHide.use(ticket);
		return revealed.value;
	}

	/** True while a document shows a value. */
	get isShowing(): boolean {
		return this.#shown.size > 0;
	}

	/** Of which object a document shows the value that was the current one, and since when it was. */
	shownAt(uri: vscode.Uri): RevealedValue['of'] {
		return this.#shown.get(idOf(uri))?.of;
	}

	/** Opens a value in an editor. */
	async show(value: RevealedValue): Promise<void> {
		await vscode.window.showTextDocument(await this.open(value), { preview: false });
	}

	/** Makes a document of a value, for an editor of the caller's choice. */
	async open(value: RevealedValue): Promise<vscode.TextDocument> {
		const ticket = crypto.randomUUID();
		this.#tickets.set(ticket, value);
		return vscode.workspace.openTextDocument(documentAddress(revealScheme, ticket, value.title));
	}

	/** Blanks all revealed documents. */
	hideAll(): void {
		this.#tickets.clear();
		for (const key of [...this.#shown.keys()]) this.#hide(key);
	}

	/** Blanks all revealed documents and closes their tabs. */
	async closeAll(): Promise<void> {
		const tabs = [...this.#shown.values()].flatMap(({ uri }) => openTabs(uri));
		this.hideAll();
		await vscode.window.tabGroups.close(tabs);
	}

	dispose(): void {
		this.hideAll();
		this.#subscriptions.dispose();
	}

	#hide(key: string): void {
		const uri = this.#shown.get(key)?.uri;
		this.#shown.delete(key);
		this.#autoHide.delete(key);
		// The ticket is used up: asked again, the provider answers that the value is hidden.
		if (uri) this.#changed.fire(uri);
	}

	#touch(uri: vscode.Uri): void {
		if (uri.scheme === revealScheme && this.#shown.has(idOf(uri))) this.#autoHide.use(idOf(uri));
	}
}
