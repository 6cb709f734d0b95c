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

/** A draft that the disk refused, and when it is tried again. */
interface Refused {
	readonly draft: Draft;
	readonly timer: NodeJS.Timeout;
	readonly nextMs: number;
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
	readonly #recovered = new Emitter<void>();

	/** Fires when a draft is kept that the disk had refused. */
	readonly onDidRecover = this.#recovered.event;

	constructor({ globalStorageUri, secrets }: vscode.ExtensionContext) {
		this.#files = new SealedFiles(globalStorageUri.fsPath, 'drafts', secrets);
		this.#ownership = new Ownership(
			path.join(globalStorageUri.fsPath, 'drafts'),
			() => this.#files.askForKey(),
			(id) => this.#files.removeUnfinished(id).catch(() => undefined),
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
			const sentence = `What you write can’t be kept on this machine, so a crash would lose it: ${wordsOfDiskFault(error)}.`;
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
				return draft.isUnpublished ? this.#write(draft) : this.#remove(id);
			});
		this.#writing.set(id, work);
		work.then(
			() => this.#onKept(id),
			(error: unknown) => this.#onRefused(draft, error),
		);
		return work;
	}

	/** Removes a draft for good, after what is being written of it. */
	async forget({ id }: Draft): Promise<void> {
		await this.#writing.get(id)?.catch(() => undefined);
		this.#writing.delete(id);
		this.#stopTrying(id);
		await this.#remove(id);
	}

	/** Resolves when all that was to be kept is on the disk, with the ids of the drafts that the disk refuses. */
	async flush(): Promise<ReadonlySet<string>> {
		for (const { draft } of this.#refused.values()) this.keep(draft).catch(() => undefined);
		const writes = [...this.#writing];
		const ends = await Promise.allSettled(writes.map(([, work]) => work));
		return new Set(writes.flatMap(([id], index) => (ends[index]?.status === 'rejected' ? [id] : [])));
	}

	/**
	 * The drafts that this window owns, or that belong to no window any more and are this window's from now on; and how
	 * many can't be opened, because they are damaged or the secret storage has lost their key.
	 * @param isKnown says of which drafts, by their ids, nobody wants to hear
	 */
	async adopt(isKnown: (id: string) => boolean): Promise<{ readonly drafts: Draft[]; readonly unreadable: number }> {
		const drafts: Draft[] = [];
		let unreadable = 0;
		// A folder that can't be read may hold any number.
		const ids = await this.#files.names().catch(() => undefined);
		if (!ids) unreadable++;
		for (const id of ids ?? []) {
			if (isKnown(id)) continue;
			try {
				if (!(await this.#ownership.claim(id))) continue;
				const text = await this.#files.read(id);
				if (text !== undefined) {
					drafts.push(Draft.restore(JSON.parse(text) as DraftSnapshot));
					continue;
				}
				// Else published or discarded by its window while we looked.
				if ((await this.#files.names()).includes(id)) unreadable++;
				// Another client of this machine may have the key.
				await this.#ownership.release(id);
			} catch {
				unreadable++;
			}
		}
		return { drafts, unreadable };
	}

	dispose(): void {
		for (const id of this.#refused.keys()) this.#stopTrying(id);
		this.#ownership.dispose();
		this.#recovered.dispose();
	}

	#onKept(id: string): void {
		if (!this.#refused.has(id)) return;
		this.#stopTrying(id);
		this.#recovered.fire();
	}

	#onRefused(draft: Draft, error: unknown): void {
		const delayMs = this.#refused.get(draft.id)?.nextMs ?? firstRetryMs;
		this.#stopTrying(draft.id);
		// Another window keeps its own words, and nothing here changes that.
		if (error instanceof TakenOver) return;
		const timer = setTimeout(() => void this.keep(draft).catch(() => undefined), delayMs);
		this.#refused.set(draft.id, { draft, timer, nextMs: Math.min(2 * delayMs, longestRetryMs) });
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
		} catch (error) {
			if (error instanceof LostOwnership) throw new TakenOver(name);
			throw new TellableError({
				sentence: `What you write for “${name}” can’t be kept on this machine, so a crash would lose it: ${wordsOfDiskFault(error)}. It is tried again by itself. Until it works, publish it.`,
			});
		}
	}

	async #remove(id: string): Promise<void> {
		try {
			if (!(await this.#ownership.claim(id))) return;
			await this.#files.remove(id, () => this.#ownership.ensureOwned(id));
			await this.#ownership.release(id);
		} catch (error) {
			if (!(error instanceof LostOwnership)) throw error;
		}
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
