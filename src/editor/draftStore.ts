import path from 'node:path';
import type * as vscode from 'vscode';
import { Draft } from '../vault/draft';
import type { DraftSnapshot } from '../vault/model';
import { Ownership } from './ownership';
import { SealedFiles } from './sealedFiles';

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
		this.#ownership = new Ownership(folder, () => this.#files.prepare());
	}

	/** Makes ready to keep drafts, so that the first key is on the disk without waiting for it. */
	prepare(): Promise<void> {
		return this.#files.prepare();
	}

	/** Brings the kept draft up to date: writes what is not published, removes what is. @throws when the disk refuses */
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

	/** Resolves when all that was to be kept is on the disk, or the disk refused. */
	async flush(): Promise<void> {
		await Promise.allSettled(this.#writing.values());
	}

	/** The drafts that this window owns, or that belong to no window any more and are this window's from now on. */
	async adopt(): Promise<Draft[]> {
		const drafts: Draft[] = [];
		for (const id of await this.#files.names()) {
			if (!(await this.#ownership.claim(id))) continue;
			const text = await this.#files.read(id);
			if (text !== undefined) drafts.push(Draft.restore(JSON.parse(text) as DraftSnapshot));
		}
		return drafts;
	}

	dispose(): void {
		this.#ownership.dispose();
	}

	async #write(draft: Draft): Promise<void> {
		if (await this.#ownership.claim(draft.id)) await this.#files.write(draft.id, JSON.stringify(draft.snapshot()));
	}

	async #remove(id: string): Promise<void> {
		await this.#files.remove(id);
		await this.#ownership.release(id);
	}
}
