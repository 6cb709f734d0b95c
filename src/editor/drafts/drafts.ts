import * as vscode from 'vscode';
import { ensureShowable } from '../../commands/access/privacy';
import type { Connections, Privacy } from '../../commands/ports';
import type { Drafts } from '../../commands/ports/drafts';
import type { Draft } from '../../vault/drafts/draft';
import type { KnownObject } from '../../vault/model';
import { AdoptionWarnings } from './kept/adoptionWarnings';
import type { DraftStore } from './kept/draftStore';
import type { IsolatedEditors } from '../isolatedEditor/isolation';
import { isDraftIsolated } from '../isolatedEditor/whichEditor';
import type { TextDrafts } from './textDrafts';
import { plain } from '../visibleText';
import { isWithdrawn } from './withdrawal';

/** Where drafts are edited and kept. */
interface Parts {
	readonly text: TextDrafts;
	readonly isolated: IsolatedEditors;
	readonly store: DraftStore;
	readonly connections: Connections;
	readonly privacy: Privacy;
}

/**
 * The drafts that this window has in memory. What is not published of them is kept encrypted, from the first key on; what
 * other windows left is adopted.
 */
export class EditorDrafts implements Drafts, vscode.Disposable {
	/** The drafts in memory, by id. */
	readonly #drafts = new Map<string, Draft>();
	/** Drafts that were discarded, or put away: what still runs on one may not touch what is kept under its id. */
	readonly #gone = new WeakSet<Draft>();
	/** Ids of drafts that are removed for good: a look at the disk that began before may bring one back. */
	readonly #removed = new Set<string>();
	/** When this window last published each object, by its id. */
	readonly #publishedAt = new Map<string, Date>();
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #closedUnpublished = new vscode.EventEmitter<Draft>();
	readonly #warnings: AdoptionWarnings;
	readonly #subscriptions: vscode.Disposable;

	/** Fires when a draft changed, or another one is in front. */
	readonly onDidChangeDrafts = this.#changed.event;
	/** Fires with a draft whose editor is closed while it holds what is not published. */
	readonly onDidCloseUnpublished = this.#closedUnpublished.event;

	constructor(
		private readonly parts: Parts,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		private readonly inBackground: (work: Promise<unknown>) => void,
	) {
		const { text, isolated, store } = parts;
		this.#warnings = new AdoptionWarnings(store, inBackground);
		const onClosed = (draft: Draft) => inBackground(this.#onClosed(draft));
		const onChanged = () => this.#changed.fire();
		this.#subscriptions = vscode.Disposable.from(
			text.onDidCloseDraft(onClosed),
			isolated.onDidCloseDraft(onClosed),
			isolated.onDidChangeActive(onChanged),
			vscode.window.onDidChangeActiveTextEditor(onChanged),
			store.onDidRecover((id) => this.#onRecovered(id)),
			this.#changed,
			this.#closedUnpublished,
		);
	}

	/** True while a draft is in memory, also one of a connection that was signed out of. */
	get hasAny(): boolean {
		return this.#drafts.size > 0;
	}

	get active(): Draft | undefined {
		return this.parts.isolated.activeDraft ?? this.parts.text.activeDraft;
	}

	get inFront(): Draft | undefined {
		return this.parts.text.draftInFront;
	}

	catchUp(draft: Draft): void {
		this.editorOf(draft).catchUp(draft);
	}

	/** The draft in memory that has this id. */
	withId(id: string): Draft | undefined {
		return this.#drafts.get(id);
	}

	/** The editor that a draft is open in, or else the one that it is for. */
	editorOf(draft: Draft): TextDrafts | IsolatedEditors {
		const { text, isolated, connections } = this.parts;
		if (text.isOpen(draft)) return text;
		return isolated.isOpen(draft) || isDraftIsolated(draft, connections) ? isolated : text;
	}

	isOpen(draft: Draft): boolean {
		return this.parts.text.isOpen(draft) || this.parts.isolated.isOpen(draft);
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
		await this.adopt();
		return [...this.#drafts.values()].find((draft) => draft.objectId === objectId);
	}

	async unpublished(): Promise<readonly Draft[]> {
		await this.adopt();
		return [...this.#drafts.values()].filter(({ isUnpublished }) => isUnpublished);
	}

	rememberPublished({ id, updatedAt }: KnownObject): void {
		this.#publishedAt.set(id, updatedAt);
	}

	/** When this window last published an object. */
	publishedAt(objectId: string): Date | undefined {
		return this.#publishedAt.get(objectId);
	}

	async edit(draft: Draft): Promise<boolean> {
		this.hold(draft);
		ensureShowable(this.parts);
		return this.editorOf(draft).edit(draft);
	}

	async replaceText(draft: Draft, text: string): Promise<void> {
		this.hold(draft);
		ensureShowable(this.parts);
		await this.editorOf(draft).replaceText(draft, text);
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
	 * Closes the editors of all drafts, or of those of one connection. The drafts leave memory; what is not published of
	 * them stays kept, encrypted.
	 */
	async withdraw(connectionId?: string): Promise<void> {
		const { text, isolated, store } = this.parts;
		const withdrawn = [...this.#drafts.values()].filter((draft) => isWithdrawn(draft, connectionId));
		for (const draft of withdrawn) isolated.close(draft);
		for (const draft of withdrawn) await text.close(draft);
		const failed = await store.flush();
		for (const [id, draft] of this.#drafts) {
			// Memory is the only place that has it.
			if (failed.has(id) || !isWithdrawn(draft, connectionId)) continue;
			this.#gone.add(draft);
			this.#drafts.delete(id);
		}
		this.#changed.fire();
	}

	/** Holds a draft in memory, and keeps what is written into it. */
	hold(draft: Draft): void {
		if (this.#drafts.has(draft.id)) return;
		this.#drafts.set(draft.id, draft);
		this.#removed.delete(draft.id);
		let last: Promise<void> | undefined;
		const keep = () => {
			// Shown once, however many keys are pressed until it works.
			const wasRefused = this.parts.store.isRefused(draft);
			const kept = this.parts.store.keep(draft);
			if (!wasRefused && kept !== last) this.inBackground(kept);
			last = kept;
		};
		if (draft.isUnpublished) keep();
		else this.inBackground(this.parts.store.prepare());
		draft.onDidChange(() => {
			this.#changed.fire();
			if (this.#gone.has(draft)) return;
			// Published after its tab was closed: there is nothing to keep.
			if (!draft.isUnpublished && !this.isOpen(draft)) this.inBackground(this.#drop(draft));
			else keep();
		});
	}

	/** Adopts the drafts that no window owns. Returns those that were not in memory before. */
	async adopt(): Promise<readonly Draft[]> {
		if (this.parts.privacy.isLocked) return [];
		const isKnown = (id: string) => this.#drafts.has(id) || this.#removed.has(id);
		const adopted = await this.parts.store.adopt(isKnown);
		// Locked meanwhile: they stay encrypted, and this window's.
		if (this.parts.privacy.isLocked) return [];
		this.#warnings.show(adopted);
		// What was discarded while the disk was read stays so.
		const drafts = adopted.drafts.filter(({ id }) => !isKnown(id));
		for (const draft of drafts) this.hold(draft);
		return drafts;
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	/** Closes a draft's editor and removes what is kept of it, unless it has unpublished text after all. */
	async #drop(draft: Draft): Promise<void> {
		if (!(await this.close(draft))) this.#closedUnpublished.fire(draft);
	}

	#onRecovered(id: string): void {
		const draft = this.#drafts.get(id);
		if (!draft?.isUnpublished) return;
		// Memory is not the only place any more that has it.
		if (this.parts.privacy.isLocked) this.inBackground(this.withdraw());
		else if (!this.parts.privacy.isPresenting) {
			void vscode.window.showInformationMessage(`The draft of ${plain(`“${draft.name}”`)} is kept again.`);
		}
	}

	async #onClosed(draft: Draft): Promise<void> {
		await draft.whenSettled();
		if (this.#gone.has(draft) || this.isOpen(draft)) return;
		if (draft.isUnpublished) this.#closedUnpublished.fire(draft);
		else await this.#drop(draft);
	}
}
