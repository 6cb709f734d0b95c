import { watch, type FSWatcher } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Connection } from '../commands/ports';

const fileName = 'connections.json';

/** A connection as it is kept. `keyRevision` changes with the key, so that other windows notice. */
export interface KeptConnection extends Connection {
	readonly keyRevision: string;
}

/** What all windows share about connections. No key is in it: keys are in SecretStorage. */
export interface ConnectionList {
	readonly connections: readonly KeptConnection[];
	readonly lastUsed: string | undefined;
}

const empty: ConnectionList = { connections: [], lastUsed: undefined };

/** The list of connections, in a file of the extension's own storage that every window watches. */
export class ConnectionFile implements vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<ConnectionList>();
	readonly #path: string;
	#watcher: FSWatcher | undefined;
	#list = empty;
	#updating: Promise<unknown> = Promise.resolve();

	/** Fires with the former list when another window changed it. */
	readonly onDidChange = this.#changed.event;

	constructor(private readonly folder: string) {
		this.#path = path.join(folder, fileName);
	}

	get list(): ConnectionList {
		return this.#list;
	}

	/** Reads the list and starts watching it. @throws when it is there and can't be read */
	async open(): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		this.#list = await this.#read();
		try {
			this.#watcher = watch(this.folder, (_event, file) => {
				if (file === null || file === fileName) void this.reload();
			});
			this.#watcher.on('error', () => this.#watcher?.close());
		} catch {
			// The system has no watch left: changes of other windows are seen with the next change of a secret.
		}
	}

	/** Changes the list, from what is on the disk now; one change at a time. @throws when it can't be read or written */
	update(change: (list: ConnectionList) => ConnectionList): Promise<void> {
		const update = this.#updating.then(async () => {
			const list = change(await this.#read());
			const temporary = `${this.#path}.${crypto.randomUUID()}`;
			await writeFile(temporary, JSON.stringify(list, undefined, '\t'));
			await rename(temporary, this.#path);
			this.#list = list;
		});
		this.#updating = update.catch(() => undefined);
		return update;
	}

	/** Looks whether another window changed the list. A list that can't be read just now is taken for unchanged. */
	async reload(): Promise<void> {
		const list = await this.#read().catch(() => this.#list);
		const before = this.#list;
		if (JSON.stringify(list) === JSON.stringify(before)) return;
		this.#list = list;
		this.#changed.fire(before);
	}

	dispose(): void {
		this.#watcher?.close();
		this.#changed.dispose();
	}

	async #read(): Promise<ConnectionList> {
		let text: string;
		try {
			text = await readFile(this.#path, 'utf8');
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return empty;
			throw error;
		}
		const list = JSON.parse(text) as ConnectionList;
		if (!Array.isArray(list.connections)) throw new TypeError('The list of connections has another shape');
		return list;
	}
}
