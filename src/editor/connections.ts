import * as vscode from 'vscode';
import { isProductionKey } from '../commands/apiKey';
import { localEndpoint, type Connection, type Connections, type Session } from '../commands/ports';
import type { VaultApi } from '../vault/api';
import { Catalog } from '../vault/catalog';
import { VaultError } from '../vault/errors';
import { Emitter, type Disposable } from '../vault/event';
import { Outline } from '../vault/outline';
import type { CatalogFiles } from './catalogFiles';
import type { LocalVault } from './localVault';
import { SharedFile } from './sharedFile';

/** Opens a vault's API. */
export type OpenVault = (endpoint: string, apiKey: string) => Promise<VaultApi & Disposable>;

/** A connection as it is kept. `keyRevision` changes with the key, so that other windows notice. */
interface KeptConnection extends Connection {
	readonly keyRevision: string;
}

/** What all windows share about connections. No key is in it: keys are in SecretStorage. */
interface ConnectionList {
	readonly connections: readonly KeptConnection[];
	readonly lastUsed: string | undefined;
}

const localConnection: Connection = {
	id: 'local',
	name: 'Local Vault',
	endpoint: localEndpoint,
	isProduction: false,
};

/** Connections over SecretStorage and a shared list, and the one that is in use in this window. */
export class EditorConnections implements Connections, vscode.Disposable {
	readonly #file: SharedFile<ConnectionList>;
	readonly #sessionChanged = new Emitter<void>();
	readonly #signedOut = new Emitter<string>();
	readonly #subscriptions: vscode.Disposable;
	#session: (Session & { readonly keyRevision: string; readonly close: () => void }) | undefined;
	#uses = 0;
	/** Resolves when what the ended sessions learnt is on the disk. */
	#written: Promise<unknown> = Promise.resolve();

	readonly onDidChangeSession = this.#sessionChanged.event;
	/** Fires with the id of a connection that was removed, here or in another window. */
	readonly onDidSignOut = this.#signedOut.event;

	constructor(
		private readonly context: vscode.ExtensionContext,
		private readonly openVault: OpenVault,
		private readonly localVault: LocalVault,
		private readonly catalogs: CatalogFiles,
		/** Tells of a failure of what nobody waits for. */
		report: (work: Promise<unknown>) => void,
		/** True while no key may come into memory. */
		private readonly isLocked: () => boolean,
	) {
		this.#file = new SharedFile<ConnectionList>(context.globalStorageUri.fsPath, 'connections.json', {
			connections: [],
			lastUsed: undefined,
		});
		this.#subscriptions = vscode.Disposable.from(
			this.#file,
			this.#file.onDidChange((before) => report(this.#follow(before))),
			context.secrets.onDidChange(() => report(this.#file.reload())),
		);
	}

	get session(): Session | undefined {
		return this.#session;
	}

	/** Opens the list; `resume` uses it. @throws when it can't be read */
	async open(): Promise<void> {
		await this.#file.open();
		const { connections } = this.#file.content;
		if (connections.length > 0) await this.catalogs.retain(connections);
	}

	/** Uses the connection that was used last. `startLocal` makes Local Vault the default. */
	async resume(startLocal: boolean): Promise<void> {
		const { lastUsed } = this.#file.content;
		const connection = lastUsed === undefined ? undefined : this.#kept(lastUsed);
		if (connection) await this.use(connection);
		else if (startLocal) await this.useLocalVault();
	}

	/** Ends the session and Local Vault, so that no key is in memory any more. */
	suspend(): void {
		this.localVault.dispose();
		this.#endSession();
	}

	list(): readonly Connection[] {
		return this.#file.content.connections;
	}

	async probe(endpoint: string, apiKey: string): Promise<void> {
		const api = await this.openVault(endpoint, apiKey);
		try {
			await api.listOrganizations({ limit: 1 });
			await api.listObjects({ limit: 1 });
		} finally {
			api.dispose();
		}
	}

	async add(connection: Connection, apiKey: string): Promise<void> {
		// The list comes first: a key that is in no list could not be signed out of.
		await this.#keep(connection);
		try {
			await this.context.secrets.store(secretName(connection), apiKey);
		} catch (error) {
			await this.#drop(connection);
			throw error;
		}
		await this.use(connection);
	}

	async replaceKey(connection: Connection, apiKey: string): Promise<void> {
		const { id } = connection;
		const kept = this.#kept(id) ?? connection;
		const replaced = { ...kept, isProduction: kept.isProduction || isProductionKey(apiKey) };
		const before = await this.context.secrets.get(secretName(connection));
		await this.context.secrets.store(secretName(connection), apiKey);
		try {
			await this.#keep(replaced);
		} catch (error) {
			// The list would say that it is the key that it was.
			if (before !== undefined) await this.context.secrets.store(secretName(connection), before);
			throw error;
		}
		// The key may be one of another environment, with other objects.
		await this.#forgetCatalog(id);
		if (!this.#session || this.#session.connection.id === id) await this.use(replaced);
	}

	async useLocalVault(): Promise<void> {
		await this.localVault.start();
		const kept = this.#kept(localConnection.id);
		// Its vault is the same one each time, and so is what is known of it.
		if (!kept) await this.#keep(localConnection);
		await this.use(kept ?? localConnection);
	}

	async setProduction({ id }: Connection, isProduction: boolean): Promise<void> {
		await this.#file.update((list) => ({
			...list,
			connections: list.connections.map((kept) => (kept.id === id ? { ...kept, isProduction } : kept)),
		}));
		this.#takeInMark();
	}

	async use(connection: Connection): Promise<void> {
		if (this.isLocked()) throw new VaultError('locked');
		const use = ++this.#uses;
		// Read before the key: of a key that is just being replaced, what another one knows would be taken for its own.
		const keyRevision = this.#kept(connection.id)?.keyRevision ?? '';
		const owner = { id: connection.id, keyRevision };
		const { url, apiKey } = await this.#address(connection);
		const [api, kept] = await Promise.all([this.openVault(url, apiKey), this.catalogs.read(owner)]);
		if (use !== this.#uses) {
			api.dispose();
			return;
		}
		this.#session?.close();
		const catalog = new Catalog(api, kept);
		const outline = new Outline(api, catalog);
		const endKeeping = this.catalogs.keep(owner, catalog);
		const close = () => {
			outline.dispose();
			this.#written = Promise.all([this.#written, endKeeping()]);
			catalog.dispose();
			api.dispose();
		};
		// The mark may have changed meanwhile.
		this.#session = { connection: this.#kept(connection.id) ?? connection, api, catalog, outline, keyRevision, close };
		this.#sessionChanged.fire();
		if (this.#file.content.lastUsed !== connection.id) {
			await this.#file.update((list) => ({ ...list, lastUsed: connection.id }));
		}
	}

	async remove(connection: Connection): Promise<void> {
		// The key goes first: where the secret storage fails, the connection is still there to sign out of.
		await this.context.secrets.delete(secretName(connection));
		await this.#drop(connection);
		await this.#forget(connection);
	}

	/** Writes down what the session in use learnt, and ends it. */
	async end(): Promise<void> {
		this.#session?.close();
		await this.#written;
	}

	dispose(): void {
		this.#session?.close();
		this.#subscriptions.dispose();
	}

	#endSession(): void {
		this.#uses++;
		this.#session?.close();
		this.#session = undefined;
		this.#sessionChanged.fire();
	}

	/** Gives the session in use the mark that its connection has by now. */
	#takeInMark(): void {
		const session = this.#session;
		const kept = session && this.#kept(session.connection.id);
		if (kept && kept.isProduction !== session.connection.isProduction) {
			this.#session = { ...session, connection: kept };
			this.#sessionChanged.fire();
		}
	}

	async #address(connection: Connection): Promise<{ url: string; apiKey: string }> {
		if (connection.endpoint === localEndpoint) return this.localVault.start();
		const apiKey = await this.context.secrets.get(secretName(connection));
		if (apiKey === undefined) throw new VaultError('unauthorized');
		return { url: connection.endpoint, apiKey };
	}

	#kept(id: string): KeptConnection | undefined {
		return this.#file.content.connections.find((connection) => connection.id === id);
	}

	async #drop({ id }: Connection): Promise<void> {
		await this.#file.update(({ connections, lastUsed }) => ({
			connections: connections.filter((kept) => kept.id !== id),
			lastUsed: lastUsed === id ? undefined : lastUsed,
		}));
	}

	async #keep(connection: Connection): Promise<void> {
		const kept = { ...connection, keyRevision: crypto.randomUUID() };
		await this.#file.update(({ connections }) => ({
			connections: [...connections.filter(({ id }) => id !== kept.id), kept],
			lastUsed: kept.id,
		}));
	}

	/** Takes in what another window did: signed out of connections, marked one, or replaced a key. */
	async #follow({ connections }: ConnectionList): Promise<void> {
		for (const connection of connections) {
			if (!this.#kept(connection.id)) await this.#forget(connection);
		}
		this.#takeInMark();
		const session = this.#session;
		const kept = session && this.#kept(session.connection.id);
		if (!kept || kept.keyRevision === session.keyRevision || kept.endpoint === localEndpoint) return;
		// What the old key showed must not be taken for what the new one does.
		this.#endSession();
		await this.#written;
		await this.catalogs.retain(this.#file.content.connections);
		await this.use(kept);
	}

	async #forget(connection: Connection): Promise<void> {
		await this.context.secrets.delete(secretName(connection));
		if (connection.endpoint === localEndpoint) this.localVault.dispose();
		await this.#forgetCatalog(connection.id);
		this.#signedOut.fire(connection.id);
	}

	/** Ends the session of a connection, so that nothing is written any more, and forgets its catalog. */
	async #forgetCatalog(id: string): Promise<void> {
		if (this.#session?.connection.id === id) this.#endSession();
		await this.#written;
		await this.catalogs.forget(id);
	}
}

function secretName({ id }: Connection): string {
	return `workosVault.apiKey.${id}`;
}
