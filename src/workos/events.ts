import type { ActivityEvent, ActivityKind } from '../vault/activity/activityEvent';
import type { ActivityRequest, EventRequest } from '../vault/api';
import type { KeyContext, VaultEvent } from '../vault/model';
import { timeFrom } from './answers';

/** The API's names of what is done with an object. */
const activities: Readonly<Record<ActivityKind, string>> = {
	created: 'vault.data.created',
	updated: 'vault.data.updated',
	deleted: 'vault.data.deleted',
	read: 'vault.data.read',
};

/** What the API calls events of each kind (https://workos.com/docs/events). */
const names: Record<VaultEvent['kind'], readonly string[]> = {
	created: [activities.created],
	updated: [activities.updated],
	deleted: [activities.deleted],
	organization: ['organization.created', 'organization.updated'],
	organizationDeleted: ['organization.deleted'],
	dataKey: ['vault.dek.read'],
};

/** What is asked of `GET /events`. */
export interface EventQuery {
	readonly limit: number;
	readonly [name: string]: string | number | undefined;
}

/** The query of a list of events. */
export function eventQuery({ limit = 100, after, since, kinds, order }: EventRequest): EventQuery {
	return {
		events: kinds.flatMap((kind) => names[kind]).join(),
		limit,
		order: order === 'newestFirst' ? 'desc' : 'asc',
		after,
		range_start: since?.toISOString(),
	};
}

/** The query of a list of what was done with objects, the newest first. */
export function activityQuery(page: ActivityRequest): EventQuery {
	const { limit = 100, after, since, until, kinds, organizationId } = page;
	return {
		events: kinds.map((kind) => activities[kind]).join(),
		limit,
		order: 'desc',
		after,
		range_start: since?.toISOString(),
		range_end: until?.toISOString(),
		organization_id: organizationId,
	};
}

/** An event as it came over the wire; undefined for one that is of another kind, or lacks what its kind has. */
export function eventFrom(row: object): VaultEvent | undefined {
	const { id, event, created_at: createdAt, data } = row as Readonly<Record<string, unknown>>;
	const kind = (Object.keys(names) as VaultEvent['kind'][]).find((key) => names[key].includes(String(event)));
	const at = timeFrom(createdAt);
	if (typeof id !== 'string' || !kind || !at || typeof data !== 'object' || data === null) return undefined;
	const fields = data as Readonly<Record<string, unknown>>;
	if (kind === 'organization' || kind === 'organizationDeleted') {
		const { id: organizationId, name } = fields;
		if (typeof organizationId !== 'string') return undefined;
		if (kind === 'organizationDeleted') return { kind, id, at, organizationId };
		return typeof name === 'string' ? { kind, id, at, organization: { id: organizationId, name } } : undefined;
	}
	if (kind === 'dataKey') {
		const { key_ids: keyIds, key_context: keyContext } = fields;
		return isTexts(keyIds) && isKeyContext(keyContext) ? { kind, id, at, keyIds, keyContext } : undefined;
	}
	const { kv_name: name, key_context: keyContext, actor_name: actor } = fields;
	if (typeof name !== 'string') return undefined;
	const by = typeof actor === 'string' ? actor : '';
	if (kind === 'deleted') return { kind, id, at, name, by };
	return isKeyContext(keyContext) ? { kind, id, at, name, keyContext, by } : undefined;
}

/** An event of what was done with an object; undefined for another one, or one that lacks its id, its time or the object's name. */
export function activityFrom(row: object): ActivityEvent | undefined {
	const { id, event, created_at: createdAt, data } = row as Readonly<Record<string, unknown>>;
	const kind = (Object.keys(activities) as ActivityKind[]).find((key) => activities[key] === event);
	const at = timeFrom(createdAt);
	if (typeof id !== 'string' || !kind || !at || typeof data !== 'object' || data === null) return undefined;
	const fields = data as Readonly<Record<string, unknown>>;
	const { kv_name: name, actor_name: actorName, actor_source: source } = fields;
	if (typeof name !== 'string') return undefined;
	const by = {
		name: typeof actorName === 'string' ? actorName : '',
		source: source === 'api' || source === 'dashboard' ? source : undefined,
	} as const;
	return { kind, id, at, name, by };
}

function isTexts(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isKeyContext(value: unknown): value is KeyContext {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	return Object.values(value).every((text) => typeof text === 'string');
}
