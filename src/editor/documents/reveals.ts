import * as vscode from 'vscode';
import type { Again, RevealedValue } from '../../commands/ports/documents';
import { documentAddress, idOf, isSameDocument, revealScheme } from '../addresses';
import { AutoHide } from '../autoHide';
import { setContextKey } from '../contextKeys';
import { sourceIn, titleIn, wordsOfHidden } from './hiddenWords';
import type { TabNames } from './tabNames';
import { isWithdrawn } from '../drafts/withdrawal';
import { closedAddresses, openTabs, tabsOf } from '../tabs';

/** A document that shows a value, or showed one. */
interface Revealed extends Pick<RevealedValue, 'of' | 'again'> {
	readonly uri: vscode.Uri;
	/** The draft that it is compared with. */
	readonly besideDraft: vscode.Uri | undefined;
	/** The connection that was in use when it was revealed. */
	readonly connectionId: string | undefined;
}

/**
 * Revealed values in read-only virtual documents. Each address holds a random ticket that is good for one reading: a
 * restored tab, *Reopen Closed Editor*, or another extension that asks again gets a sentence and causes no call.
 */
export class Reveals implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #tickets = new Map<string, RevealedValue & Pick<Revealed, 'besideDraft' | 'connectionId'>>();
	/** Documents that show a value, by their tickets. */
	readonly #shown = new Map<string, Revealed>();
	/** Open documents that showed one that can be shown again, by their tickets. */
	readonly #hidden = new Map<string, Revealed>();
	readonly #autoHide = new AutoHide<string>((key) => this.#hide(key));
	readonly #changed = new vscode.EventEmitter<vscode.Uri>();
	readonly #subscriptions: vscode.Disposable;

	readonly onDidChange = this.#changed.event;

	constructor(private readonly names: TabNames) {
		this.#subscriptions = vscode.Disposable.from(
			vscode.workspace.registerTextDocumentContentProvider(revealScheme, this),
			closedAddresses(revealScheme, (uri) => this.#onClosed(uri)),
			vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#touch(editor.document.uri)),
			vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#touch(textEditor.document.uri)),
			vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#touch(textEditor.document.uri)),
			vscode.window.tabGroups.onDidChangeTabs(({ opened }) => opened.length > 0 && this.#nameHidden()),
			this.#autoHide,
			this.#changed,
		);
		this.#nameHidden();
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		const ticket = idOf(uri);
		const revealed = this.#tickets.get(ticket);
		this.#tickets.delete(ticket);
		if (!revealed) return `${wordsOfHidden(sourceIn(uri.query), this.#hidden.has(ticket))}\n`;
		this.names.set(uri, revealed.title, 'value');
		const { value, of, again, besideDraft, connectionId } = revealed;
		this.#shown.set(ticket, { uri, of, again, besideDraft, connectionId });
		this.#autoHide.use(ticket);
		return value;
	}

	/** True while a document shows a value. */
	get isShowing(): boolean {
		return this.#shown.size > 0;
	}

	/** Of which object a document shows the value that was the current one, and since when it was. */
	shownAt(uri: vscode.Uri): RevealedValue['of'] {
		return this.#shown.get(idOf(uri))?.of;
	}

	/** How what a document, or one beside that draft, shows, or showed before it was hidden, is shown once more. */
	againAt(uri: vscode.Uri): Again | undefined {
		const id = idOf(uri);
		const beside = [...this.#hidden.values()].find(
			({ besideDraft }) => besideDraft && isSameDocument(besideDraft, uri),
		);
		return (this.#shown.get(id) ?? this.#hidden.get(id) ?? beside)?.again;
	}

	/** Opens a value in an editor, in the place of those where the same was hidden. */
	async show(value: RevealedValue): Promise<void> {
		const { uri } = await this.open(value);
		// VS Code reads to a screen reader the name that an editor was opened with, and none that it got later.
		await vscode.commands.executeCommand(
			'vscode.open',
			uri,
			{ preview: false },
			this.names.nameFor(value.title, 'value'),
		);
		await this.closeHidden(value.again);
	}

	/** Closes the tabs where the same was hidden as is shown again. */
	async closeHidden(again: Again | undefined): Promise<void> {
		const same = [...this.#hidden.values()].filter((revealed) => revealed.again?.id === again?.id);
		await vscode.window.tabGroups.close(same.flatMap(({ uri }) => openTabs(uri)));
	}

	/** Makes a document of a value, for an editor of the caller's choice, beside that of a draft or not. */
	async open(value: RevealedValue, besideDraft?: vscode.Uri): Promise<vscode.TextDocument> {
		const ticket = crypto.randomUUID();
		this.#tickets.set(ticket, { ...value, besideDraft, ...this.names.here });
		return vscode.workspace.openTextDocument(documentAddress(revealScheme, ticket, value.title, value.source));
	}

	/** Blanks all revealed documents. */
	hideAll(): void {
		this.#tickets.clear();
		for (const key of [...this.#shown.keys()]) this.#hide(key);
	}

	/** Blanks all revealed documents, or those of one connection, and closes their tabs, also of those that were hidden before. */
	async closeAll(connectionId?: string): Promise<void> {
		const goes = (of: Pick<Revealed, 'connectionId'>) => isWithdrawn(of, connectionId);
		const tabs = [...this.#shown.values(), ...this.#hidden.values()].filter(goes).flatMap(({ uri }) => openTabs(uri));
		for (const [ticket, revealed] of [...this.#tickets]) if (goes(revealed)) this.#tickets.delete(ticket);
		for (const [key, revealed] of [...this.#shown]) if (goes(revealed)) this.#hide(key);
		await vscode.window.tabGroups.close(tabs);
	}

	dispose(): void {
		this.hideAll();
		this.#subscriptions.dispose();
	}

	#hide(key: string): void {
		const revealed = this.#shown.get(key);
		if (revealed?.again) {
			this.#hidden.set(key, revealed);
			this.#updateMenus();
		}
		this.#blank(key);
	}

	#onClosed(uri: vscode.Uri): void {
		const key = idOf(uri);
		this.names.delete(uri);
		if (this.#hidden.delete(key)) this.#updateMenus();
		this.#blank(key);
	}

	#blank(key: string): void {
		const uri = this.#shown.get(key)?.uri;
		this.#shown.delete(key);
		this.#autoHide.delete(key);
		if (!uri) return;
		// The ticket is used up: asked again, the provider answers that the value is hidden.
		this.#changed.fire(uri);
		this.names.setHidden(uri);
	}

	/** Names the tabs that VS Code restored or opened again: their values are hidden. */
	#nameHidden(): void {
		for (const { uri } of tabsOf(revealScheme)) {
			const ticket = idOf(uri);
			if (!this.#tickets.has(ticket) && !this.#shown.has(ticket)) this.names.setHidden(uri, titleIn(uri.query));
		}
	}

	/** Says which documents have a button to reveal their value again. */
	#updateMenus(): void {
		const hidden = [...this.#hidden.values()];
		const uris = hidden.map(({ uri }) => uri.toString());
		const drafts = hidden.flatMap(({ besideDraft }) => besideDraft?.toString() ?? []);
		setContextKey('hiddenValues', uris);
		setContextKey('besideHidden', drafts);
	}

	#touch(uri: vscode.Uri): void {
		if (uri.scheme === revealScheme && this.#shown.has(idOf(uri))) this.#autoHide.use(idOf(uri));
	}
}
