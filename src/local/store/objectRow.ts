import { type KeyContext, isSameContext } from './keys/keyContext';
import { Refusal } from './refusal';

/** What a list tells of an object. Times are milliseconds since 1970. */
export interface ObjectSummary {
	readonly id: string;
	readonly name: string;
	/** The number of its current version: 1 for the first. */
	readonly version: number;
	readonly createdAt: number;
	readonly updatedAt: number;
}

/** An object without its value. */
export interface ObjectMetadata extends ObjectSummary {
	readonly context: KeyContext;
	readonly keyId: string;
	readonly versionId: string;
}

/** What an object has to be for a call to be carried out; what is left out is not looked at. */
export interface Expected {
	/** Its current version, by number or id. */
	readonly version?: number | string | null | undefined;
	/** Its key context, in any order. */
	readonly context?: KeyContext | undefined;
}

/** An object as it is kept. */
export interface ObjectRow {
	readonly position: number;
	readonly id: string;
	readonly name: string;
	readonly context: string;
	readonly key_id: string;
	readonly version: number;
	readonly version_id: string;
	readonly created_at: number;
	readonly updated_at: number;
	readonly deleted_at: number | null;
}

/** What both conflicts say: words of the live service, known from the fixtures of its own SDK. */
export const alreadyExists = 'Item already exists';

/** The row, when it is there and as expected. @throws {Refusal} `notFound`, `conflict` */
export function asExpected(row: ObjectRow | undefined, { version, context }: Expected): ObjectRow {
	// Whoever does not know the context is not told that there is, or was, such an object.
	if (!row || (context && !isSameContext(context, contextOf(row)))) {
		throw new Refusal('notFound', 'Not Found: this vault has no such object.');
	}
	if (row.deleted_at !== null) {
		throw new Refusal('notFound', `Not Found: the object was deleted at ${new Date(row.deleted_at).toISOString()}.`);
	}
	if (version != null && version !== row.version && version !== row.version_id) {
		throw new Refusal('conflict', `${alreadyExists} in another version than the one that was expected.`);
	}
	return row;
}

/** The key context that an object was created with. */
export function contextOf(row: ObjectRow): KeyContext {
	return JSON.parse(row.context) as KeyContext;
}

/** What a row tells of its object. */
export function metadataOf(row: ObjectRow): ObjectMetadata {
	return {
		id: row.id,
		name: row.name,
		context: contextOf(row),
		keyId: row.key_id,
		version: row.version,
		versionId: row.version_id,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
	};
}
