import path from 'node:path';
import type * as vscode from 'vscode';
import { Draft } from '../vault/draft';
import type { DraftSnapshot } from '../vault/model';
import { Ownership } from './ownership';
import { SealedFiles } from './sealedFiles';
import { TellableError } from './words';

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

	constructor({ globalStorageUri, secrets }: vscode.ExtensionContext) {
		const folder = path.join(globalStorageUri.fsPath, 'drafts');
		this.#files = new SealedFiles(folder, secrets);
		this.#ownership = new Ownership(folder, () => this.#files.askForKey());
	}

	/** Makes ready to keep drafts, so that the first key is on the disk without waiting for it. */
	prepare(): Promise<void> {
		return this.#files.prepare();
	}

	/**
	 * Brings the kept draft up to date: writes what is not published, removes what is.
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
		return work;
	}

	/** Removes a draft for good, after what is being written of it. */
	async forget({ id }: Draft): Promise<void> {
		await this.#writing.get(id)?.catch(() => undefined);
		this.#writing.delete(id);
		await this.#remove(id);
	}

	/** Resolves when all that was to be kept is on the disk, with the ids of the drafts that the disk refused. */
	async flush(): Promise<ReadonlySet<string>> {
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
		for (const id of await this.#files.names()) {
			if (isKnown(id) || !(await this.#ownership.claim(id))) continue;
			const text = await this.#files.read(id);
			if (text !== undefined) drafts.push(Draft.restore(JSON.parse(text) as DraftSnapshot));
			else if ((await this.#files.names()).includes(id)) unreadable++;
			// Published or discarded by its window while we looked.
			else await this.#ownership.release(id);
		}
		return { drafts, unreadable };
	}

	dispose(): void {
		this.#ownership.dispose();
	}

	async #write(draft: Draft): Promise<void> {
		const { id, name } = draft;
		let isOwner: boolean;
		try {
			isOwner = await this.#ownership.claim(id);
			if (isOwner) await this.#files.write(id, JSON.stringify(draft.snapshot()));
		} catch {
			throw new TellableError({
				sentence: `What you write for “${name}” can’t be kept on this machine, so a crash would lose it. Publish it, or make room on the disk.`,
			});
		}
		if (isOwner) return;
		throw new TellableError({
			sentence: `Another window has taken over the draft of “${name}”. What you type here is not kept: publish it, or copy it there.`,
		});
	}

	async #remove(id: string): Promise<void> {
		if (!(await this.#ownership.claim(id))) return;
		await this.#files.remove(id);
		await this.#ownership.release(id);
	}
}
