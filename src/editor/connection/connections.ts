import * as vscode from 'vscode';
import { localEndpoint, type Connection, type Connections, type KnownVault, type Session } from '../../commands/ports';
import type { VaultApi } from '../../vault/api';
import { KnownActivity } from '../../vault/activity/knownActivity';
import { Catalog } from '../../vault/catalog/catalog';
import { VaultError } from '../../vault/errors';
import { Emitter, type Disposable } from '../../vault/event';
import { Outline } from '../../vault/outline/outline';
import type { CatalogFiles, CatalogOwner } from '../storage/catalogFiles';
import { ConnectionList, type KeptConnection } from './connectionList';
import type { LocalVault } from './localVault';
import { setContextKey } from '../contextKeys';
import { DamagedFile } from '../storage/jsonFile';
import { TellableError } from '../errorMessages';

/** Opens a vault's API. */
export type OpenVault = (endpoint: string, apiKey: string) => Promise<VaultApi & Disposable>;

const localConnection: Connection = {
	id: 'local',
	name: 'Local Vault',
	endpoint: localEndpoint,
	isProduction: false,
};

/** Connections over SecretStorage and a shared list, and the one that is in use in this window. */
export class EditorConnections implements Connections, vscode.Disposable {
	readonly #list: ConnectionList;
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
		context: vscode.ExtensionContext,
		private readonly openVault: OpenVault,
		private readonly localVault: LocalVault,
		private readonly catalogs: CatalogFiles,
		/** Lets work go on that nobody waits for; a failure of it is shown. */
		inBackground: (work: Promise<unknown>) => void,
		/** True while no key may come into memory. */
		private readonly isLocked: () => boolean,
	) {
		this.#list = new ConnectionList(context.globalStorageUri.fsPath, context.secrets, inBackground);
		const reload = () => inBackground(this.#list.reload());
		this.#subscriptions = vscode.Disposable.from(
			this.#list,
			this.#list.onDidChange((signedOut) => inBackground(this.#applyList(signedOut))),
			context.secrets.onDidChange(reload),
			// Where the system has no watch left, a change is seen with the next focus.
			vscode.window.onDidChangeWindowState(({ focused }) => void (focused && reload())),
		);
	}

	get session(): Session | undefined {
		return this.#session;
	}

	/** Opens the list; `resume` uses it. @throws when it can't be read */
	async open(): Promise<void> {
		try {
			await this.#list.open();
		} catch (error) {
			if (!(error instanceof DamagedFile)) throw error;
			throw new TellableError({
				sentence:
					'The list of connections (connections.json) is damaged, so this window knows none. Their API keys are still on this machine. Connect again, or see whether another window has the list. A new list takes the place of the damaged one, which is kept beside it as connections.json.damaged.',
				button: { title: 'Connect', command: 'workosVault.switchConnection' },
			});
		}
		this.#updateMenus();
		if (this.#list.all.length > 0) await this.catalogs.retain(this.#list.all);
	}

	/** Uses the connection that was used last. `startLocal` makes Local Vault the default. */
	async resume(startLocal: boolean): Promise<void> {
		const { lastUsed } = this.#list;
		if (lastUsed) await this.use(lastUsed);
		else if (startLocal) await this.useLocalVault();
	}

	/** Ends the session and Local Vault, so that no key is in memory any more. */
	suspend(): void {
		this.localVault.dispose();
		this.#endSession();
	}

	list(): readonly Connection[] {
		return this.#list.all;
	}

	known(connection: Connection): Promise<KnownVault | undefined> {
		return this.catalogs.known(this.#ownerOf(connection));
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
		await this.use(await this.#list.add(connection, apiKey));
	}

	async replaceKey(connection: Connection, apiKey: string): Promise<void> {
		const replaced = await this.#list.replaceKey(connection, apiKey);
		// The key may be one of another environment, with other objects.
		await this.#forgetCatalog(replaced.id);
		if (!this.#session || this.#session.connection.id === replaced.id) await this.use(replaced);
	}

	async useLocalVault(mayBeEmpty = false): Promise<void> {
		if (mayBeEmpty) await this.localVault.makeNewKey();
		await this.localVault.start();
		// Its vault is the same one each time, and so is what is known of it.
		await this.use(this.#list.find(localConnection.id) ?? (await this.#list.keep(localConnection)));
	}

	async setProduction(connection: Connection, isProduction: boolean): Promise<void> {
		await this.#list.mark(connection, isProduction);
		this.#applyMark();
	}

	async use(connection: Connection): Promise<void> {
		if (this.isLocked()) throw new VaultError('locked');
		this.#updateMenus();
		const use = ++this.#uses;
		// Read before the key: of a key that is just being replaced, what another one knows would be taken for its own.
		const owner = this.#ownerOf(connection);
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
		this.#session = {
			connection: this.#list.find(connection.id) ?? connection,
			api,
			catalog,
			outline,
			activity: new KnownActivity(api),
			keyRevision: owner.keyRevision,
			close,
		};
		this.#sessionChanged.fire();
		await this.#list.use(connection);
	}

	async remove(connection: Connection): Promise<void> {
		await this.#list.remove(connection);
		await this.#forget(connection);
	}

	strayKeys(): Promise<readonly string[]> {
		return this.#list.strayKeys();
	}

	removeStrayKeys(ids: readonly string[]): Promise<void> {
		return this.#list.removeStrayKeys(ids);
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

	#ownerOf({ id }: Connection): CatalogOwner {
		return { id, keyRevision: this.#list.find(id)?.keyRevision ?? '' };
	}

	#endSession(): void {
		this.#uses++;
		this.#session?.close();
		this.#session = undefined;
		this.#sessionChanged.fire();
	}

	/** Says whether there is a connection to switch to. */
	#updateMenus(): void {
		setContextKey('connections', this.#list.all.length > 0 ? 'kept' : 'none');
	}

	/** Gives the session in use the mark that its connection has by now. */
	#applyMark(): void {
		const session = this.#session;
		const kept = session && this.#list.find(session.connection.id);
		if (kept && kept.isProduction !== session.connection.isProduction) {
			this.#session = { ...session, connection: kept };
			this.#sessionChanged.fire();
		}
	}

	async #address(connection: Connection): Promise<{ url: string; apiKey: string }> {
		if (connection.endpoint === localEndpoint) return this.localVault.start();
		const apiKey = await this.#list.keyOf(connection);
		if (apiKey === undefined) throw new VaultError('keyMissing', { name: connection.name });
		return { url: connection.endpoint, apiKey };
	}

	/** Takes in what another window did: signed out of connections, marked one, or replaced a key. */
	async #applyList(signedOut: readonly KeptConnection[]): Promise<void> {
		this.#updateMenus();
		for (const connection of signedOut) await this.#forget(connection);
		this.#applyMark();
		const session = this.#session;
		const kept = session && this.#list.find(session.connection.id);
		if (!kept || kept.keyRevision === session.keyRevision || kept.endpoint === localEndpoint) return;
		// What the old key showed must not be taken for what the new one does.
		this.#endSession();
		await this.#written;
		await this.catalogs.retain(this.#list.all);
		await this.use(kept);
	}

	async #forget(connection: Connection): Promise<void> {
		this.#updateMenus();
		if (connection.endpoint === localEndpoint) this.localVault.dispose();
		const forgotten = this.#forgetCatalog(connection.id);
		// What is shown goes, also where the disk refuses to forget.
		this.#signedOut.fire(connection.id);
		await forgotten;
	}

	/** Ends the session of a connection, so that nothing is written any more, and forgets its catalog. */
	async #forgetCatalog(id: string): Promise<void> {
		if (this.#session?.connection.id === id) this.#endSession();
		await this.#written;
		await this.catalogs.forget(id);
	}
}
