import { randomBytes, randomUUID } from 'node:crypto';
import {
	CannotOpen,
	keyLength,
	type Key,
	sealOverhead,
	deriveKey,
	keyOf,
	keyedHash,
	open,
	seal,
	uuidFromName,
} from './crypto';
import type { CustomerKeys } from './customerKeys';
import type { Database } from '../database';
import type { Events } from '../events';
import { type KeyContext, itemsOf } from './keyContext';
import { CannotStart, Refusal } from '../refusal';

/** The one id that stands for the keys of a context: the same for the same keys, in any order. */
export function keyIdOf(keyIds: readonly string[]): string {
	return keyIds.length === 1 && keyIds[0] ? keyIds[0] : uuidFromName(keyIds.toSorted().join());
}

/** @throws {CannotStart} when the database was made with another root key */
export function checkRootKey(database: Database, rootKey: Uint8Array): void {
	const check = database.one<{ value: Uint8Array }>("SELECT value FROM settings WHERE name = 'key check'");
	if (!check) return;
	try {
		open(rootKey, check.value, keyCheck);
	} catch {
		throw new CannotStart('The root key is not the one that this database was made with. Nothing was changed.');
	}
}

/** A key that encrypts one value, with its public id. */
export interface DataKey {
	readonly id: string;
	readonly key: Uint8Array;
}

// The live service's blobs start with this text and the data key's id too, so whoever recognises those recognises ours.
const magic = Buffer.from('WOS.EKM.v1\0', 'latin1');
const uuidLength = 36;
const wrappedLength = keyLength + sealOverhead;
const countAt = magic.length + uuidLength;
const keyCheck = Buffer.from('local-vault key check');
/** The key of an empty context. No key-context item can be spelled like it. */
const environmentItem = 'environment';

/**
 * The keys of a vault: one key-encryption key (KEK) per distinct key-context item, sealed under the root key. An item that
 * a customer's key is bound to has that one instead.
 * A sealed data key is self-contained: magic, data key id, number of KEKs, their ids, and the data key under each. The
 * part before the wrapped keys is authenticated with each of them.
 */
export class Keyring {
	readonly #etagKey: Key;
	// A KEK never changes, and opening it costs as much as opening a value.
	readonly #opened = new Map<string, Key>();

	/** @throws {CannotStart} when the database was made with another root key */
	constructor(
		private readonly database: Database,
		private readonly rootKey: Uint8Array,
		/** How many distinct pairs of key contexts there may be. */
		public maximumKeys: number,
		private readonly customerKeys: CustomerKeys,
		private readonly events: Events,
	) {
		this.#etagKey = keyOf(deriveKey(rootKey, 'etag'));
		database.setting('key check', () => seal(rootKey, keyCheck, keyCheck));
		checkRootKey(database, rootKey);
	}

	/** How many keys there are, one for each distinct pair. */
	get count(): number {
		return this.database.one<{ count: number }>('SELECT count(*) AS count FROM key_encryption_keys')?.count ?? 0;
	}

	/**
	 * The ids of the keys of a context, one for each of its items. Creates the KEKs that are missing; `at` is when.
	 * @throws {Refusal} `tooManyKeys`
	 */
	keyIdsOf(context: KeyContext, at?: number): string[] {
		const items = itemsOf(context);
		return (items.length === 0 ? [environmentItem] : items).map((item) => this.#keyId(item, at));
	}

	/** A fresh random data key. */
	newDataKey(): DataKey {
		return { id: randomUUID(), key: randomBytes(keyLength) };
	}

	/** Seals a data key under each of these keys, which {@link keyIdsOf} told. @throws {Refusal} `keyUnavailable` */
	sealDataKey(dataKey: DataKey, keyIds: readonly string[]): Buffer {
		const header = Buffer.concat([
			magic,
			Buffer.from(dataKey.id),
			Buffer.from([keyIds.length]),
			Buffer.from(keyIds.join('')),
		]);
		return Buffer.concat([header, ...keyIds.map((id) => seal(this.#key(id), dataKey.key, header))]);
	}

	/**
	 * @throws {CannotOpen} when the blob was changed, is no sealed data key, or belongs to another vault
	 * @throws {Refusal} `keyUnavailable`
	 */
	openDataKey(blob: Buffer): DataKey {
		if (blob.length <= countAt || !blob.subarray(0, magic.length).equals(magic)) throw new CannotOpen();
		const count = blob.readUInt8(countAt);
		const wrappedAt = countAt + 1 + count * uuidLength;
		if (count === 0 || blob.length !== wrappedAt + count * wrappedLength) throw new CannotOpen();
		const header = blob.subarray(0, wrappedAt);
		const keys = Array.from({ length: count }, (_, index) => {
			const idAt = countAt + 1 + index * uuidLength;
			const at = wrappedAt + index * wrappedLength;
			const id = header.toString('latin1', idAt, idAt + uuidLength);
			return open(this.#key(id), blob.subarray(at, at + wrappedLength), header);
		});
		const [key] = keys;
		if (!key || keys.some((other) => !other.equals(key))) throw new CannotOpen();
		return { id: header.toString('latin1', magic.length, countAt), key };
	}

	/** A hash that tells equal values from different ones, and nothing to whoever guesses a value without the root key. */
	etag(value: Uint8Array): string {
		return keyedHash(this.#etagKey, value).toString('hex', 0, 16);
	}

	#keyId(item: string, at: number | undefined): string {
		const find = () => this.customerKeys.find(item) ?? this.#findKeyId(item);
		return find() ?? this.database.write(() => find() ?? this.#createKey(item, at));
	}

	#findKeyId(item: string): string | undefined {
		return this.database.one<{ id: string }>('SELECT id FROM key_encryption_keys WHERE item = ?', item)?.id;
	}

	#createKey(item: string, at: number | undefined): string {
		// The live service's own words: workos-node pull request 1656.
		if (this.count >= this.maximumKeys) throw new Refusal('tooManyKeys', 'Maximum unique keys reached');
		const id = randomUUID();
		const sealed = seal(this.rootKey, randomBytes(keyLength), Buffer.from(id));
		this.database.run('INSERT INTO key_encryption_keys (id, item, sealed) VALUES (?, ?, ?)', id, item, sealed);
		this.events.record('vault.kek.created', { key_name: item, key_id: id }, undefined, at);
		return id;
	}

	#key(id: string): Key {
		// Looked for each time all the same: another process may have reset the vault.
		const row = this.database.one<{ sealed: Uint8Array }>('SELECT sealed FROM key_encryption_keys WHERE id = ?', id);
		if (!row) return this.customerKeys.key(id);
		const known = this.#opened.get(id);
		if (known) return known;
		const key = keyOf(open(this.rootKey, row.sealed, Buffer.from(id)));
		this.#opened.set(id, key);
		return key;
	}
}
