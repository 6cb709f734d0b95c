import { watch, type FSWatcher } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { JsonFile } from './storage/jsonFile';

/** What all windows share about one thing, in a JSON file of the extension's own storage that every window watches. No secret is in it. */
export class SharedFile<T extends object> implements vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<T>();
	readonly #file: JsonFile<T>;
	readonly #focus: vscode.Disposable;
	#watcher: FSWatcher | undefined;
	#content: T;
	#isAssumed = false;
	#updating: Promise<unknown> = Promise.resolve();

	/** Fires with the former content when another window changed it. */
	readonly onDidChange = this.#changed.event;

	/** @param empty what is shared while there is no file; a file with fewer fields gets the others from here */
	constructor(
		private readonly folder: string,
		private readonly name: string,
		empty: T,
	) {
		this.#file = new JsonFile(folder, name, empty);
		this.#content = empty;
		// Where the system has no watch left, a change is seen with the next focus.
		this.#focus = vscode.window.onDidChangeWindowState(({ focused }) => void (focused && this.reload()));
	}

	get content(): T {
		return this.#content;
	}

	/** Reads the file and starts watching it. @throws when it is there and can't be read */
	async open(): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		this.#content = await this.#file.read();
		try {
			this.#watcher = watch(this.folder, (_event, file) => {
				if (file === null || file === this.name) void this.reload();
			});
			this.#watcher.on('error', () => this.#watcher?.close());
		} catch {
			// The focus has to do.
		}
	}

	/** Changes the content, from what is on the disk now; one change at a time, in all windows. @throws when it can't be read or written */
	update(change: (content: T) => T): Promise<void> {
		return this.#inTurn(async () => {
			this.#takeIn(await this.#file.update(change));
		});
	}

	/** Puts a content in the place of whatever is there, readable or not. @throws when it can't be written */
	replace(content: T): Promise<void> {
		return this.#inTurn(async () => {
			await this.#file.replace(content);
			this.#takeIn(content);
		});
	}

	/** Takes a content that could not be written as what holds here, until one is written. */
	assume(content: T): void {
		this.#content = content;
		this.#isAssumed = true;
	}

	/** Looks whether another window changed the content. What can't be read just now is taken for unchanged. */
	reload(): Promise<void> {
		// In turn with our own changes: what was read before one of them is out of date after it.
		return this.#inTurn(async () => {
			if (this.#isAssumed) return;
			const content = await this.#file.read().catch(() => this.#content);
			const before = this.#content;
			if (JSON.stringify(content) === JSON.stringify(before)) return;
			this.#content = content;
			this.#changed.fire(before);
		});
	}

	dispose(): void {
		this.#focus.dispose();
		this.#watcher?.close();
		this.#changed.dispose();
	}

	#inTurn(work: () => Promise<void>): Promise<void> {
		const result = this.#updating.then(work);
		this.#updating = result.catch(() => undefined);
		return result;
	}

	#takeIn(written: T): void {
		this.#content = written;
		this.#isAssumed = false;
	}
}
