import { ulid } from './identifiers';
import { Database } from './database';
import { Keyring } from './keyring';
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

const MAXIMUM_KEYS = 10_000;

/** A vault: one environment with its organizations, objects and keys, over one database. */
export class Vault {
	readonly database: Database;
	readonly keyring: Keyring;
	readonly objects: Objects;
	readonly organizations: Organizations;
	readonly environmentId: string;
	/** Who every change is attributed to: a vault has one API key. */
	readonly actor: { readonly id: string; readonly name: string };

	/** @throws {CannotStart} when the file is not a vault, or the root key is not its root key */
	constructor({ dataFile, rootKey, maximumKeys = MAXIMUM_KEYS }: VaultOptions) {
		this.database = new Database(dataFile);
		try {
			this.keyring = new Keyring(this.database, rootKey, maximumKeys);
			this.objects = new Objects(this.database, this.keyring);
			this.organizations = new Organizations(this.database);
			this.environmentId = this.#identity('environment');
			this.actor = { id: this.#identity('key'), name: 'Local Vault key' };
		} catch (error) {
			this.database.close();
			throw error;
		}
	}

	/** Whether it never held anything, deleted objects included. */
	get isNew(): boolean {
		return !this.database.one('SELECT 1 FROM objects UNION ALL SELECT 1 FROM organizations LIMIT 1');
	}

	close(): void {
		this.database.close();
	}

	#identity(kind: 'environment' | 'key'): string {
		const id = this.database.setting(`${kind} id`, () => Buffer.from(`${kind}_${ulid(Date.now())}`));
		return Buffer.from(id).toString();
	}
}
