import { randomUUID } from 'node:crypto';
import type { Database } from './database';
import type { Events } from './events';
import type { KeyContext } from './keys/keyContext';
import { type Keyring, keyIdOf } from './keys/keyring';
import {
	alreadyExists,
	type Expected,
	type ObjectMetadata,
	type ObjectRow,
	type ObjectSummary,
	asExpected,
	contextOf,
	metadataOf,
} from './objectRow';
import { type Page, type PageRequest, readPage } from './page';
import { Refusal } from './refusal';
import { type ObjectVersion, type VersionValue, Versions } from './versions';

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
	readonly versionId?: string;
	readonly at?: number;
}

/** Which objects a list holds. */
export interface ObjectFilter {
	readonly search?: string | undefined;
	readonly updatedAfter?: number | undefined;
}

/**
 * The objects of a vault, and the events of what is done with them. Nothing here knows HTTP: both dialects speak to this.
 *
 * Every call throws {@link Refusal} `notFound` where there is no such object, or its context is not the expected one;
 * `conflict` where its version is not the expected one; `keyUnavailable` where a customer's key can't be used.
 */
export class Objects {
	readonly #versions: Versions;

	constructor(
		private readonly database: Database,
		private readonly keyring: Keyring,
		private readonly events: Events,
	) {
		this.#versions = new Versions(database, keyring);
	}

	/** @throws {Refusal} `conflict` when a live object has the name, `tooManyKeys`, `keyUnavailable` */
	create(draft: NewObject): ObjectMetadata {
		const { name, context, value, id = randomUUID(), versionId = randomUUID() } = draft;
		return this.database.write(() => {
			// Not before it is our turn to write: whoever asks for what is newer than what he has seen would miss it.
			const at = draft.at ?? Date.now();
			if (this.database.one('SELECT 1 FROM objects WHERE name = ? AND deleted_at IS NULL', name)) {
				throw new Refusal('conflict', alreadyExists);
			}
			const keyIds = this.keyring.keyIdsOf(context, at);
			const keyId = keyIdOf(keyIds);
			const position = this.database.run(
				`INSERT INTO objects (id, name, folded_name, context, key_id, version, version_id, created_at, updated_at)
				VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)`,
				id,
				name,
				name.toLowerCase(),
				JSON.stringify(context),
				keyId,
				versionId,
				at,
				at,
			);
			this.#versions.add({ position, id }, keyIds, { number: 1, versionId, createdAt: at, value });
			const eventData = { kv_name: name, key_id: keyId, key_context: context };
			this.events.record('vault.data.created', eventData, context.organization_id, at);
			return { id, name, context, keyId, version: 1, versionId, createdAt: at, updatedAt: at };
		});
	}

	/** Adds a version; the older ones stay. */
	update(id: string, change: NewVersion, expected: Expected = {}): ObjectMetadata {
		return this.database.write(() => {
			const row = this.#row(id, expected);
			const { versionId = randomUUID() } = change;
			// Two versions within a millisecond, or a clock set back: the times of an object still go up.
			const at = Math.max(change.at ?? Date.now(), row.updated_at + 1);
			const version = row.version + 1;
			const object = metadataOf(row);
			const { name, context } = object;
			// Another one than before, where a customer's key was bound in between.
			const keyIds = this.keyring.keyIdsOf(context, at);
			const keyId = keyIdOf(keyIds);
			this.#versions.add(row, keyIds, { number: version, versionId, createdAt: at, value: change.value });
			this.database.run(
				'UPDATE objects SET version = ?, version_id = ?, key_id = ?, updated_at = ? WHERE position = ?',
				version,
				versionId,
				keyId,
				at,
				row.position,
			);
			const eventData = { kv_name: name, key_id: keyId, key_context: context };
			this.events.record('vault.data.updated', eventData, context.organization_id, at);
			return { ...object, keyId, version, versionId, updatedAt: at };
		});
	}

	/** Marks an object as deleted: gone at once for every call, its name free at once. */
	delete(id: string, expected: Expected = {}): { readonly name: string; readonly deletedAt: number } {
		return this.database.write(() => {
			const row = this.#row(id, expected);
			const deletedAt = Math.max(Date.now(), row.updated_at + 1);
			this.database.run('UPDATE objects SET deleted_at = ? WHERE position = ?', deletedAt, row.position);
			this.events.record('vault.data.deleted', { kv_name: row.name }, contextOf(row).organization_id);
			return { name: row.name, deletedAt };
		});
	}

	/** Removes what was deleted before a time, for good. */
	purge(before: number): void {
		this.database.write(() => this.database.run('DELETE FROM objects WHERE deleted_at < ?', before));
	}

	/** @throws {Refusal} `malformed` when a cursor is unknown */
	list(request: PageRequest, { search, updatedAfter }: ObjectFilter = {}): Page<ObjectSummary> {
		const filters: [string, string | number | undefined][] = [
			['instr(folded_name, ?) > 0', search?.toLowerCase()],
			['updated_at > ?', updatedAfter],
		];
		const used = filters.filter((filter): filter is [string, string | number] => filter[1] !== undefined);
		return this.database.audit(() => {
			this.events.record('vault.names.listed', {}, undefined);
			return readPage(
				this.database,
				{
					table: 'objects',
					columns: 'id, name, version, created_at AS createdAt, updated_at AS updatedAt',
					where: ['deleted_at IS NULL', ...used.map(([condition]) => condition)],
					values: used.map(([, value]) => value),
				},
				request,
			);
		});
	}

	/** Decrypts nothing. */
	metadata(id: string): ObjectMetadata {
		return this.database.audit(() => metadataOf(this.#described(id)));
	}

	/** The current value. A seed's was read at an older time. */
	read(id: string, expected: Expected = {}, at?: number): ObjectValue {
		return this.database.audit(() => this.#value(this.#row(id, expected), undefined, at));
	}

	/** The current value of the live object of this name. */
	readByName(name: string, expected: Expected = {}): ObjectValue {
		const ofName = 'SELECT * FROM objects WHERE name = ? AND deleted_at';
		return this.database.audit(() => {
			const row =
				this.database.one<ObjectRow>(`${ofName} IS NULL`, name) ??
				this.database.one<ObjectRow>(`${ofName} IS NOT NULL ORDER BY deleted_at DESC LIMIT 1`, name);
			return this.#value(asExpected(row, expected));
		});
	}

	/** The value of any version, by its number or its id. @throws {Refusal} `notFound` when there is no such version */
	readVersion(id: string, version: number | string): ObjectValue {
		return this.database.audit(() => this.#value(this.#row(id), version));
	}

	/** All versions, newest first. Decrypts nothing. */
	versions(id: string): ObjectVersion[] {
		return this.database.audit(() => this.#versions.list(this.#described(id)));
	}

	#value(row: ObjectRow, version: number | string = row.version_id, at?: number): ObjectValue {
		const read = { object: metadataOf(row), version: this.#versions.read(row, version) };
		const eventData = { kv_name: row.name, key_id: row.key_id };
		this.events.record('vault.data.read', eventData, read.object.context.organization_id, at);
		return read;
	}

	#described(id: string): ObjectRow {
		const row = this.#row(id);
		this.events.record('vault.metadata.read', { kv_name: row.name }, contextOf(row).organization_id);
		return row;
	}

	#row(id: string, expected: Expected = {}): ObjectRow {
		return asExpected(this.database.one<ObjectRow>('SELECT * FROM objects WHERE id = ?', id), expected);
	}
}
