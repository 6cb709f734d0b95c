import path from 'node:path';
import type * as vscode from 'vscode';
import type { DraftSnapshot } from '../../../vault/model';
import { SealedFiles } from '../../storage/sealedFiles';
import { MissingKey } from '../../storage/storedKey';
import { LostOwnership, Ownership } from './ownership';

/**
 * The encrypted files of drafts, by the drafts' ids. Each belongs to one window, which alone writes, reads and removes it;
 * what belonged to a window that ended is free to be adopted.
 */
export class OwnedFiles implements vscode.Disposable {
	readonly #files: SealedFiles;
	readonly #ownership: Ownership;
	/** What each file was known by after this window's last write. */
	readonly #stamps = new Map<string, string>();

	constructor({ globalStorageUri, secrets }: vscode.ExtensionContext) {
		this.#files = new SealedFiles(globalStorageUri.fsPath, 'drafts', secrets);
		this.#ownership = new Ownership(
			path.join(globalStorageUri.fsPath, 'drafts'),
			() => this.#files.hasKey(),
			(id) => this.#onTaken(id),
		);
	}

	/** Makes the key where there is none yet. @throws where nothing can be encrypted */
	prepare(): Promise<void> {
		return this.#files.prepare();
	}

	/** Whether the secret storage has the key that drafts are encrypted with. */
	hasKey(): Promise<boolean> {
		return this.#files.hasKey();
	}

	/** The ids of the drafts that there are. @throws when nobody can tell */
	ids(): Promise<string[]> {
		return this.#files.names();
	}

	/** Writes a draft as it is then. @throws LostOwnership when it belongs to another window; any other error when the disk refuses it */
	async write(id: string, text: () => string): Promise<void> {
		if (!(await this.#ownership.claim(id))) throw new LostOwnership();
		this.#stamps.set(id, await this.#files.write(id, text(), () => this.#ownership.ensureOwned(id)));
	}

	/** Removes a draft, unless it belongs to another window. @throws when the disk refuses it */
	async remove(id: string): Promise<void> {
		try {
			if (!(await this.#ownership.claim(id))) return;
			await this.#files.remove(id, () => this.#ownership.ensureOwned(id));
			await this.#ownership.release(id);
		} catch (error) {
			if (error instanceof LostOwnership) return;
			throw error;
		}
		this.#stamps.delete(id);
	}

	/**
	 * Reads a draft that is this window's from now on. Undefined where another window has it, or it is gone; `unreadable`
	 * where today's key does not open it.
	 * @throws when it can't be read, or made a draft of
	 */
	async adopt<T extends object>(id: string, parse: (text: string) => T): Promise<T | 'unreadable' | undefined> {
		// What this window wrote of it before, it does not go on with.
		this.#stamps.delete(id);
		if (!(await this.#ownership.claim(id))) return undefined;
		const draft = await this.#readOrRelease(id, parse);
		if (draft) return draft;
		// Else published or discarded by its window while we looked.
		const isThere = (await this.#files.names()).includes(id);
		// Another client of this machine may have the key.
		await this.#ownership.release(id);
		return isThere ? 'unreadable' : undefined;
	}

	/** Removes a draft for good, unless today's key opens it or another window has it. */
	async removeUnreadable(id: string): Promise<void> {
		if (!(await this.#ownership.claim(id))) return;
		if ((await this.#readIfOpened(id)) === undefined)
			await this.#files.remove(id, () => this.#ownership.ensureOwned(id));
		await this.#ownership.release(id);
	}

	/** Removes what a window left that ended in the middle of writing a draft for the first time. */
	async removeUnfinished(isWriting: (id: string) => boolean): Promise<void> {
		const whole = await this.#files.names();
		const begun = [...(await this.#files.unfinished()), ...(await this.#ownership.names())];
		for (const id of new Set(begun)) {
			if (whole.includes(id) || isWriting(id) || !(await this.#ownership.claim(id))) continue;
			await this.#files.removeUnfinished(id);
			await this.#ownership.release(id);
		}
	}

	dispose(): void {
		this.#ownership.dispose();
	}

	/** Nobody else must wait for what this window can't read. */
	async #readOrRelease<T>(id: string, parse: (text: string) => T): Promise<T | undefined> {
		try {
			const text = await this.#readIfOpened(id);
			return text === undefined ? undefined : parse(text);
		} catch (error) {
			await this.#ownership.release(id);
			throw error;
		}
	}

	/** Undefined where the key is missing, or opens nothing. */
	async #readIfOpened(id: string): Promise<string | undefined> {
		try {
			return await this.#files.read(id);
		} catch (error) {
			if (error instanceof MissingKey) return undefined;
			throw error;
		}
	}

	/**
	 * A window that was cut off goes on with a draft that another one has taken over and left: what is written there is kept
	 * as a draft of its own. Without the key, nobody can, and it must not be written over.
	 */
	async #onTaken(id: string): Promise<void> {
		await this.#files.removeUnfinished(id).catch(() => undefined);
		const known = this.#stamps.get(id);
		if (known === undefined || known === ((await this.#files.stamp(id)) ?? known)) return;
		const theirs = await this.#files.read(id);
		if (theirs === undefined) return;
		const snapshot = { ...(JSON.parse(theirs) as DraftSnapshot), id: crypto.randomUUID() };
		await this.#files.write(snapshot.id, JSON.stringify(snapshot));
	}
}
