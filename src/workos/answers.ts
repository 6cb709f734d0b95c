import type {
	ObjectMetadata as SdkMetadata,
	ObjectVersion as SdkVersion,
	VaultObject as SdkObject,
} from '@workos-inc/node';
import { VaultError } from '../vault/errors';
import type { ObjectMetadata, ObjectSummary, ObjectVersion, Page, VaultObject } from '../vault/model';

/**
 * The cursor of the next page. The documents say `after`; WorkOS' own live tests page with `before` (sent as `after`),
 * which a full page without an `after` falls back to. See `unseenPages` for where the circle ends.
 */
export function nextCursor(
	{ after, before }: { after?: string | null; before?: string | null },
	count: number,
	limit: number,
): string | undefined {
	return after ?? (count >= limit ? before : undefined) ?? undefined;
}

/**
 * A page of a list as it came over the wire. `read` answers undefined for a row that is nothing for us.
 * @throws VaultError `unexpected` when it is no list
 */
export function pageFrom<T>(answer: unknown, limit: number, read: (row: object) => T | undefined): Page<T> {
	const { data, list_metadata: cursors } = (answer ?? {}) as { data?: unknown; list_metadata?: unknown };
	if (!Array.isArray(data)) throw new VaultError('unexpected');
	const items = data.flatMap((row: unknown) => (typeof row === 'object' && row !== null ? (read(row) ?? []) : []));
	return { items, next: nextCursor(cursors ?? {}, data.length, limit) };
}

/** A row of `GET /vault/v1/kv`. @throws VaultError `unexpected` when it has no id or name */
export function summaryFrom(row: { id?: unknown; name?: unknown; updated_at?: unknown }): ObjectSummary {
	const { id, name, updated_at: updatedAt } = row;
	if (typeof id !== 'string' || typeof name !== 'string') throw new VaultError('unexpected');
	return { id, name, updatedAt: timeFrom(updatedAt) };
}

/** A time in ISO 8601; undefined where there is none that can be read, or none that can have been. */
export function timeFrom(text: unknown): Date | undefined {
	return possibleTime(new Date(typeof text === 'string' ? text : Number.NaN));
}

/** A time between 1970 and 9999, which every calendar and every format has; undefined for any other. */
function possibleTime(time: Date): Date | undefined {
	return time.getTime() >= 0 && time.getTime() < Date.UTC(10_000, 0) ? time : undefined;
}

/**
 * What is said of the object that was asked for.
 * @throws VaultError `unexpected` where it is said of another one
 */
export function ofObject<T extends { readonly id: string }>(id: string, answer: T): T {
	if (answer.id !== id) throw new VaultError('unexpected');
	return answer;
}

/** A version of an object. @throws VaultError `unexpected` when it has no id or time */
export function versionFrom({ id, createdAt, currentVersion, size, etag }: SdkVersion): ObjectVersion {
	return {
		...whole<{ id: string; createdAt: Date }>({ id, createdAt: possibleTime(createdAt) }),
		isCurrent: currentVersion,
		size: Math.max(0, size ?? 0),
		etag: etag ?? '',
	};
}

/**
 * The SDK's answer to a create, with the name that was sent.
 * @throws VaultError `unexpected` when the vault left out what an object can't be without
 */
export function fromMetadata(name: string, metadata: SdkMetadata): ObjectMetadata {
	const { id, context, keyId, environmentId, updatedAt, updatedBy, versionId } = metadata;
	// The SDK hands on what a vault left out: no time as an invalid one.
	whole({ id, name, context, time: possibleTime(updatedAt) });
	return {
		id,
		name,
		keyContext: context,
		keyId,
		environmentId,
		updatedAt,
		updatedBy: updatedBy.name,
		versionId: versionId ?? undefined,
	};
}

/** An object's metadata. @throws VaultError `unexpected` as `fromMetadata` does */
export function fromObject({ name, metadata }: SdkObject): ObjectMetadata {
	return fromMetadata(name, metadata);
}

/** An object with its value. @throws VaultError `unexpected` as `fromMetadata` does */
export function withValue(object: SdkObject): VaultObject {
	return { ...fromObject(object), ...whole<{ value: string }>({ value: object.value }) };
}

/**
 * The same answer, with nothing left out: the SDK hands on what a vault left out as undefined.
 * @throws VaultError `unexpected`
 */
export function whole<T extends object>(answer: { readonly [K in keyof T]: T[K] | undefined }): T {
	if (Object.values(answer).includes(undefined)) throw new VaultError('unexpected');
	return answer as T;
}
