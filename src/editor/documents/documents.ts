import * as vscode from 'vscode';
import type { Connections, Privacy } from '../../commands/ports';
import type { Again, Documents, RevealedValue } from '../../commands/ports/documents';
import type { Draft } from '../../vault/drafts/draft';
import { VaultError } from '../../vault/errors';
import type { KnownObject } from '../../vault/model';
import { openDiff } from './diff';
import type { TabNames } from './tabNames';
import { DraftMessages } from '../drafts/draftMessages';
import { wordsOfOvertaken } from '../drafts/offerWords';
import { isWithdrawn } from '../drafts/withdrawal';
import type { DraftStore } from '../drafts/draftStore';
import type { IsolatedEditors } from '../isolatedEditor/isolation';
import type { ObjectPages } from '../objectPage/pages';
import type { Reveals } from './reveals';
import { settings } from '../settings';
import type { TextDrafts } from '../drafts/textDrafts';
import { plain } from '../visibleText';

/** How often it is looked whether another window left drafts, in ms. */
const lookEvery = 30_000;

/** What the documents are made of. */
interface Parts {
	readonly reveals: Reveals;
	readonly pages: ObjectPages;
	readonly text: TextDrafts;
	readonly isolated: IsolatedEditors;
	readonly store: DraftStore;
	readonly names: TabNames;
	readonly connections: Connections;
	readonly privacy: Privacy;
}

/**
 * The documents that values are revealed and edited in: VS Code's own, or the isolated ones where the connection is a
 * production one or the person wants them. Drafts are kept encrypted until they are published or discarded.
 */
export class EditorDocuments implements Documents, vscode.Disposable {
	/** The drafts in memory, by id. */
	readonly #drafts = new Map<string, Draft>();
	/** Drafts that were discarded, or put away: what still runs on one may not touch what is kept under its id. */
	readonly #gone = new WeakSet<Draft>();
	/** Ids of drafts that are removed for good: a look at the disk that began before may bring one back. */
	readonly #removed = new Set<string>();
	/** When this window last published each object, by its id. */
	readonly #publishedAt = new Map<string, Date>();
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #messages: DraftMessages;
	#looking: NodeJS.Timeout | undefined;
	readonly #subscriptions: vscode.Disposable;

	/** Fires when a draft changed, or another one is in front. */
	readonly onDidChangeDrafts = this.#changed.event;

	constructor(
		private readonly parts: Parts,
		/** Tells of a failure of what nobody waits for. */
		private readonly report: (work: Promise<unknown>) => void,
	) {
		const { text, isolated, store } = parts;
		this.#messages = new DraftMessages(store, report);
		const onClosed = (draft: Draft) => report(this.#onClosed(draft));
		const onChanged = () => this.#changed.fire();
		this.#subscriptions = vscode.Disposable.from(
			text.onDidCloseDraft(onClosed),
			isolated.onDidCloseDraft(onClosed),
			isolated.onDidChangeActive(onChanged),
			vscode.window.onDidChangeActiveTextEditor(onChanged),
			store.onDidRecover((id) => this.#onRecovered(id)),
			this.#changed,
			{ dispose: () => clearInterval(this.#looking) },
		);
	}

	/** True while a draft is in memory, also one of a connection that was signed out of. */
	get hasDrafts(): boolean {
		return this.#drafts.size > 0;
	}

	async reveal(value: RevealedValue): Promise<void> {
		this.#ensureShowable();
		const { reveals, isolated } = this.parts;
		await (this.#isIsolated() ? isolated : reveals).show(value);
	}

	async revealInIsolation(value: RevealedValue): Promise<void> {
		this.#ensureShowable();
		await this.parts.isolated.show(value);
	}

	async compare(left: RevealedValue, right: RevealedValue): Promise<void> {
		this.#ensureShowable();
		const { reveals, isolated, names } = this.parts;
		if (this.#isIsolated()) return isolated.compare(left, right);
		// Opened first: a document's language says which settings it has.
		const documents = await Promise.all([reveals.open(left), reveals.open(right)]);
		await openDiff(documents, [left, right], (title) => names.nameFor(title, 'value'));
		await reveals.closeHidden(left.again);
	}

	hideAll(): void {
		this.parts.reveals.hideAll();
		this.parts.isolated.hideAll();
		this.parts.pages.hideAll();
	}

	againFor(address: string | undefined): Again | undefined {
		const { reveals, isolated } = this.parts;
		const given = address === undefined ? undefined : reveals.againAt(vscode.Uri.parse(address, true));
		const active = vscode.window.activeTextEditor?.document.uri;
		return given ?? isolated.again() ?? (active && reveals.againAt(active));
	}

	async edit(draft: Draft): Promise<boolean> {
		this.#hold(draft);
		this.#ensureShowable();
		return this.#editorOf(draft).edit(draft);
	}

	async compareWithDraft(theirs: RevealedValue, draft: Draft): Promise<void> {
		this.#hold(draft);
		this.#ensureShowable();
		const { reveals, isolated, text, names } = this.parts;
		if (this.#editorOf(draft) === isolated) return isolated.compareWithDraft(theirs, draft);
		await text.show(draft, async (document) => {
			const left = await reveals.open(theirs, document.uri);
			const mine = { title: 'your draft', value: draft.text };
			await openDiff([left, document], [theirs, mine], (title) => names.nameFor(title, 'value', draft));
		});
		await reveals.closeHidden(theirs.again);
	}

	/** The draft in front, for telling about it. */
	shownDraft(): Draft | undefined {
		return this.parts.isolated.shownDraft() ?? this.parts.text.activeDraft();
	}

	activeDraft(): Draft | undefined {
		return this.parts.isolated.activeDraft() ?? this.parts.text.activeDraft();
	}

	isKept(draft: Draft): boolean {
		return !this.parts.store.isRefused(draft);
	}

	holds(draft: Draft): boolean {
		return this.#drafts.has(draft.id);
	}

	isGone(draft: Draft): boolean {
		return this.#gone.has(draft);
	}

	async draftOf(objectId: string): Promise<Draft | undefined> {
		await this.#adopt();
		return [...this.#drafts.values()].find((draft) => draft.objectId === objectId);
	}

	async unpublished(): Promise<readonly Draft[]> {
		await this.#adopt();
		return [...this.#drafts.values()].filter(({ isUnpublished }) => isUnpublished);
	}

	takeInPublished({ id, updatedAt }: KnownObject): void {
		this.#publishedAt.set(id, updatedAt);
	}

	/** When this window last published an object. */
	publishedAt(objectId: string): Date | undefined {
		return this.#publishedAt.get(objectId);
	}

	async replaceText(draft: Draft, text: string): Promise<void> {
		this.#hold(draft);
		this.#ensureShowable();
		await this.#editorOf(draft).replaceText(draft, text);
	}

	async close(draft: Draft): Promise<boolean> {
		const { text, isolated } = this.parts;
		isolated.close(draft);
		await text.close(draft);
		// The last keys may have come with the closing.
		if (draft.isUnpublished && !this.#gone.has(draft)) return false;
		this.#removed.add(draft.id);
		this.#drafts.delete(draft.id);
		await this.parts.store.forget(draft).finally(() => this.#changed.fire());
		return true;
	}

	async discard(draft: Draft): Promise<void> {
		this.#gone.add(draft);
		await this.close(draft);
	}

	/**
	 * Closes everything that shows a value, or what does of one connection. Drafts leave memory; what is not published of
	 * them stays kept, encrypted.
	 */
	async withdraw(connectionId?: string): Promise<void> {
		const { reveals, text, isolated, pages, store } = this.parts;
		isolated.closeAll(connectionId);
		pages.hideAll();
		await Promise.all([reveals.closeAll(connectionId), text.closeAll(connectionId)]);
		const failed = await store.flush();
		for (const [id, draft] of this.#drafts) {
			// Memory is the only place that has it.
			if (failed.has(id) || !isWithdrawn(draft, connectionId)) continue;
			this.#gone.add(draft);
			this.#drafts.delete(id);
		}
		this.#changed.fire();
	}

	/** Offers to go on with drafts that no editor shows, and later with those of windows that end. */
	async offerKept(): Promise<void> {
		this.#looking ??= setInterval(() => this.report(this.#offerLeft()), lookEvery);
		const drafts = (await this.unpublished()).filter((draft) => !this.#editorOf(draft).isOpen(draft));
		if (drafts.length > 0) await this.#offer(drafts);
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	#ensureShowable(): void {
		if (this.parts.privacy.isLocked) throw new VaultError('locked');
		if (this.parts.privacy.isPresenting) throw new VaultError('presenting');
	}

	#editorOf(draft: Draft): TextDrafts | IsolatedEditors {
		const { text, isolated } = this.parts;
		if (text.isOpen(draft)) return text;
		return isolated.isOpen(draft) || this.#isIsolated(draft) ? isolated : text;
	}

	/** Whether a draft, or a value of the connection in use, is for the isolated editor. In doubt it is. */
	#isIsolated(draft?: Draft): boolean {
		// VS Code takes a document with a NUL for a binary one and refuses to open it.
		if (settings.editor() === 'isolated' || draft?.text.includes('\0')) return true;
		const { session } = this.parts.connections;
		if (!draft) return session?.connection.isProduction ?? true;
		const connection = this.parts.connections.list().find(({ id }) => id === draft.connectionId);
		return connection?.isProduction ?? true;
	}

	#hold(draft: Draft): void {
		if (this.#drafts.has(draft.id)) return;
		this.#drafts.set(draft.id, draft);
		this.#removed.delete(draft.id);
		let last: Promise<void> | undefined;
		const keep = () => {
			// Told once, however many keys are pressed until it works.
			const isTold = this.parts.store.isRefused(draft);
			const kept = this.parts.store.keep(draft);
			if (!isTold && kept !== last) this.report(kept);
			last = kept;
		};
		if (draft.isUnpublished) keep();
		else this.report(this.parts.store.prepare());
		draft.onDidChange(() => {
			this.#changed.fire();
			if (this.#gone.has(draft)) return;
			// Published after its tab was closed: there is nothing to keep.
			if (!draft.isUnpublished && !this.#editorOf(draft).isOpen(draft)) this.report(this.#drop(draft));
			else keep();
		});
	}

	/** Closes a draft's editor and removes what is kept of it; one that has unpublished text after all is offered. */
	async #drop(draft: Draft): Promise<void> {
		if (!(await this.close(draft))) await this.#offer([draft]);
	}

	/** Takes in the drafts that no window owns, and answers which were not in memory. */
	async #adopt(): Promise<readonly Draft[]> {
		if (this.parts.privacy.isLocked) return [];
		const isKnown = (id: string) => this.#drafts.has(id) || this.#removed.has(id);
		const adopted = await this.parts.store.adopt(isKnown);
		// Locked meanwhile: they stay encrypted, and this window's.
		if (this.parts.privacy.isLocked) return [];
		this.#messages.tell(adopted);
		// What was discarded while the disk was read stays so.
		const drafts = adopted.drafts.filter(({ id }) => !isKnown(id));
		for (const draft of drafts) this.#hold(draft);
		return drafts;
	}

	#onRecovered(id: string): void {
		const draft = this.#drafts.get(id);
		if (!draft?.isUnpublished) return;
		// Memory is not the only place any more that has it.
		if (this.parts.privacy.isLocked) this.report(this.withdraw());
		else if (!this.parts.privacy.isPresenting) {
			void vscode.window.showInformationMessage(`The draft of ${plain(`“${draft.name}”`)} is kept again.`);
		}
	}

	/** Offers what a window left that ended after this one was opened. */
	async #offerLeft(): Promise<void> {
		if (this.parts.privacy.isPresenting) return;
		const drafts = await this.#adopt();
		if (drafts.length > 0) await this.#offer(drafts);
	}

	async #onClosed(draft: Draft): Promise<void> {
		await draft.whenSettled();
		if (this.#gone.has(draft) || this.#editorOf(draft).isOpen(draft)) return;
		if (draft.isUnpublished) await this.#offer([draft]);
		else await this.#drop(draft);
	}

	async #offer(drafts: readonly Draft[]): Promise<void> {
		// What began before a lock or a presentation says no name after it.
		if (this.parts.privacy.isLocked || this.parts.privacy.isPresenting) return;
		const message = this.#messages.describe(drafts);
		const all = drafts.length === 1 ? '' : ' All';
		const [reopen, discard] = [`Reopen${all}`, `Discard${all}`];
		const button = await vscode.window.showWarningMessage(message, reopen, discard);
		if (button === undefined) return;
		this.#ensureShowable();
		await this.#adopt();
		// VS Code can't take a message back: what it offers is looked at again.
		const settled: string[] = [];
		const open: string[] = [];
		for (const { id, name } of drafts) {
			const draft = this.#drafts.get(id);
			if (!draft?.isUnpublished) settled.push(name);
			else if (button === reopen) await this.edit(draft);
			else if (this.#editorOf(draft).isOpen(draft)) open.push(name);
			else await this.discard(draft);
		}
		const overtaken = wordsOfOvertaken({ settled, open });
		if (overtaken !== undefined) void vscode.window.showInformationMessage(overtaken);
	}
}
