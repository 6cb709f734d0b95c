import { eventLagMs, isLater, isSameTime } from './changeTimes';
import type { ContextEvent } from './known/announcements';
import type { CatalogState } from './state';
import { isSameKeyContext } from '../keyContext';
import type { KnownObject, VaultEvent } from '../model';

/**
 * Applies what happened after a mark. Events count in the order in which they are told, never by their times: clocks are
 * set back, and an event may come late.
 */
export function applyEvents(state: CatalogState, events: readonly VaultEvent[]): void {
	/** Objects that the last event of their name is not of, as far as can be told; by name. */
	const doubts = new Map<string, KnownObject>();
	for (const event of events) {
		apply(state, event, doubts);
		state.listing.reachTime(event.at.getTime() - eventLagMs);
	}
	for (const object of doubts.values()) state.known.doubt(object);
}

function apply(state: CatalogState, event: VaultEvent, doubts: Map<string, KnownObject>): void {
	switch (event.kind) {
		case 'created':
		case 'updated':
			return applyChange(state, event, doubts);
		case 'deleted':
			doubts.delete(event.name);
			return applyDeletion(state, event.name, event.at);
		case 'organization':
			return state.organizations.put(event.organization);
		case 'organizationDeleted':
			return state.organizations.remove(event.organizationId);
		case 'dataKey':
			return;
	}
}

function applyChange(state: CatalogState, event: ContextEvent, doubts: Map<string, KnownObject>): void {
	const { name, at, by, kind, keyContext } = event;
	doubts.delete(name);
	const known = state.known.objects.named(name);
	const isSameObject =
		known && !state.known.pending.doubted.has(known.id) && isSameKeyContext(known.keyContext, keyContext);
	if (isSameObject) state.known.confirm(known.id);
	const isAtOnce = isSameObject && isSameTime(at, known.updatedAt);
	if (isAtOnce && !isAnother(state, known, event)) return;
	if (isAtOnce) state.attention.markUnseen(known.id, by);
	if (isSameObject && !isAtOnce && kind === 'updated' && at > known.updatedAt) {
		state.known.put({ ...known, updatedAt: at, updatedBy: by, versionId: undefined });
		state.announcements.noteEvent(known.id, event.id);
		state.attention.markUnseen(known.id, by);
		return;
	}
	// One that is known already, told again or with a clock that was set back; or another object of this name.
	if (known) doubts.set(name, known);
	if (!known || isLater(at, known.updatedAt)) state.announcements.miss(name);
	state.announce(event);
}

/**
 * True for an event of a change right after the known one, whose own event was heard. One that was made before the known
 * version is of the version before that: an event comes late, never early.
 */
function isAnother({ announcements }: CatalogState, { id, updatedAt }: KnownObject, event: ContextEvent): boolean {
	if (event.at < updatedAt) return false;
	const before = announcements.noteEvent(id, event.id);
	return before !== undefined && before !== event.id;
}

function applyDeletion(state: CatalogState, name: string, at: Date): void {
	const { withoutContext, unreadable } = state.known.pending;
	state.announcements.forget(name);
	const row = withoutContext.named(name);
	if (row) state.known.doubt(row);
	for (const one of [...unreadable.values()]) if (one.name === name) state.known.doubt(one);
	const known = state.known.objects.allNamed(name);
	if (known.length === 0) state.known.noteUnknownDeletion(name, at);
	for (const object of known) {
		if (isLater(at, object.updatedAt)) state.remove(object.id);
		else state.known.doubt(object);
	}
}
