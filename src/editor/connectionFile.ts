import { watch } from 'node:fs';
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

/** The list of connections, in a file of the extension's own storage that every window watches. */
export class ConnectionFile implements vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<ConnectionList>();
	#watcher: vscode.Disposable | undefined;
	#list: ConnectionList = { connections: [], lastUsed: undefined };

	/** Fires when another window changed the list. */
	readonly onDidChange = this.#changed.event;

	constructor(private readonly folder: string) {}

	get list(): ConnectionList {
		return this.#list;
	}

	/** Reads the list and starts watching it. */
	async open(): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		this.#list = await this.#read();
		const watcher = watch(this.folder, (_event, file) => {
			if (file === fileName) void this.#reload();
		});
		this.#watcher = { dispose: () => watcher.close() };
	}

	/** Changes the list, from what is on the disk now. */
	async update(change: (list: ConnectionList) => ConnectionList): Promise<void> {
		this.#list = change(await this.#read());
		const temporary = path.join(this.folder, `${fileName}.${process.pid}`);
		await writeFile(temporary, JSON.stringify(this.#list, undefined, '\t'));
		await rename(temporary, path.join(this.folder, fileName));
	}

	dispose(): void {
		this.#watcher?.dispose();
		this.#changed.dispose();
	}

	async #reload(): Promise<void> {
		const list = await this.#read();
		if (JSON.stringify(list) === JSON.stringify(this.#list)) return;
		this.#list = list;
		this.#changed.fire(list);
	}

	async #read(): Promise<ConnectionList> {
		try {
			return JSON.parse(await readFile(path.join(this.folder, fileName), 'utf8')) as ConnectionList;
		} catch {
			return { connections: [], lastUsed: undefined };
		}
	}
}
