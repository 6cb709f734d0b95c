import { randomBytes, randomUUID } from 'node:crypto';
import { CannotOpen, keyLength, open, seal } from './crypto';
import type { Database } from '../database';
import type { Events, KeyProvider } from '../events';
import { Refusal } from '../refusal';

/** A key of a customer, in place of the vault's own for one item of a key context. Times are milliseconds since 1970. */
export interface CustomerKey {
	readonly id: string;
	/** The item: a name, and the value that it has to have. */
	readonly item: readonly [name: string, value: string];
	readonly provider: KeyProvider;
	readonly isEnabled: boolean;
	readonly createdAt: number;
}

interface CustomerKeyRow {
	readonly id: string;
	readonly item: string;
	readonly provider: KeyProvider;
	readonly is_enabled: number;
	readonly created_at: number;
}

const columns = 'id, item, provider, is_enabled, created_at';

/**
 * Customer-managed keys. A real one is in the customer's own key management service; these are sealed under the root key,
 * and only do what one sees of that from outside: they can be taken away, and given back.
 */
export class CustomerKeys {
	constructor(
		private readonly database: Database,
		private readonly rootKey: Uint8Array,
		private readonly events: Events,
	) {}

	/** Binds a new key to an item. @throws {Refusal} `conflict` when one is bound to it */
	bind(item: CustomerKey['item'], provider: KeyProvider): CustomerKey {
		const text = JSON.stringify(item);
		return this.database.write(() => {
			const key: CustomerKey = { id: randomUUID(), item, provider, isEnabled: true, createdAt: Date.now() };
			if (this.find(text)) throw new Refusal('conflict', 'A customer-managed key is bound to this item already.');
			this.database.run(
				'INSERT INTO customer_keys (id, item, provider, sealed, is_enabled, created_at) VALUES (?, ?, ?, ?, 1, ?)',
				key.id,
				text,
				provider,
				seal(this.rootKey, randomBytes(keyLength), Buffer.from(key.id)),
				key.createdAt,
			);
			this.#recordVerification(key);
			return key;
		});
	}

	/** Those that are bound, in the order in which they were. */
	list(): CustomerKey[] {
		return this.database
			.all<CustomerKeyRow>(`SELECT ${columns} FROM customer_keys WHERE sealed IS NOT NULL ORDER BY position`)
			.map(fromRow);
	}

	/** Gives a key back, or takes it away: what needs it fails until then. @throws {Refusal} `notFound` */
	setEnabled(id: string, isEnabled: boolean): CustomerKey {
		return this.database.write(() => {
			const key: CustomerKey = { ...this.#get(id), isEnabled };
			this.database.run('UPDATE customer_keys SET is_enabled = ? WHERE id = ?', Number(isEnabled), id);
			this.#recordVerification(key);
			return key;
		});
	}

	/** Destroys a key: what was encrypted under it is never read again. @throws {Refusal} `notFound` */
	delete(id: string): void {
		this.database.write(() => {
			const { item, provider } = this.#get(id);
			this.database.run('UPDATE customer_keys SET sealed = NULL WHERE id = ?', id);
			this.events.record('vault.byok_key.deleted', { organization_id: item[1], key_provider: provider }, item[1]);
		});
	}

	/** The id of the key that is bound to an item of a key context, as the keyring spells it. */
	find(item: string): string | undefined {
		const bound = 'SELECT id FROM customer_keys WHERE item = ? AND sealed IS NOT NULL';
		return this.database.one<{ id: string }>(bound, item)?.id;
	}

	/**
	 * @throws {CannotOpen} when there never was such a key
	 * @throws {Refusal} `keyUnavailable` when it is disabled or deleted
	 */
	key(id: string): Uint8Array {
		const found = 'SELECT sealed, is_enabled FROM customer_keys WHERE id = ?';
		const row = this.database.one<{ sealed: Uint8Array | null; is_enabled: number }>(found, id);
		if (!row) throw new CannotOpen();
		if (row.sealed === null || !row.is_enabled) {
			const state = row.sealed === null ? 'deleted' : 'disabled';
			throw new Refusal('keyUnavailable', `KMS error: the customer-managed key is ${state}.`);
		}
		return open(this.rootKey, row.sealed, Buffer.from(id));
	}

	#get(id: string): CustomerKey {
		const bound = `SELECT ${columns} FROM customer_keys WHERE id = ? AND sealed IS NOT NULL`;
		const row = this.database.one<CustomerKeyRow>(bound, id);
		if (!row) throw new Refusal('notFound', 'Not Found: no such customer-managed key is bound.');
		return fromRow(row);
	}

	#recordVerification({ item, provider, isEnabled }: CustomerKey): void {
		const eventData = { organization_id: item[1], key_provider: provider, verified: isEnabled };
		this.events.record('vault.byok_key.verification_completed', eventData, item[1]);
	}
}

function fromRow(row: CustomerKeyRow): CustomerKey {
	return {
		id: row.id,
		item: JSON.parse(row.item) as [string, string],
		provider: row.provider,
		isEnabled: row.is_enabled !== 0,
		createdAt: row.created_at,
	};
}
