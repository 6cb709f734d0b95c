import path from 'node:path';
import type * as vscode from 'vscode';
import { Draft } from '../vault/draft';
import { Emitter } from '../vault/event';
import type { DraftSnapshot } from '../vault/model';
import { LostOwnership, Ownership } from './ownership';
import { SealedFiles } from './sealedFiles';
import { wordsOfDiskFault } from './storage/diskFaults';
import { TellableError } from './words';

const firstRetryMs = 2_000;
const longestRetryMs = 60_000;

/** What the disk refused, and when it is tried again. */
interface Refused {
	readonly again: () => Promise<void>;
	readonly timer: NodeJS.Timeout;
	readonly nextMs: number;
}

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
	readonly #files: SealedFiles;
	readonly #ownership: Ownership;
	/** The writes of each draft, one after another. */
	readonly #writing = new Map<string, Promise<void>>();
	readonly #waiting = new Set<string>();
	readonly #refused = new Map<string, Refused>();
	readonly #recovered = new Emitter<string>();
	/** Drafts whose last words are in this window's memory alone. */
	readonly #unkept = new Set<string>();
	/** What each draft's file was known by after this window's last write. */
	readonly #stamps = new Map<string, string | undefined>();
	#isDisposed = false;

	/** Fires with the id of a draft that is kept, or removed, after the disk had refused it. */
	readonly onDidRecover = this.#recovered.event;

	constructor({ globalStorageUri, secrets }: vscode.ExtensionContext) {
		this.#files = new SealedFiles(globalStorageUri.fsPath, 'drafts', secrets);
		this.#ownership = new Ownership(
			path.join(globalStorageUri.fsPath, 'drafts'),
			() => this.#files.hasKey(),
			(id) => this.#onTaken(id),
		);
	}

	/**
	 * Makes ready to keep drafts, so that the first key is on the disk without waiting for it.
	 * @throws TellableError when no draft can be kept
	 */
	async prepare(): Promise<void> {
		try {
			await this.#files.prepare();
		} catch (error) {
			const sentence = `Drafts can’t be kept: ${wordsOfDiskFault(error)}. A crash would lose what you write.`;
			throw new TellableError({ sentence });
		}
	}

	/** Whether the secret storage has the key that drafts are encrypted with. */
	hasKey(): Promise<boolean> {
		return this.#files.hasKey();
	}

	/** Removes for good the drafts that today's key does not open. */
	async discardUnreadable(): Promise<void> {
		for (const id of await this.#files.names()) {
			if (!(await this.#ownership.claim(id))) continue;
			if ((await this.#files.read(id)) === undefined)
				await this.#files.remove(id, () => this.#ownership.ensureOwned(id));
			await this.#ownership.release(id);
		}
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
			this.#stopTrying(id);
		} catch (error) {
			this.#tryLater(id, () => this.forget(draft));
			throw error;
		}
	}

	/** Whether the last words of a draft could not be kept: only this window's memory has them. */
	isRefused({ id }: Draft): boolean {
		return this.#unkept.has(id);
	}

	/** Resolves when all that was to be kept is on the disk, with the ids of the drafts that the disk refuses. */
	async flush(): Promise<ReadonlySet<string>> {
		for (const { again } of this.#refused.values()) again().catch(() => undefined);
		const writes = [...this.#writing];
		const ends = await Promise.allSettled(writes.map(([, work]) => work));
		return new Set(writes.flatMap(([id], index) => (ends[index]?.status === 'rejected' ? [id] : [])));
	}

	/**
	 * The drafts that this window owns, or that belong to no window any more and are this window's from now on; and what
	 * can't be opened, because it is damaged or the secret storage has lost its key.
	 * @param isKnown says of which drafts, by their ids, nobody wants to hear
	 */
	async adopt(isKnown: (id: string) => boolean): Promise<Adopted> {
		const drafts: Draft[] = [];
		let unreadable = 0;
		let fault: unknown;
		const ids = await this.#files.names().catch((error: unknown) => {
			fault = error;
			return [];
		});
		for (const id of ids) {
			if (isKnown(id)) continue;
			// What this window wrote of it before, it does not go on with.
			this.#stamps.delete(id);
			try {
				if (!(await this.#ownership.claim(id))) continue;
				const text = await this.#readOrRelease(id);
				if (text !== undefined) {
					drafts.push(Draft.restore(JSON.parse(text) as DraftSnapshot));
					continue;
				}
				// Else published or discarded by its window while we looked.
				if ((await this.#files.names()).includes(id)) unreadable++;
				// Another client of this machine may have the key.
				await this.#ownership.release(id);
			} catch (error) {
				fault = error;
			}
		}
		return { drafts, unreadable, ...(fault !== undefined && { fault }) };
	}

	dispose(): void {
		this.#isDisposed = true;
		for (const id of this.#refused.keys()) this.#stopTrying(id);
		this.#ownership.dispose();
		this.#recovered.dispose();
	}

	#onKept(id: string): void {
		this.#unkept.delete(id);
		if (!this.#refused.has(id)) return;
		this.#stopTrying(id);
		this.#recovered.fire(id);
	}

	#onRefused(draft: Draft, error: unknown): void {
		this.#unkept.add(draft.id);
		// Another window keeps its own words, and nothing here changes that.
		if (error instanceof TakenOver) this.#stopTrying(draft.id);
		else this.#tryLater(draft.id, () => this.keep(draft));
	}

	#tryLater(id: string, again: () => Promise<void>): void {
		const delayMs = this.#refused.get(id)?.nextMs ?? firstRetryMs;
		this.#stopTrying(id);
		if (this.#isDisposed) return;
		const timer = setTimeout(() => void again().catch(() => undefined), delayMs);
		this.#refused.set(id, { again, timer, nextMs: Math.min(2 * delayMs, longestRetryMs) });
	}

	#stopTrying(id: string): void {
		clearTimeout(this.#refused.get(id)?.timer);
		this.#refused.delete(id);
	}

	async #write(draft: Draft): Promise<void> {
		const { id, name } = draft;
		try {
			if (!(await this.#ownership.claim(id))) throw new LostOwnership();
			await this.#files.write(id, JSON.stringify(draft.snapshot()), () => this.#ownership.ensureOwned(id));
			this.#stamps.set(id, await this.#files.stamp(id));
		} catch (error) {
			if (error instanceof LostOwnership) throw new TakenOver(name);
			throw new TellableError({
				sentence: `The draft of “${name}” can’t be kept: ${wordsOfDiskFault(error)}. A crash would lose it. It is tried again by itself; until it works, publish it.`,
			});
		}
	}

	/** Nobody else must wait for what this window can't read. */
	async #readOrRelease(id: string): Promise<string | undefined> {
		try {
			return await this.#files.read(id);
		} catch (error) {
			await this.#ownership.release(id);
			throw error;
		}
	}

	/**
	 * A window that was cut off goes on with a draft that another one has taken over and left: what is written there is kept
	 * as a draft of its own.
	 */
	async #onTaken(id: string): Promise<void> {
		await this.#files.removeUnfinished(id).catch(() => undefined);
		if (!this.#stamps.has(id) || this.#stamps.get(id) === (await this.#files.stamp(id))) return;
		const theirs = await this.#files.read(id);
		if (theirs === undefined) return;
		const snapshot = { ...(JSON.parse(theirs) as DraftSnapshot), id: crypto.randomUUID() };
		await this.#files.write(snapshot.id, JSON.stringify(snapshot));
	}

	async #remove({ id, name }: Draft): Promise<void> {
		try {
			if (!(await this.#ownership.claim(id))) return;
			await this.#files.remove(id, () => this.#ownership.ensureOwned(id));
			await this.#ownership.release(id);
		} catch (error) {
			if (error instanceof LostOwnership) return;
			throw new TellableError({
				sentence: `What was kept of the draft of “${name}” can’t be removed from this machine now: ${wordsOfDiskFault(error)}. It is tried again by itself.`,
			});
		}
		this.#stamps.delete(id);
	}
}

/** Another window has the draft. */
class TakenOver extends TellableError {
	constructor(name: string) {
		super({
			sentence: `Another window has taken over the draft of “${name}”. What you type here is not kept: publish it, or copy it there.`,
		});
	}
}
