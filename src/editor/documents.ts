import * as vscode from 'vscode';
import type { Documents, RevealedValue } from '../commands/ports';
import type { Draft } from '../vault/draft';
import { draftScheme } from './addresses';
import { DraftFiles } from './draftFiles';
import { Guard } from './guard';
import { Reveals } from './reveals';
import { closedAddresses, openTabs, tabsOf } from './tabs';
import { TellableError } from './words';

/** The virtual documents that values are revealed and edited in. */
export class EditorDocuments implements Documents, vscode.FileDecorationProvider, vscode.Disposable {
	readonly #reveals = new Reveals();
	readonly #files = new DraftFiles();
	readonly #guard: Guard;
	readonly #discarded = new WeakSet<Draft>();
	readonly #decorated = new vscode.EventEmitter<vscode.Uri>();
	readonly #saveAsked = new vscode.EventEmitter<void>();
	readonly #subscriptions: vscode.Disposable;

	readonly onDidChangeFileDecorations = this.#decorated.event;
	/** Fires when a person saves a draft by menu or key: that is a publish. */
	readonly onDidAskToPublish = this.#saveAsked.event;

	constructor(
		/** Tells of a failure of what nobody waits for. */
		report: (work: Promise<unknown>) => void,
	) {
		this.#guard = new Guard(this.#files, report);
		const isCaseSensitive = true;
		this.#subscriptions = vscode.Disposable.from(
			this.#reveals,
			this.#guard,
			vscode.workspace.registerFileSystemProvider(draftScheme, this.#files, { isCaseSensitive }),
			vscode.window.registerFileDecorationProvider(this),
			vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
				if (reason !== vscode.TextDocumentSaveReason.Manual || this.#guard.isSaving(document.uri)) return;
				if (this.#files.draftAt(document.uri) && isActive(document)) this.#saveAsked.fire();
			}),
			closedAddresses(draftScheme, (uri) => report(this.#onClosed(uri))),
			this.#decorated,
			this.#saveAsked,
		);
	}

	reveal(value: RevealedValue): Promise<void> {
		return this.#reveals.show(value);
	}

	async compare(left: RevealedValue, right: RevealedValue): Promise<void> {
		await openDiff(this.#reveals.address(left), this.#reveals.address(right), `${left.title} ↔ ${right.title}`);
	}

	hideAll(): void {
		this.#reveals.hideAll();
	}

	async edit(draft: Draft): Promise<boolean> {
		const document = await this.#open(draft);
		await vscode.window.showTextDocument(document, { preview: false });
		return this.#guard.isAdmitted(document.uri);
	}

	holds(draft: Draft): boolean {
		return this.#files.drafts.includes(draft);
	}

	isDiscarded(draft: Draft): boolean {
		return this.#discarded.has(draft);
	}

	async compareWithDraft(theirs: RevealedValue, draft: Draft): Promise<void> {
		const document = await this.#open(draft);
		await openDiff(this.#reveals.address(theirs), document.uri, `${theirs.title} ↔ your draft`);
	}

	/** The draft that a document is of. */
	draftAt(uri: vscode.Uri): Draft | undefined {
		return this.#files.draftAt(uri);
	}

	activeDraft(): Draft | undefined {
		const document = vscode.window.activeTextEditor?.document;
		const draft = document && this.#files.draftAt(document.uri);
		if (draft && this.#files.isWritable(document.uri)) draft.write(document.getText());
		return draft;
	}

	draftOf(objectId: string): Draft | undefined {
		return this.#files.drafts.find((draft) => draft.objectId === objectId);
	}

	unpublished(): readonly Draft[] {
		return this.#files.drafts.filter(({ isUnpublished }) => isUnpublished);
	}

	async replaceText(draft: Draft, text: string): Promise<void> {
		const document = await this.#open(draft);
		const before = document.getText();
		await replaceAll(document, text);
		if (document.getText() !== text) {
			await replaceAll(document, before);
			throw new TellableError({
				sentence: `The editor can’t hold the other version of “${draft.name}” exactly (mixed line ends). Your draft is untouched.`,
			});
		}
		draft.write(text);
	}

	async discard(draft: Draft): Promise<void> {
		const uri = this.#files.add(draft);
		this.#discarded.add(draft);
		await vscode.window.tabGroups.close(openTabs(uri));
		await this.#guard.settle(uri);
		this.#files.remove(draft);
	}

	/** Closes what was revealed, and closes and forgets the drafts of a connection that is gone. */
	async forget(connectionId: string): Promise<void> {
		await this.#reveals.closeAll();
		for (const draft of this.#files.drafts) {
			if (draft.connectionId === connectionId) await this.discard(draft);
		}
	}

	/** Lets go of what VS Code restored from a backup after a crash: saves it, into nothing, and closes its tab. */
	async letGoRestored(): Promise<void> {
		const tabs = tabsOf(draftScheme).filter(({ uri }) => !this.#files.draftAt(uri));
		for (const { uri, tab } of tabs) {
			const document = await vscode.workspace.openTextDocument(uri);
			await document.save();
			await vscode.window.tabGroups.close(tab);
		}
	}

	provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
		if (!this.#files.draftAt(uri)?.isUnpublished) return undefined;
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
		const isNew = !this.#files.drafts.includes(draft);
		const uri = this.#files.add(draft);
		if (isNew) draft.onDidChange(() => this.#onChanged(draft, uri));
		const document = await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
		if (isNew && document.getText() === draft.text) await this.#guard.admit(document);
		return document;
	}

	#onChanged(draft: Draft, uri: vscode.Uri): void {
		this.#decorated.fire(uri);
		// Published after its tab was closed: there is nothing to keep.
		if (!draft.isUnpublished && openTabs(uri).length === 0) this.#files.remove(draft);
	}

	async #onClosed(uri: vscode.Uri): Promise<void> {
		const draft = this.#files.draftAt(uri);
		if (!draft || this.#discarded.has(draft)) return;
		// A tab can be closed before its last keys were saved: what they changed counts too.
		await this.#guard.settle(uri);
		await draft.whenSettled();
		if (draft.isUnpublished) await this.#offerReopen(draft);
		else this.#files.remove(draft);
	}

	async #offerReopen(draft: Draft): Promise<void> {
		const message = `The draft of “${draft.name}” is not published. It is kept in memory until this window closes.`;
		const button = await vscode.window.showWarningMessage(message, 'Reopen', 'Discard');
		if (this.#discarded.has(draft)) return;
		if (button === 'Reopen') await this.edit(draft);
		if (button === 'Discard') await this.discard(draft);
	}
}

/** Replaces a document's text and line ends, as one edit that can be undone. */
async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
	const edit = new vscode.WorkspaceEdit();
	edit.set(document.uri, [
		vscode.TextEdit.replace(new vscode.Range(0, 0, document.lineCount, 0), text),
		vscode.TextEdit.setEndOfLine(text.includes('\r\n') ? vscode.EndOfLine.CRLF : vscode.EndOfLine.LF),
	]);
	await vscode.workspace.applyEdit(edit);
}

function isActive(document: vscode.TextDocument): boolean {
	return vscode.window.activeTextEditor?.document === document;
}

async function openDiff(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
	await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: false });
}
