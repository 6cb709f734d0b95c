import * as vscode from 'vscode';
import type { Draft } from '../../vault/drafts/draft';
import { draftScheme, isSameDocument } from '../addresses';
import type { TabNames } from '../documents/tabNames';
import { DraftFiles } from './draftFiles';
import { Guard } from './guard';
import { saveWhole } from './saving';
import { addressesInFront, addressInFront, closedAddresses, openTabs, tabsOf } from '../tabs';
import { TellableError } from '../errorMessages';

/** Drafts in VS Code's own text editor: documents that are saved into memory, behind the guard. */
export class TextDrafts implements vscode.FileDecorationProvider, vscode.Disposable {
	readonly #files = new DraftFiles();
	readonly #guard: Guard;
	/** Drafts that are closed from here, which is no wish of the person. */
	readonly #closing = new Set<Draft>();
	readonly #decorated = new vscode.EventEmitter<vscode.Uri>();
	readonly #saveAsked = new vscode.EventEmitter<Draft>();
	readonly #closed = new vscode.EventEmitter<Draft>();
	readonly #subscriptions: vscode.Disposable;

	readonly onDidChangeFileDecorations = this.#decorated.event;
	/** Fires with a draft that a person saves by menu or key: that is a publish. */
	readonly onDidAskToPublish = this.#saveAsked.event;
	/** Fires when a person closed the last tab of a draft; it holds every key by then. */
	readonly onDidCloseDraft = this.#closed.event;

	constructor(
		/** What people call the organization that a draft belongs to. */
		private readonly organizationOf: (draft: Draft) => string | undefined,
		private readonly names: TabNames,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		inBackground: (work: Promise<unknown>) => void,
	) {
		this.#guard = new Guard(this.#files, inBackground);
		this.#subscriptions = vscode.Disposable.from(
			this.#guard,
			vscode.workspace.registerFileSystemProvider(draftScheme, this.#files, { isCaseSensitive: true }),
			vscode.window.registerFileDecorationProvider(this),
			vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
				if (reason !== vscode.TextDocumentSaveReason.Manual || this.#guard.isSaving(document.uri)) return;
				const draft = this.#files.draftAt(document.uri);
				if (draft && isInFront(document)) this.#saveAsked.fire(draft);
			}),
			// VS Code holds the document for minutes, where other extensions could read what was saved into nothing.
			vscode.workspace.onDidSaveTextDocument(({ uri }) => {
				if (uri.scheme === draftScheme && !this.#files.draftAt(uri)) this.#files.remove(uri);
			}),
			// *Reopen Closed Editor* brings back a tab whose draft is gone: nothing would take what is typed there.
			vscode.window.tabGroups.onDidChangeTabs(({ opened }) => opened.length > 0 && inBackground(this.letGoRestored())),
			closedAddresses(draftScheme, (uri) => inBackground(this.#onClosed(uri))),
			this.#decorated,
			this.#saveAsked,
			this.#closed,
		);
	}

	/** Opens a draft, or brings its tab to the front. False where it is read-only: the editor can't hold its text exactly. */
	async edit(draft: Draft): Promise<boolean> {
		const { uri } = await this.show(draft, (document) => vscode.window.showTextDocument(document, { preview: false }));
		return this.#guard.isAdmitted(uri);
	}

	/** Opens a draft's document in an editor of the caller's choice, unlocked where that is safe. */
	async show(
		draft: Draft,
		open: (document: vscode.TextDocument) => PromiseLike<unknown>,
	): Promise<vscode.TextDocument> {
		const document = await this.#open(draft);
		await open(document);
		// Closed from here while its editor opened: nothing would take what is typed.
		if (!this.#files.draftAt(document.uri)) await vscode.window.tabGroups.close(openTabs(document.uri));
		return document;
	}

	/** The draft in the active editor, as far as it was saved. */
	get activeDraft(): Draft | undefined {
		const document = vscode.window.activeTextEditor?.document;
		return document && this.#files.draftAt(document.uri);
	}

	/** The draft in front, where no group has something else in front. */
	get draftInFront(): Draft | undefined {
		const [draft, ...others] = new Set(addressesInFront().map((uri) => uri && this.#files.draftAt(uri)));
		return others.length === 0 ? draft : undefined;
	}

	/** Writes into a draft the keys of its visible editor that auto-save has not taken yet. */
	catchUp(draft: Draft): void {
		const visible = vscode.window.visibleTextEditors.map(({ document }) => document);
		const document = visible.find(({ uri }) => this.#files.draftAt(uri) === draft);
		if (document && this.#files.isWritable(document.uri)) draft.write(textOf(document));
	}

	/** The draft that a document is of. */
	draftAt(uri: vscode.Uri): Draft | undefined {
		return this.#files.draftAt(uri);
	}

	/** True while a draft's document has a tab. */
	get isShowing(): boolean {
		return tabsOf(draftScheme).length > 0;
	}

	isOpen(draft: Draft): boolean {
		const uri = this.#files.addressOf(draft);
		return uri !== undefined && openTabs(uri).length > 0;
	}

	/** Replaces the text as an edit, so that undo brings the old one back. */
	async replaceText(draft: Draft, text: string): Promise<void> {
		await this.edit(draft);
		const document = await this.#open(draft);
		const before = document.getText();
		const bom = textOf(document).length - before.length;
		await replaceAll(document, text.slice(bom));
		if (textOf(document) !== text) {
			await replaceAll(document, before);
			throw new TellableError({
				sentence: `The editor can’t hold the other version of “${draft.name}” exactly. Your draft is untouched.`,
			});
		}
		draft.write(text);
	}

	/** Closes a draft's tabs and forgets its document; the draft holds every key then. */
	async close(draft: Draft): Promise<void> {
		const uri = this.#files.addressOf(draft);
		if (!uri) return;
		this.#closing.add(draft);
		try {
			await this.#guard.settle(uri);
			await vscode.window.tabGroups.close(openTabs(uri));
			await this.#guard.settle(uri);
			this.#files.remove(uri);
			this.names.delete(uri);
		} finally {
			this.#closing.delete(draft);
		}
	}

	/**
	 * Lets go of what VS Code restored after a reload or a crash: saves it, into nothing, and closes its tab.
	 * Returns how many there were.
	 */
	async letGoRestored(): Promise<number> {
		const tabs = tabsOf(draftScheme).filter(({ uri }) => !this.#files.draftAt(uri));
		for (const { uri } of tabs) {
			const document = await vscode.workspace.openTextDocument(uri);
			await saveWhole(document);
			await vscode.window.tabGroups.close(openTabs(uri));
		}
		return tabs.length;
	}

	provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
		const draft = this.#files.draftAt(uri);
		if (!draft) return undefined;
		if (!draft.isUnpublished) return { badge: '✎', tooltip: 'Draft with no change yet' };
		return {
			badge: '●',
			tooltip: 'Unpublished draft',
			color: new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'),
		};
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	async #open(draft: Draft): Promise<vscode.TextDocument> {
		const known = this.#files.addressOf(draft);
		const uri = known ?? this.#files.add(draft, this.organizationOf(draft));
		// To a screen reader VS Code says “(draft)” behind it (`customLabels` in package.json); the eye has the decoration.
		this.names.set(uri, draft.name, 'value', draft);
		const document = await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
		if (known) return document;
		draft.onDidChange(() => this.#decorated.fire(uri));
		if (textOf(document) === draft.text) await this.#guard.admit(document);
		return document;
	}

	async #onClosed(uri: vscode.Uri): Promise<void> {
		const draft = this.#files.draftAt(uri);
		if (!draft || this.#closing.has(draft)) return;
		// A tab can be closed before its last keys were saved: what they changed counts too.
		await this.#guard.settle(uri);
		this.#closed.fire(draft);
	}
}

/** A document's text with the byte order mark, which VS Code takes out when it reads and puts back when it saves. */
function textOf(document: vscode.TextDocument): string {
	return document.encoding === 'utf8bom' ? `\uFEFF${document.getText()}` : document.getText();
}

/**
 * Replaces a document's text, and then its line ends where they are others, as edits that can be undone one after the
 * other: of both in one, VS Code's undo puts the old text back at the places that it had with the other line ends.
 */
async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
	const words = new vscode.WorkspaceEdit();
	words.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
	await vscode.workspace.applyEdit(words);
	const eol = text.includes('\r\n') ? vscode.EndOfLine.CRLF : vscode.EndOfLine.LF;
	if (document.eol === eol) return;
	const lineEnds = new vscode.WorkspaceEdit();
	lineEnds.set(document.uri, [vscode.TextEdit.setEndOfLine(eol)]);
	await vscode.workspace.applyEdit(lineEnds);
}

/** Whether a document is in the editor in front, also while another text has the focus, such as the output. */
function isInFront(document: vscode.TextDocument): boolean {
	const address = addressInFront();
	const isOfTab = address !== undefined && isSameDocument(address, document.uri);
	return isOfTab || vscode.window.activeTextEditor?.document === document;
}
