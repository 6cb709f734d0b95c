import assert from 'node:assert/strict';
import type { Ask } from './running';

/** An event as it is listed. */
export interface VaultEvent {
	object: string;
	id: string;
	event: string;
	data: Record<string, unknown>;
	created_at: string;
}
/** A page of events. */
export interface EventPage {
	object: string;
	data: VaultEvent[];
	list_metadata: { before: string | null; after: string | null };
}

/** What whoever follows the changes of a vault asks for. Of an organization, Local Vault writes only the first of them. */
export const CHANGES = [
	'vault.data.created',
	'vault.data.updated',
	'vault.data.deleted',
	'organization.created',
	'organization.updated',
	'organization.deleted',
] as const;

/** A page of events. */
export async function eventPage(ask: Ask, query: string): Promise<EventPage> {
	const { status, body } = await ask<EventPage>('GET', `/events?${query}`);
	assert.equal(status, 200, query);
	return body;
}

/** Adds the events that have come since the last one in `seen`, oldest first. */
export async function poll(ask: Ask, seen: VaultEvent[]): Promise<void> {
	for (;;) {
		const last = seen.at(-1);
		const { data } = await eventPage(ask, `order=asc&limit=7${last ? `&after=${last.id}` : ''}`);
		if (data.length === 0) return;
		seen.push(...data);
	}
}

/** Their ids. */
export const ids = (events: readonly VaultEvent[]): string[] => events.map(({ id }) => id);
