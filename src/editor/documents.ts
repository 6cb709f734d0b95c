import * as vscode from 'vscode';
import type { Documents, RevealedValue } from '../commands/ports';
import type { Draft } from '../vault/draft';
import { draftScheme } from './addresses';
import { DraftFiles } from './draftFiles';
import { Guard } from './guard';
import { Reveals } from './reveals';
import { closedAddresses, openTabs } from './tabs';
import { TellableError } from './words';

/** The virtual documents that values are revealed and edited in. */
export class EditorDocuments implements Documents, vscode.FileDecorationProvider, vscode.Disposable {
	readonly #reveals = new Reveals();
	readonly #files = new DraftFiles();
	readonly #guard = new Guard(this.#files);
	readonly #discarded = new WeakSet<Draft>();
	readonly #decorated = new vscode.EventEmitter<vscode.Uri>();
	readonly #saveAsked = new vscode.EventEmitter<void>();
	readonly #subscriptions: vscode.Disposable;

	readonly onDidChangeFileDecorations = this.#decorated.event;
	/** Fires when a person saves a draft by menu or key: that is a publish. */
	readonly onDidAskToPublish = this.#saveAsked.event;

	constructor() {
		const isCaseSensitive = true;
		this.#subscriptions = vscode.Disposable.from(
			this.#reveals,
			this.#guard,
			vscode.workspace.registerFileSystemProvider(draftScheme, this.#files, { isCaseSensitive }),
			vscode.window.registerFileDecorationProvider(this),
			vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
				if (reason !== vscode.TextDocumentSaveReason.Manual || this.#guard.isSaving(document.uri)) return;
				if (this.#files.draftAt(document.uri)) this.#saveAsked.fire();
			}),
			closedAddresses(draftScheme, (uri) => void this.#onClosed(uri)),
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

	async edit(draft: Draft): Promise<void> {
		const document = await this.#open(draft);
		await vscode.window.showTextDocument(document, { preview: false });
	}

	async compareWithDraft(theirs: RevealedValue, draft: Draft): Promise<void> {
		const document = await this.#open(draft);
		await openDiff(this.#reveals.address(theirs), document.uri, `${theirs.title} ↔ your draft`);
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
		if (isNew) draft.onDidChange(() => this.#decorated.fire(uri));
		const document = await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
		if (isNew && document.getText() === draft.text) await this.#guard.admit(document);
		else if (isNew) void this.#tellInexact(draft);
		return document;
	}

	async #tellInexact(draft: Draft): Promise<void> {
		const sentence = `The editor can’t hold the value of “${draft.name}” exactly (mixed line ends, a byte order mark, or characters that are not text), so it opened read-only.`;
		const button = await vscode.window.showWarningMessage(sentence, 'Replace Value…');
		if (button) await vscode.commands.executeCommand('workosVault.replaceValue');
	}

	async #onClosed(uri: vscode.Uri): Promise<void> {
		const draft = this.#files.draftAt(uri);
		if (!draft || this.#discarded.has(draft)) return;
		// A tab can be closed before its last keys were saved: what they changed counts too.
		await this.#guard.settle(uri);
		if (draft.isUnpublished) await this.#offerReopen(draft);
		else this.#files.remove(draft);
	}

	async #offerReopen(draft: Draft): Promise<void> {
		const message = `The draft of “${draft.name}” is not published. It is kept in memory until this window closes.`;
		const button = await vscode.window.showWarningMessage(message, 'Reopen', 'Discard');
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

async function openDiff(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
	await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: false });
}
