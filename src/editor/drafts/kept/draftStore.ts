import type * as vscode from 'vscode';
import type { Draft } from '../../../vault/drafts/draft';
import { Emitter } from '../../../vault/event';
import { draftOf } from './keptDraft';
import { cannotKeep, notKept, notRemoved, TakenOver } from './refusals';
import { Retries } from './retries';
import { OwnedFiles } from './ownedFiles';
import { LostOwnership } from './ownership';

/** What `adopt` found: `unreadable` drafts can't be opened; `fault` is why some could not be looked at now. */
export interface Adopted {
	readonly drafts: readonly Draft[];
	readonly unreadable: number;
	readonly fault?: unknown;
}

/**
 * Drafts that are not published, encrypted in the extension's storage from the first key on, so that neither a closed
 * tab nor a reload nor a crash loses one. A draft belongs to one window; what an ended window left is free to take over.
 */
export class DraftStore implements vscode.Disposable {
	readonly #files: OwnedFiles;
	/** The writes of each draft, one after another. */
	readonly #writing = new Map<string, Promise<void>>();
	readonly #waiting = new Set<string>();
	/** What the disk refused. */
	readonly #refused = new Retries();
	readonly #recovered = new Emitter<string>();
	/** Drafts whose last words are in this window's memory alone. */
	readonly #unkept = new Set<string>();
	/** What the last look could not open. */
	#unreadable: readonly string[] = [];

	/** Fires with the id of a draft that is kept, or removed, after the disk had refused it. */
	readonly onDidRecover = this.#recovered.event;

	constructor(context: vscode.ExtensionContext) {
		this.#files = new OwnedFiles(context);
	}

	/**
	 * Makes ready to keep drafts, so that the first key is on the disk without waiting for it.
	 * @throws TellableError when no draft can be kept
	 */
	async prepare(): Promise<void> {
		try {
			await this.#files.prepare();
		} catch (error) {
			throw cannotKeep(error);
		}
	}

	/** Whether the secret storage has the key that drafts are encrypted with. */
	hasKey(): Promise<boolean> {
		return this.#files.hasKey();
	}

	/** Removes for good the drafts that the last look could not open, and that today's key still does not open. */
	async discardUnreadable(): Promise<void> {
		for (const id of this.#unreadable) await this.#files.removeUnreadable(id);
	}

	/**
	 * Brings the kept draft up to date: writes what is not published, removes what is. What the disk refuses is tried again
	 * until it takes it.
	 * @throws TellableError when it can't be kept
	 */
	keep(draft: Draft): Promise<void> {
		const { id } = draft;
		const before = this.#writing.get(id) ?? Promise.resolve();
		// A write that has not begun takes in what changes until then.
		if (this.#waiting.has(id)) return before;
		this.#waiting.add(id);
		const work = before
			.catch(() => undefined)
			.then(() => {
				this.#waiting.delete(id);
				return draft.isUnpublished ? this.#write(draft) : this.#remove(draft);
			});
		this.#writing.set(id, work);
		work.then(
			() => this.#onKept(id),
			(error: unknown) => this.#onRefused(draft, error),
		);
		return work;
	}

	/**
	 * Removes a draft for good, after what is being written of it. What the disk refuses is tried again until it is gone.
	 * @throws TellableError when it can't be removed now
	 */
	async forget(draft: Draft): Promise<void> {
		const { id } = draft;
		await this.#writing.get(id)?.catch(() => undefined);
		this.#writing.delete(id);
		this.#unkept.delete(id);
		try {
			await this.#remove(draft);
			this.#refused.end(id);
		} catch (error) {
			this.#refused.add(id, () => this.forget(draft));
			throw error;
		}
	}

	/** Whether the last words of a draft could not be kept: only this window's memory has them. */
	isRefused({ id }: Draft): boolean {
		return this.#unkept.has(id);
	}

	/** Resolves when all that was to be kept is on the disk, with the ids of the drafts that the disk refuses. */
	async flush(): Promise<ReadonlySet<string>> {
		const again = this.#refused.flush();
		const writes = [...this.#writing];
		const ends = await Promise.allSettled(writes.map(([, work]) => work));
		await again;
		return new Set(writes.flatMap(([id], index) => (ends[index]?.status === 'rejected' ? [id] : [])));
	}

	/**
	 * The drafts that this window owns, or that belong to no window any more and are this window's from now on; and what
	 * can't be opened, because it is damaged or the secret storage has lost its key.
	 * @param isKnown says of which drafts, by their ids, nobody wants to hear
	 */
	async adopt(isKnown: (id: string) => boolean): Promise<Adopted> {
		const drafts: Draft[] = [];
		const unreadable: string[] = [];
		let fault: unknown;
		const ids = await this.#files.ids().catch((error: unknown) => {
			fault = error;
			return [];
		});
		for (const id of ids) {
			if (isKnown(id)) continue;
			try {
				const draft = await this.#files.adopt(id, draftOf);
				if (draft === 'unreadable') unreadable.push(id);
				else if (draft) drafts.push(draft);
			} catch (error) {
				fault = error;
			}
		}
		this.#unreadable = unreadable;
		await this.#files.removeUnfinished((id) => this.#writing.has(id)).catch(() => undefined);
		return { drafts, unreadable: unreadable.length, ...(fault !== undefined && { fault }) };
	}

	dispose(): void {
		this.#refused.dispose();
		this.#files.dispose();
		this.#recovered.dispose();
	}

	#onKept(id: string): void {
		this.#unkept.delete(id);
		if (!this.#refused.has(id)) return;
		this.#refused.end(id);
		this.#recovered.fire(id);
	}

	#onRefused(draft: Draft, error: unknown): void {
		this.#unkept.add(draft.id);
		// Another window keeps its own words, and nothing here changes that.
		if (error instanceof TakenOver) this.#refused.end(draft.id);
		else this.#refused.add(draft.id, () => this.keep(draft));
	}

	async #write(draft: Draft): Promise<void> {
		const { id, name } = draft;
		try {
			await this.#files.write(id, () => JSON.stringify(draft.snapshot()));
		} catch (error) {
			if (error instanceof LostOwnership) throw new TakenOver(name);
			throw notKept(name, error);
		}
	}

	async #remove({ id, name }: Draft): Promise<void> {
		try {
			await this.#files.remove(id);
		} catch (error) {
			throw notRemoved(name, error);
		}
	}
}
