import type { KeyContext, VaultEvent } from '../vault/model';
import { timeFrom } from './answers';

/** What the API calls events of each kind (https://workos.com/docs/events). */
const names: Record<VaultEvent['kind'], readonly string[]> = {
	created: ['vault.data.created'],
	updated: ['vault.data.updated'],
	deleted: ['vault.data.deleted'],
	organization: ['organization.created', 'organization.updated'],
	organizationDeleted: ['organization.deleted'],
	dataKey: ['vault.dek.read'],
};

/** The API's names of events of these kinds. */
export function eventNames(kinds: readonly VaultEvent['kind'][]): string[] {
	return kinds.flatMap((kind) => names[kind]);
}

/** An event as it came over the wire; undefined for one that is of another kind, or lacks what its kind has. */
export function eventFrom(row: object): VaultEvent | undefined {
	const { id, event, created_at: createdAt, data } = row as Readonly<Record<string, unknown>>;
	const kind = (Object.keys(names) as VaultEvent['kind'][]).find((key) => names[key].includes(String(event)));
	const at = timeFrom(createdAt);
	if (typeof id !== 'string' || !kind || !at || typeof data !== 'object' || data === null) return undefined;
	const told = data as Readonly<Record<string, unknown>>;
	if (kind === 'organization' || kind === 'organizationDeleted') {
		const { id: organizationId, name } = told;
		if (typeof organizationId !== 'string') return undefined;
		if (kind === 'organizationDeleted') return { kind, id, at, organizationId };
		return typeof name === 'string' ? { kind, id, at, organization: { id: organizationId, name } } : undefined;
	}
	if (kind === 'dataKey') {
		const { key_ids: keyIds, key_context: keyContext } = told;
		return isTexts(keyIds) && isKeyContext(keyContext) ? { kind, id, at, keyIds, keyContext } : undefined;
	}
	const { kv_name: name, key_context: keyContext, actor_name: actor } = told;
	if (typeof name !== 'string') return undefined;
	const by = typeof actor === 'string' ? actor : '';
	if (kind === 'deleted') return { kind, id, at, name, by };
	return isKeyContext(keyContext) ? { kind, id, at, name, keyContext, by } : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isKeyContext(value: unknown): value is KeyContext {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	return Object.values(value).every((text) => typeof text === 'string');
}
