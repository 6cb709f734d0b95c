import * as vscode from 'vscode';
import type { Draft } from '../../vault/drafts/draft';
import { draftScheme } from '../addresses';
import type { TabNames } from '../documents/tabNames';
import { DraftFiles } from './draftFiles';
import { isWithdrawn } from './withdrawal';
import { Guard } from './guard';
import { closedAddresses, openTabs, tabsOf } from '../tabs';
import { TellableError } from '../errorMessages';

/** Drafts in VS Code's own text editor: documents that are saved into memory, behind the guard. */
export class TextDrafts implements vscode.FileDecorationProvider, vscode.Disposable {
	readonly #files = new DraftFiles();
	readonly #guard: Guard;
	/** Drafts that are closed from here, which is no wish of the person. */
	readonly #closing = new Set<Draft>();
	readonly #decorated = new vscode.EventEmitter<vscode.Uri>();
	readonly #saveAsked = new vscode.EventEmitter<void>();
	readonly #closed = new vscode.EventEmitter<Draft>();
	readonly #subscriptions: vscode.Disposable;

	readonly onDidChangeFileDecorations = this.#decorated.event;
	/** Fires when a person saves a draft by menu or key: that is a publish. */
	readonly onDidAskToPublish = this.#saveAsked.event;
	/** Fires when a person closed the last tab of a draft; it holds every key by then. */
	readonly onDidCloseDraft = this.#closed.event;

	constructor(
		/** What people call the organization that a draft belongs to. */
		private readonly organizationOf: (draft: Draft) => string | undefined,
		private readonly names: TabNames,
		/** Tells of a failure of what nobody waits for. */
		report: (work: Promise<unknown>) => void,
	) {
		this.#guard = new Guard(this.#files, report);
		this.#subscriptions = vscode.Disposable.from(
			this.#guard,
			vscode.workspace.registerFileSystemProvider(draftScheme, this.#files, { isCaseSensitive: true }),
			vscode.window.registerFileDecorationProvider(this),
			vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
				if (reason !== vscode.TextDocumentSaveReason.Manual || this.#guard.isSaving(document.uri)) return;
				if (this.#files.draftAt(document.uri) && isActive(document)) this.#saveAsked.fire();
			}),
			// *Reopen Closed Editor* brings back a tab whose draft is gone: nothing would take what is typed there.
			vscode.window.tabGroups.onDidChangeTabs(({ opened }) => opened.length > 0 && report(this.letGoRestored())),
			closedAddresses(draftScheme, (uri) => report(this.#onClosed(uri))),
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

	/** The draft in the active editor, with every key that was typed so far in it. */
	activeDraft(): Draft | undefined {
		const document = vscode.window.activeTextEditor?.document;
		const draft = document && this.#files.draftAt(document.uri);
		if (draft && this.#files.isWritable(document.uri)) draft.write(textOf(document));
		return draft;
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

	/** Closes all drafts, or those of one connection. */
	async closeAll(connectionId?: string): Promise<void> {
		for (const draft of this.#files.drafts) if (isWithdrawn(draft, connectionId)) await this.close(draft);
	}

	/**
	 * Lets go of what VS Code restored after a reload or a crash: saves it, into nothing, and closes its tab.
	 * Answers how many there were.
	 */
	async letGoRestored(): Promise<number> {
		const tabs = tabsOf(draftScheme).filter(({ uri }) => !this.#files.draftAt(uri));
		for (const { uri } of tabs) {
			const document = await vscode.workspace.openTextDocument(uri);
			await document.save();
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

function isActive(document: vscode.TextDocument): boolean {
	return vscode.window.activeTextEditor?.document === document;
}
