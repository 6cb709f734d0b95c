import { open, seal } from './keys/crypto';
import type { Database } from './database';
import type { Keyring } from './keys/keyring';
import { Refusal } from './refusal';

/** One version of an object, without its value; `number` counts from 1, the oldest. Times are milliseconds since 1970. */
export interface ObjectVersion {
	readonly id: string;
	readonly number: number;
	readonly createdAt: number;
	readonly isCurrent: boolean;
	readonly size: number;
	readonly etag: string;
}

/** A value that was read, and of which version. */
export interface VersionValue {
	readonly number: number;
	readonly versionId: string;
	readonly createdAt: number;
	readonly value: string;
}

/** The object that a version belongs to. */
interface Owner {
	readonly position: number;
	readonly id: string;
}

interface VersionRow {
	readonly number: number;
	readonly id: string;
	readonly created_at: number;
	readonly size: number;
	readonly etag: string;
	readonly sealed_data_key: Uint8Array;
	readonly sealed_value: Uint8Array;
}

/** All versions of the values of a vault, each encrypted under a data key of its own and bound to its object. */
export class Versions {
	constructor(
		private readonly database: Database,
		private readonly keyring: Keyring,
	) {}

	/** Keeps a value as version `number`, under keys of these ids. @throws {Refusal} `keyUnavailable` */
	add(owner: Owner, keyIds: readonly string[], { number, versionId, createdAt, value }: VersionValue): void {
		const bytes = Buffer.from(value);
		const dataKey = this.keyring.newDataKey();
		this.database.run(
			`INSERT INTO versions (object, number, id, created_at, size, etag, sealed_data_key, sealed_value)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			owner.position,
			number,
			versionId,
			createdAt,
			bytes.length,
			this.keyring.etag(bytes),
			this.keyring.sealDataKey(dataKey, keyIds),
			seal(dataKey.key, bytes, boundTo(owner, versionId)),
		);
	}

	/** All versions of an object, newest first. Decrypts nothing. */
	list(owner: Owner): ObjectVersion[] {
		return this.database
			.all<VersionRow>(
				'SELECT number, id, created_at, size, etag FROM versions WHERE object = ? ORDER BY number DESC',
				owner.position,
			)
			.map(({ number, id, created_at, size, etag }, index) => ({
				id,
				number,
				createdAt: created_at,
				isCurrent: index === 0,
				size,
				etag,
			}));
	}

	/**
	 * The value of a version, by its number or its id.
	 * @throws {Refusal} `notFound`, `keyUnavailable`
	 * @throws {CannotOpen} when what is kept was changed
	 */
	read(owner: Owner, version: number | string): VersionValue {
		const row = this.database.one<VersionRow>(
			`SELECT * FROM versions WHERE object = ? AND ${typeof version === 'number' ? 'number' : 'id'} = ?`,
			owner.position,
			version,
		);
		if (!row) throw new Refusal('notFound', 'Not Found: the object has no such version.');
		const dataKey = this.keyring.openDataKey(Buffer.from(row.sealed_data_key));
		return {
			number: row.number,
			versionId: row.id,
			createdAt: row.created_at,
			value: open(dataKey.key, row.sealed_value, boundTo(owner, row.id)).toString(),
		};
	}
}

function boundTo(owner: Owner, versionId: string): Buffer {
	return Buffer.from(`${owner.id} ${versionId}`);
}
