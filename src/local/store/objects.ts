import { randomUUID } from 'node:crypto';
import type { Database } from './database';
import type { KeyContext, Keyring } from './keyring';
import { type Page, type PageRequest, readPage } from './page';
import { Refusal } from './refusal';
import { type ObjectVersion, type VersionValue, Versions } from './versions';

/** What a list tells of an object. Times are milliseconds since 1970. */
export interface ObjectSummary {
	readonly id: string;
	readonly name: string;
	readonly updatedAt: number;
}

/** An object without its value. */
export interface ObjectMetadata extends ObjectSummary {
	readonly context: KeyContext;
	readonly keyId: string;
	readonly versionId: string;
}

/** An object with the value of one of its versions. */
export interface ObjectValue {
	readonly object: ObjectMetadata;
	readonly version: VersionValue;
}

/** What a new object is made of. Ids and time are given by a seed only. */
export interface NewObject {
	readonly name: string;
	readonly value: string;
	readonly context: KeyContext;
	readonly id?: string;
	readonly versionId?: string;
	readonly at?: number;
}

/** What a new version is made of. Id and time are given by a seed only. */
export interface NewVersion {
	readonly value: string;
	readonly versionCheck?: string | null | undefined;
	readonly versionId?: string;
	readonly at?: number;
}

/** Which objects a list holds. */
export interface ObjectFilter {
	readonly search?: string | undefined;
	readonly updatedAfter?: number | undefined;
}

interface ObjectRow {
	readonly position: number;
	readonly id: string;
	readonly name: string;
	readonly context: string;
	readonly key_id: string;
	readonly version: number;
	readonly version_id: string;
	readonly updated_at: number;
	readonly deleted_at: number | null;
}

// Words of the live service, known from the fixtures of its own SDK: both conflicts carry them.
const EXISTS = 'Item already exists';

/**
 * The objects of a vault. Nothing here knows HTTP: both dialects speak to this.
 */
export class Objects {
	readonly #versions: Versions;

	constructor(
		private readonly database: Database,
		private readonly keyring: Keyring,
	) {
		this.#versions = new Versions(database, keyring);
	}

	/** @throws {Refusal} `conflict` when a live object has the name, `tooManyKeys` */
	create(draft: NewObject): ObjectMetadata {
		const { name, context, value, id = randomUUID(), versionId = randomUUID(), at = Date.now() } = draft;
		return this.database.write(() => {
			if (this.database.one('SELECT 1 FROM objects WHERE name = ? AND deleted_at IS NULL', name)) {
				throw new Refusal('conflict', EXISTS);
			}
			const keyId = this.keyring.keyIdOf(context);
			const position = this.database.run(
				`INSERT INTO objects (id, name, folded_name, context, key_id, version, version_id, updated_at)
				VALUES (?, ?, ?, ?, ?, 1, ?, ?)`,
				id,
				name,
				name.toLowerCase(),
				JSON.stringify(context),
				keyId,
				versionId,
				at,
			);
			this.#versions.add({ position, id }, context, { number: 1, versionId, createdAt: at, value });
			return { id, name, context, keyId, versionId, updatedAt: at };
		});
	}

	/**
	 * Adds a version; the older ones stay.
	 * @throws {Refusal} `notFound`; `conflict` when `versionCheck` names another version than the current one
	 */
	update(id: string, change: NewVersion): ObjectMetadata {
		return this.database.write(() => {
			const row = this.#checkedRow(id, change.versionCheck);
			const { versionId = randomUUID() } = change;
			// Two versions within a millisecond, or a clock set back: the times of an object still go up.
			const at = Math.max(change.at ?? Date.now(), row.updated_at + 1);
			const number = row.version + 1;
			this.#versions.add(row, contextOf(row), { number, versionId, createdAt: at, value: change.value });
			this.database.run(
				'UPDATE objects SET version = ?, version_id = ?, updated_at = ? WHERE position = ?',
				number,
				versionId,
				at,
				row.position,
			);
			return { ...metadataOf(row), versionId, updatedAt: at };
		});
	}

	/**
	 * Marks an object as deleted: gone at once for every call, its name free at once. Answers its name.
	 * @throws {Refusal} `notFound`; `conflict` when `versionCheck` names another version than the current one
	 */
	delete(id: string, versionCheck?: string): string {
		return this.database.write(() => {
			const row = this.#checkedRow(id, versionCheck);
			const at = Math.max(Date.now(), row.updated_at + 1);
			this.database.run('UPDATE objects SET deleted_at = ? WHERE position = ?', at, row.position);
			return row.name;
		});
	}

	/** @throws {Refusal} `malformed` when a cursor is unknown */
	list(request: PageRequest, { search, updatedAfter }: ObjectFilter): Page<ObjectSummary> {
		const filters: [string, string | number | undefined][] = [
			['instr(folded_name, ?) > 0', search?.toLowerCase()],
			['updated_at > ?', updatedAfter],
		];
		const used = filters.filter((filter): filter is [string, string | number] => filter[1] !== undefined);
		return readPage(
			this.database,
			{
				table: 'objects',
				columns: 'id, name, updated_at AS updatedAt',
				where: ['deleted_at IS NULL', ...used.map(([condition]) => condition)],
				values: used.map(([, value]) => value),
			},
			request,
		);
	}

	/** Decrypts nothing. @throws {Refusal} `notFound` */
	metadata(id: string): ObjectMetadata {
		return metadataOf(this.#row(id));
	}

	/** The current value. @throws {Refusal} `notFound` */
	read(id: string): ObjectValue {
		return this.#value(this.#row(id));
	}

	/** The current value of the live object of this name. @throws {Refusal} `notFound` */
	readByName(name: string): ObjectValue {
		const ofName = 'SELECT * FROM objects WHERE name = ? AND deleted_at';
		return this.#value(
			live(
				this.database.one<ObjectRow>(`${ofName} IS NULL`, name) ??
					this.database.one<ObjectRow>(`${ofName} IS NOT NULL ORDER BY deleted_at DESC LIMIT 1`, name),
			),
		);
	}

	/** The value of any version, by its number or its id. @throws {Refusal} `notFound` */
	readVersion(id: string, version: number | string): ObjectValue {
		return this.#value(this.#row(id), version);
	}

	/** All versions, newest first. @throws {Refusal} `notFound` */
	versions(id: string): ObjectVersion[] {
		return this.#versions.list(this.#row(id));
	}

	#value(row: ObjectRow, version: number | string = row.version_id): ObjectValue {
		return { object: metadataOf(row), version: this.#versions.read(row, version) };
	}

	#row(id: string): ObjectRow {
		return live(this.database.one<ObjectRow>('SELECT * FROM objects WHERE id = ?', id));
	}

	#checkedRow(id: string, versionCheck: string | null | undefined): ObjectRow {
		const row = this.#row(id);
		if (versionCheck != null && versionCheck !== row.version_id) {
			throw new Refusal('conflict', `${EXISTS} in another version than version_check names.`);
		}
		return row;
	}
}

function live(row: ObjectRow | undefined): ObjectRow {
	if (!row) throw new Refusal('notFound', 'Not Found: this vault has no such object.');
	if (row.deleted_at !== null) {
		throw new Refusal('notFound', `Not Found: the object was deleted at ${new Date(row.deleted_at).toISOString()}.`);
	}
	return row;
}

function contextOf(row: ObjectRow): KeyContext {
	return JSON.parse(row.context) as KeyContext;
}

function metadataOf(row: ObjectRow): ObjectMetadata {
	return {
		id: row.id,
		name: row.name,
		context: contextOf(row),
		keyId: row.key_id,
		versionId: row.version_id,
		updatedAt: row.updated_at,
	};
}
