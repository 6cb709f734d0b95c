import { watch, type FSWatcher } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Emitter, type Disposable } from '../../vault/event';
import { DamagedFile, JsonFile, type JsonFileOptions } from './jsonFile';

/** What all windows share about one thing, in a JSON file of the extension's own storage that every window watches. No secret is in it. */
export class SharedFile<T extends object> implements Disposable {
	readonly #changed = new Emitter<T>();
	readonly #file: JsonFile<T>;
	#watcher: FSWatcher | undefined;
	#content: T;
	#updating: Promise<unknown> = Promise.resolve();
	#isDisposed = false;

	/** Fires with the former content when another window changed it, before a change of this window's that comes after it. */
	readonly onDidChange = this.#changed.event;

	/** @param empty what is shared while there is no file; a file with fewer fields gets the others from here */
	constructor(
		private readonly folder: string,
		private readonly name: string,
		empty: T,
		options?: JsonFileOptions<T>,
	) {
		this.#file = new JsonFile(folder, name, empty, options);
		this.#content = empty;
	}

	get content(): T {
		return this.#content;
	}

	/**
	 * Starts watching the file, and reads it. Where the system has no watch left, `reload` has to do.
	 * @throws when it is there and can't be read
	 */
	async open(): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		// What changes between a look and a watch would never be seen.
		try {
			this.#watcher = watch(this.folder, (_event, file) => {
				if (file === null || file === this.name) void this.reload().catch(() => undefined);
			});
			this.#watcher.on('error', () => this.#watcher?.close());
		} catch {
			// See above.
		}
		await this.#inTurn(async () => this.#accept(await this.#file.read()));
	}

	/**
	 * Changes the content, from what is on the disk now; one change at a time, in all windows.
	 * @param insteadOfDamaged what is changed where the file is damaged
	 * @throws when it can't be read or written
	 */
	update(change: (content: T) => T, insteadOfDamaged?: T): Promise<void> {
		return this.#inTurn(async () => {
			let theirs = this.#content;
			const content = await this.#file.update((found) => change((theirs = found)), insteadOfDamaged);
			this.#accept(theirs);
			this.#content = content;
		});
	}

	/** Whether a damaged file is kept beside this one. @throws when nobody can tell */
	hasDamaged(): Promise<boolean> {
		return this.#file.hasDamaged();
	}

	/**
	 * Looks whether another window changed the content. A file that was there and is missing, or is older or damaged by now,
	 * is put back, unless this window had ended before it was seen: others have it, or a person wanted it so.
	 * @throws when it can't be read, or put back: what can't be read is taken for unchanged
	 */
	reload(): Promise<void> {
		// In turn with our own changes: what was read before one of them is out of date after it.
		return this.#inTurn(async () => {
			try {
				this.#accept(await this.#file.read());
				if (this.#file.isBehind && !this.#isDisposed) this.#accept(await this.#file.update((found) => found));
			} catch (error) {
				if (!(error instanceof DamagedFile) || !this.#file.isKnown || this.#isDisposed) throw error;
				this.#accept(await this.#file.update((found) => found, this.#content));
			}
		});
	}

	dispose(): void {
		this.#isDisposed = true;
		this.#watcher?.close();
		this.#changed.dispose();
	}

	#inTurn(work: () => Promise<void>): Promise<void> {
		const result = this.#updating.then(work);
		this.#updating = result.catch(() => undefined);
		return result;
	}

	#accept(content: T): void {
		const before = this.#content;
		this.#content = content;
		if (JSON.stringify(content) !== JSON.stringify(before)) this.#changed.fire(before);
	}
}
