import { statSync } from 'node:fs';
import { CustomerKeys } from './keys/customerKeys';
import { DataKeys } from './keys/dataKeys';
import { Database } from './database';
import { Events } from './events';
import { ulid } from './identifiers';
import { Keyring, checkRootKey } from './keys/keyring';
import { Objects } from './objects';
import { Organizations } from './organizations';

/** What a vault is opened with. */
export interface VaultOptions {
	/** Where it is kept; in memory when undefined. */
	readonly dataFile?: string | undefined;
	/** 32 bytes. */
	readonly rootKey: Uint8Array;
	/** How many distinct key-context items there may be. */
	readonly maximumKeys?: number | undefined;
}

/** How much there is of what. */
export interface VaultCounts {
	readonly organizations: number;
	readonly objects: number;
	readonly deletedObjects: number;
	readonly versions: number;
	readonly keys: number;
	readonly customerKeys: number;
	readonly events: number;
}

const maxKeys = 10_000;

/** A vault: one environment with its organizations, objects, keys and events, over one database. */
export class Vault {
	readonly database: Database;
	readonly events: Events;
	readonly customerKeys: CustomerKeys;
	readonly dataKeys: DataKeys;
	readonly objects: Objects;
	readonly organizations: Organizations;
	readonly environmentId: string;
	/** Who every change is attributed to: a vault has one API key. */
	readonly actor: { readonly id: string; readonly name: string };

	readonly #keyring: Keyring;
	readonly #hasOwnMaximum: boolean;

	/** @throws {CannotStart} when the file is not a vault, or the root key is not its root key: nothing is changed then */
	constructor({ dataFile, rootKey, maximumKeys }: VaultOptions) {
		this.#hasOwnMaximum = maximumKeys !== undefined;
		if (dataFile !== undefined) checkFile(dataFile, rootKey);
		this.database = new Database(dataFile);
		try {
			this.environmentId = this.#identity('environment');
			this.actor = { id: this.#identity('key'), name: 'Local Vault key' };
			this.events = new Events(this.database, this.actor);
			this.customerKeys = new CustomerKeys(this.database, rootKey, this.events);
			const keyring = new Keyring(this.database, rootKey, maximumKeys ?? maxKeys, this.customerKeys, this.events);
			this.#keyring = keyring;
			this.dataKeys = new DataKeys(this.database, keyring, this.events);
			this.objects = new Objects(this.database, keyring, this.events);
			this.organizations = new Organizations(this.database, this.events);
			this.makeRoomForKeys(keyring.count);
		} catch (error) {
			this.database.close();
			throw error;
		}
	}

	/** Whether it never held anything, deleted objects included. */
	get isNew(): boolean {
		// What was deleted and purged has left its event.
		return !this.database.one(`SELECT 1 FROM objects UNION ALL SELECT 1 FROM organizations
			UNION ALL SELECT 1 FROM events WHERE name = 'vault.data.deleted' LIMIT 1`);
	}

	/** Lets a seed, or the vault that it made, have as many keys, and the usual number more, where nobody set a maximum. */
	makeRoomForKeys(count: number): void {
		if (!this.#hasOwnMaximum && count > maxKeys) this.#keyring.maximumKeys = count + maxKeys;
	}

	/** How much there is of what, now. */
	counts(): VaultCounts {
		const count = (what: string) => `(SELECT count(*) FROM ${what})`;
		const counts = this.database.one<VaultCounts>(`SELECT ${count('organizations')} AS organizations,
			${count('objects WHERE deleted_at IS NULL')} AS objects,
			${count('objects WHERE deleted_at IS NOT NULL')} AS deletedObjects,
			${count('versions')} AS versions, ${count('key_encryption_keys')} AS keys,
			${count('customer_keys WHERE sealed IS NOT NULL')} AS customerKeys, ${count('events')} AS events`);
		if (!counts) throw new Error('A SELECT without FROM has one row.');
		return counts;
	}

	/** Removes everything but the vault's own identity, and fills it again; all of that or nothing. */
	reset(fill: (vault: Vault) => void): void {
		this.database.write(() => {
			for (const table of ['events', 'objects', 'organizations', 'customer_keys', 'key_encryption_keys']) {
				this.database.run(`DELETE FROM ${table}`);
			}
			fill(this);
		});
	}

	close(): void {
		this.database.close();
	}

	#identity(kind: 'environment' | 'key'): string {
		const id = this.database.setting(`${kind} id`, () => Buffer.from(`${kind}_${ulid(Date.now())}`));
		return Buffer.from(id).toString();
	}
}

// Before the file is opened for writing: that alone would carry over what is in its write-ahead log.
function checkFile(dataFile: string, rootKey: Uint8Array): void {
	if (!statSync(dataFile, { throwIfNoEntry: false })?.size) return;
	const database = new Database(dataFile, 'look');
	try {
		if (!database.wasEmpty) checkRootKey(database, rootKey);
	} finally {
		database.close();
	}
}
