import type { KnownActivity } from '../vault/activity/knownActivity';
import type { VaultApi } from '../vault/api';
import type { Catalog } from '../vault/catalog/catalog';
import type { Draft } from '../vault/drafts/draft';
import type { Event } from '../vault/event';
import type { KnownObject, Organization } from '../vault/model';
import type { Outline } from '../vault/outline/outline';
import type { OutlineNode } from '../vault/outline/nodes';
import type { Documents } from './ports/documents';
import type { Drafts } from './ports/drafts';
import type { DocumentPosition, TextEditor } from './ports/textEditor';
import type { Ui } from './ports/ui';
import type { Templates } from './textEditor/templates';

/** An API key with its endpoint. The key itself is in SecretStorage only. */
export interface Connection {
	readonly id: string;
	readonly name: string;
	/** The vault's address; for Local Vault the word `local`, whose address changes with each start. */
	readonly endpoint: string;
	readonly isProduction: boolean;
}

/** The endpoint that stands for Local Vault. */
export const localEndpoint = 'local';

/** A connection in use. */
export interface Session {
	readonly connection: Connection;
	readonly api: VaultApi;
	readonly catalog: Catalog;
	readonly outline: Outline;
	readonly activity: KnownActivity;
}

/** What is known of a vault without asking it. */
export interface KnownVault {
	/** Undefined as long as no object's metadata told it. */
	readonly environmentId: string | undefined;
	get(id: string): KnownObject | undefined;
}

/** The connections of this person, and the one that is in use in this window. */
export interface Connections {
	readonly session: Session | undefined;
	readonly onDidChangeSession: Event<void>;
	list(): readonly Connection[];
	/** What this machine keeps of a connection's catalog; undefined where it keeps none. No vault is asked. */
	known(connection: Connection): Promise<KnownVault | undefined>;
	/**
	 * Makes two real calls with a key, and keeps nothing.
	 * @throws VaultError when the vault refuses the key or can't be reached
	 */
	probe(endpoint: string, apiKey: string): Promise<void>;
	/** Keeps a connection with its key and uses it. */
	add(connection: Connection, apiKey: string): Promise<void>;
	/** Replaces a connection's key. */
	replaceKey(connection: Connection, apiKey: string): Promise<void>;
	/** Starts Local Vault where it does not run yet, and uses it; with `mayBeEmpty` also where the key of the one before is gone. */
	useLocalVault(mayBeEmpty?: boolean): Promise<void>;
	use(connection: Connection): Promise<void>;
	/** Removes a connection and its key, here and in every other window. */
	remove(connection: Connection): Promise<void>;
	/** Ids of the API keys on this machine that belong to no connection in the list. */
	strayKeys(): Promise<readonly string[]>;
	/** Deletes such keys. */
	removeStrayKeys(ids: readonly string[]): Promise<void>;
	/** Marks a connection as one to a production environment, or takes the mark away. */
	setProduction(connection: Connection, isProduction: boolean): Promise<void>;
}

/** What keeps values from view, in every window of this person. */
export interface Privacy {
	/** While locked, no key is in memory, nothing is shown, and drafts are kept encrypted. */
	readonly isLocked: boolean;
	/** In presentation mode values are withheld altogether. */
	readonly isPresenting: boolean;
	/** Resolves when it took in this window. */
	setLocked(isLocked: boolean): Promise<void>;
	setPresenting(isPresenting: boolean): Promise<void>;
}

/** Until when production connections may be changed, in this window. Without an allowance they are read-only. */
export interface Allowances {
	readonly onDidChange: Event<void>;
	/** Until when a connection may be changed; undefined where it is read-only. */
	until(connectionId: string): Date | undefined;
	/** Allows changes for ten minutes from now on. */
	allow(connectionId: string): void;
	/** Takes back what was allowed. */
	revokeAll(): void;
}

/** The clipboard. */
export interface Clipboard {
	copy(text: string): Promise<void>;
	/** Copies a value, and clears it after a while if it is still there. Returns that while, in seconds. */
	copySecret(text: string): Promise<number>;
	/** Clears a copied value at once, if it is still there. */
	clearSecret(): Promise<void>;
	read(): Promise<string>;
}

/** The tree view. */
export interface View {
	/** The rows that the person selected, as they are now. */
	selection(): readonly OutlineNode[];
	/** What a row stands for now that was drawn for `element`. */
	current(element: OutlineNode): OutlineNode;
	/** Draws all rows anew, for where the editor no longer knows what one of them stands for. */
	redraw(): void;
	/** Selects an object and scrolls to it. */
	show(object: KnownObject): Promise<void>;
	/** Opens an object's page. */
	open(object: KnownObject): Promise<void>;
	/** The row that takes the place of others where these are removed: the next one, else the one before or above. */
	beside(rows: readonly OutlineNode[]): OutlineNode | undefined;
	/** True while it is seen and no editor is open: what has the focus is in it, most likely. */
	readonly isAlone: boolean;
	/** Puts the focus on a row that is there still, else on the view. */
	focus(row?: OutlineNode): Promise<void>;
}

/** Links that lead to objects. */
export interface Links {
	/** What stands before a link's path. */
	readonly origin: string;
	/** Whether this window can't open them: it is in a browser. */
	readonly isElsewhere: boolean;
}

/** Organizations that selections were encrypted for in this window, the last used first. */
export interface RecentOrganizations {
	readonly ids: readonly string[];
	/** Puts an organization first; does nothing where there is none. */
	use(organization: Organization | undefined): void;
}

/** What a command works with. */
export interface App {
	readonly ui: Ui;
	readonly connections: Connections;
	readonly privacy: Privacy;
	readonly allowances: Allowances;
	readonly documents: Documents;
	readonly drafts: Drafts;
	readonly clipboard: Clipboard;
	readonly textEditor: TextEditor;
	readonly view: View;
	readonly recentOrganizations: RecentOrganizations;
	readonly templates: Templates;
	readonly links: Links;
	/** `WORKOS_API_KEY` of the environment, where it is set. */
	readonly environmentKey: string | undefined;
}

/** What a command was called on: rows of the tree or a file of the workspace; nothing when it comes from the palette. */
export interface Target {
	readonly nodes: readonly OutlineNode[];
	/** Whether all rows in it are meant, as with a key; a row's button means its own row, wherever the selection is. */
	readonly isOfAllRows?: boolean;
	readonly file?: { readonly name: string; readonly address: string };
	/** Whether a button of the view was used, which may be gone when its work is done. */
	readonly isFromView?: boolean;
	/** The place in a document that it was called on, in place of the cursor. */
	readonly position?: DocumentPosition | undefined;
	/** The draft whose editor called it. */
	readonly draft?: Draft;
}
