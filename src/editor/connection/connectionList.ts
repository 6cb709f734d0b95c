import type { SecretStorage } from 'vscode';
import { isProductionKey } from '../../commands/access/apiKey';
import type { Connection } from '../../commands/ports';
import { Emitter, type Disposable } from '../../vault/event';
import { SharedFile } from '../storage/sharedFile';

const keyPrefix = 'workosVault.apiKey.';
/** So many of the connections that were signed out of are remembered. */
const longestMemory = 100;

/** A connection as it is kept. `keyRevision` changes with the key, so that other windows notice. */
export interface KeptConnection extends Connection {
	readonly keyRevision: string;
}

/** What all windows share about connections. No key is in it: keys are in SecretStorage. */
interface Content {
	readonly connections: readonly KeptConnection[];
	readonly lastUsed: string | undefined;
	/** Ids of connections that were signed out of, the latest last. What is missing and not among them got lost. */
	readonly removed: readonly string[];
}

/**
 * The connections of all windows, and their API keys in SecretStorage. Only signing out deletes a key: a connection that is
 * missing from the list without that is put back.
 */
export class ConnectionList implements Disposable {
	readonly #file: SharedFile<Content>;
	readonly #changed = new Emitter<readonly KeptConnection[]>();
	readonly #subscription: Disposable;
	/** What is missing from the list without a word. */
	#lost: readonly KeptConnection[] = [];
	/** What was used last, as far as this window knows. */
	#lastUsed: string | undefined;

	/** Fires when another window changed the list, with the connections that it signed out of. */
	readonly onDidChange = this.#changed.event;

	constructor(
		folder: string,
		private readonly secrets: Pick<SecretStorage, 'get' | 'store' | 'delete' | 'keys'>,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		private readonly inBackground: (work: Promise<unknown>) => void,
	) {
		const empty = { connections: [], lastUsed: undefined, removed: [] };
		this.#file = new SharedFile<Content>(folder, 'connections.json', empty, {
			isWhole,
			merge: keepingMarks,
			isDamagedKept: true,
		});
		this.#subscription = this.#file.onDidChange((before) => this.#onChanged(before));
	}

	get all(): readonly KeptConnection[] {
		return this.#content.connections;
	}

	get lastUsed(): KeptConnection | undefined {
		const { lastUsed } = this.#content;
		return lastUsed === undefined ? undefined : this.find(lastUsed);
	}

	find(id: string): KeptConnection | undefined {
		return this.all.find((connection) => connection.id === id);
	}

	/** @throws when the list can't be read */
	open(): Promise<void> {
		return this.#file.open();
	}

	/** Looks whether another window changed the list. What can't be read just now is taken for unchanged. */
	async reload(): Promise<void> {
		await this.#file.reload().catch(() => undefined);
		if (this.#lost.length > 0) await this.#update((list) => list);
	}

	/** A connection's key; undefined where this machine has none. */
	async keyOf({ id }: Connection): Promise<string | undefined> {
		return this.secrets.get(secretName(id));
	}

	/** Keeps a connection that needs no key, or whose key is kept already. @throws when the list can't be written */
	async keep(connection: Connection): Promise<KeptConnection> {
		const kept = { ...connection, keyRevision: crypto.randomUUID() };
		await this.#update((list) => ({
			...list,
			connections: [...list.connections.filter(({ id }) => id !== kept.id), kept],
			lastUsed: kept.id,
			removed: list.removed.filter((id) => id !== kept.id),
		}));
		return kept;
	}

	/** Keeps a new connection with its key. @throws when one of the two can't be kept, and then keeps neither */
	async add(connection: Connection, apiKey: string): Promise<KeptConnection> {
		// The list comes first: a key that is in no list could not be signed out of.
		const kept = await this.keep(connection);
		try {
			await this.secrets.store(secretName(connection.id), apiKey);
		} catch (error) {
			await this.#drop(connection);
			throw error;
		}
		return kept;
	}

	/** Replaces a connection's key. @throws when that can't be kept, and then keeps the one that it was */
	async replaceKey(connection: Connection, apiKey: string): Promise<KeptConnection> {
		const name = secretName(connection.id);
		const former = this.find(connection.id) ?? connection;
		const before = await this.secrets.get(name);
		await this.secrets.store(name, apiKey);
		try {
			return await this.keep({ ...former, isProduction: former.isProduction || isProductionKey(apiKey) });
		} catch (error) {
			// The list would say that it is the key that it was. One that came after this one stays.
			if (before !== undefined && (await this.secrets.get(name)) === apiKey) await this.secrets.store(name, before);
			throw error;
		}
	}

	/** Signs out of a connection: its key is deleted, and it is gone in every window. */
	async remove(connection: Connection): Promise<void> {
		// The key goes first: where the secret storage fails, the connection is still there to sign out of.
		await this.secrets.delete(secretName(connection.id));
		await this.#drop(connection);
	}

	/**
	 * Ids of the keys in the secret storage that no connection in the list has; none while a damaged list, which may say
	 * whose they are, is kept beside it.
	 * @throws when the list can't be read
	 */
	async strayKeys(): Promise<readonly string[]> {
		await this.#file.reload();
		if (await this.#file.hasDamaged()) return [];
		const names = await this.secrets.keys();
		const ids = names.filter((name) => name.startsWith(keyPrefix)).map((name) => name.slice(keyPrefix.length));
		return ids.filter((id) => !this.find(id));
	}

	/** Deletes keys that no connection has; what was signed in to meanwhile keeps its own. @throws when the list can't be read */
	async removeStrayKeys(ids: readonly string[]): Promise<void> {
		const stray = await this.strayKeys();
		for (const id of ids) if (stray.includes(id)) await this.secrets.delete(secretName(id));
	}

	/** Marks a connection as one to a production environment, or takes the mark away. */
	async mark({ id }: Connection, isProduction: boolean): Promise<void> {
		await this.#update((list) => ({
			...list,
			connections: list.connections.map((kept) => (kept.id === id ? { ...kept, isProduction } : kept)),
		}));
	}

	/** Remembers which connection was used last. */
	async use({ id }: Connection): Promise<void> {
		if (this.#file.content.lastUsed !== id) await this.#update((list) => ({ ...list, lastUsed: id }));
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#lost = [];
		this.#file.dispose();
		this.#changed.dispose();
	}

	/** What is shared, as far as it should be. */
	get #content(): Content {
		return this.#withLost(this.#file.content);
	}

	async #drop({ id }: Connection): Promise<void> {
		await this.#update((list) => ({
			...list,
			connections: list.connections.filter((kept) => kept.id !== id),
			lastUsed: list.lastUsed === id ? undefined : list.lastUsed,
			removed: [...list.removed.filter((other) => other !== id), id].slice(-longestMemory),
		}));
	}

	async #update(change: (list: Content) => Content): Promise<void> {
		// A damaged list is written anew from what this window knows, and kept where it knows none.
		await this.#file.update((list) => change(this.#withLost(list)), this.#file.content);
		this.#lost = this.#lost.filter(({ id }) => isMissing(this.#file.content, id));
	}

	#withLost(list: Content): Content {
		const lost = this.#lost.filter(({ id }) => isMissing(list, id));
		if (lost.length === 0) return list;
		const lastUsed = list.lastUsed ?? lost.find(({ id }) => id === this.#lastUsed)?.id;
		return { ...list, connections: [...list.connections, ...lost], lastUsed };
	}

	#onChanged(before: Content): void {
		const { content } = this.#file;
		const gone = [...before.connections, ...this.#lost].filter(({ id }) => !isListed(content, id));
		this.#lost = gone.filter(({ id }) => isMissing(content, id));
		this.#lastUsed = before.lastUsed ?? this.#lastUsed;
		if (this.#lost.length > 0) this.inBackground(this.#update((list) => list));
		this.#changed.fire(gone.filter(({ id }) => content.removed.includes(id)));
	}
}

function isListed({ connections }: Content, id: string): boolean {
	return connections.some((kept) => kept.id === id);
}

/** Whether a connection got lost: it is not listed, though nobody signed out of it. */
function isMissing(list: Content, id: string): boolean {
	return !isListed(list, id) && !list.removed.includes(id);
}

/** A window that did not know of a mark must not take it off. */
function keepingMarks(theirs: Content, ours: Content): Content {
	const isMarked = ({ id }: KeptConnection) => ours.connections.some((kept) => kept.id === id && kept.isProduction);
	const connections = theirs.connections.map((kept) => (isMarked(kept) ? { ...kept, isProduction: true } : kept));
	return { ...theirs, connections };
}

/** What anybody may have written into the file. */
function isWhole({ connections = [], removed = [] }: Partial<Content>): boolean {
	const isConnection = (kept: unknown) =>
		typeof kept === 'object' &&
		kept !== null &&
		['id', 'name', 'endpoint'].every((field) => typeof (kept as Record<string, unknown>)[field] === 'string');
	return connections.every(isConnection) && removed.every((id: unknown) => typeof id === 'string');
}

function secretName(id: string): string {
	return keyPrefix + id;
}
