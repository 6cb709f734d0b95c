import * as vscode from 'vscode';
import type { RevealedValue } from '../commands/ports';
import { documentAddress, idOf, revealScheme } from './addresses';
import { settings } from './settings';
import { closedAddresses, openTabs } from './tabs';

const hidden = 'Hidden. Choose “Reveal Value” on the object to see it again.\n';
const checkEvery = 5_000;

/**
 * Revealed values in read-only virtual documents. Each address holds a random ticket that is good for one reading: a
 * restored tab, *Reopen Closed Editor*, or another extension that asks again gets a sentence and causes no call.
 */
export class Reveals implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #tickets = new Map<string, string>();
	/** Documents that show a value, with the time of their last use. */
	readonly #shown = new Map<string, { readonly uri: vscode.Uri; lastUse: number }>();
	readonly #changed = new vscode.EventEmitter<vscode.Uri>();
	readonly #subscriptions: vscode.Disposable;

	readonly onDidChange = this.#changed.event;

	constructor() {
		const timer = setInterval(() => this.#hideUnused(), checkEvery);
		this.#subscriptions = vscode.Disposable.from(
			vscode.workspace.registerTextDocumentContentProvider(revealScheme, this),
			closedAddresses(revealScheme, (uri) => this.#hide(uri)),
			vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#touch(editor.document.uri)),
			vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#touch(textEditor.document.uri)),
			vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#touch(textEditor.document.uri)),
			{ dispose: () => clearInterval(timer) },
			this.#changed,
		);
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		const ticket = idOf(uri);
		const value = this.#tickets.get(ticket);
		this.#tickets.delete(ticket);
		if (value === undefined) return hidden;
		this.#shown.set(uri.toString(), { uri, lastUse: Date.now() });
		return value;
	}

	/** Opens a value in an editor. */
	async show(value: RevealedValue): Promise<void> {
		const uri = this.address(value);
		const document = await vscode.workspace.openTextDocument(uri);
		await vscode.window.showTextDocument(document, { preview: false });
	}

	/** An address that shows the value once. */
	address({ title, value }: RevealedValue): vscode.Uri {
		const ticket = crypto.randomUUID();
		this.#tickets.set(ticket, value);
		return documentAddress(revealScheme, ticket, title);
	}

	/** Blanks all revealed documents. */
	hideAll(): void {
		this.#tickets.clear();
		for (const { uri } of [...this.#shown.values()]) this.#hide(uri);
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

	#hide(uri: vscode.Uri): void {
		// The ticket is used up: asked again, the provider answers that the value is hidden.
		if (this.#shown.delete(uri.toString())) this.#changed.fire(uri);
	}

	#touch(uri: vscode.Uri): void {
		const shown = this.#shown.get(uri.toString());
		if (shown) shown.lastUse = Date.now();
	}

	#hideUnused(): void {
		const seconds = settings.hideAfter();
		if (seconds === 0) return;
		for (const { uri, lastUse } of [...this.#shown.values()]) {
			if (Date.now() - lastUse > seconds * 1000) this.#hide(uri);
		}
	}
}
