import { eventLag, isLater, isSameTime, type CatalogState, type ContextEvent } from './state';
import { isSameKeyContext } from '../keyContext';
import type { KnownObject, Organization, VaultEvent } from '../model';

/**
 * Takes in what happened after a mark. Events count in the order in which they are told, never by their times: clocks are
 * set back, and an event may come late.
 */
export function followEvents(state: CatalogState, events: readonly VaultEvent[]): void {
	/** Objects that the last event of their name is not of, as far as can be told; by name. */
	const doubts = new Map<string, KnownObject>();
	for (const event of events) {
		follow(state, event, doubts);
		state.knownUntil = Math.max(state.knownUntil, event.at.getTime() - eventLag);
	}
	for (const object of doubts.values()) state.doubt(object);
}

function follow(state: CatalogState, event: VaultEvent, doubts: Map<string, KnownObject>): void {
	switch (event.kind) {
		case 'created':
		case 'updated':
			return followChange(state, event, doubts);
		case 'deleted':
			doubts.delete(event.name);
			return followDeletion(state, event.name, event.at);
		case 'organization':
			return followOrganization(state, event.organization);
		case 'organizationDeleted':
			state.organizationChanges++;
			state.organizations = state.organizations?.filter(({ id }) => id !== event.organizationId);
			state.lookedUpOrganizations.delete(event.organizationId);
			return;
		case 'dataKey':
			return;
	}
}

function followChange(state: CatalogState, event: ContextEvent, doubts: Map<string, KnownObject>): void {
	const { name, at, by, kind, keyContext } = event;
	doubts.delete(name);
	const known = state.objects.named(name);
	const isSameObject = known && !state.doubted.has(known.id) && isSameKeyContext(known.keyContext, keyContext);
	if (isSameObject) state.unproven.delete(known.id);
	const isAtOnce = isSameObject && isSameTime(at, known.updatedAt);
	if (isAtOnce && !isAnother(state, known, event)) return;
	if (isAtOnce) state.markUnseen(known.id, by);
	if (isSameObject && !isAtOnce && kind === 'updated' && at > known.updatedAt) {
		state.put({ ...known, updatedAt: at, updatedBy: by, versionId: undefined });
		state.heard.set(known.id, event.id);
		state.markUnseen(known.id, by);
		return;
	}
	// One that is known already, told again or with a clock that was set back; or another object of this name.
	if (known) doubts.set(name, known);
	if (!known || isLater(at, known.updatedAt)) state.missing.set(name, 0);
	state.keepTold(event);
}

/**
 * True for an event of a change right after the known one, whose own event was heard. One that was made before the known
 * version is of the version before that: an event comes late, never early.
 */
function isAnother({ heard }: CatalogState, { id, updatedAt }: KnownObject, event: ContextEvent): boolean {
	if (event.at < updatedAt) return false;
	const before = heard.get(id);
	heard.set(id, event.id);
	return before !== undefined && before !== event.id;
}

function followDeletion(state: CatalogState, name: string, at: Date): void {
	state.told.delete(name);
	state.missing.delete(name);
	const row = state.unplaced.named(name);
	if (row) state.doubt(row);
	for (const one of [...state.unreadable.values()]) if (one.name === name) state.doubt(one);
	const known = state.objects.allNamed(name);
	if (known.length === 0) state.erased.note(name, at);
	for (const object of known) {
		if (isLater(at, object.updatedAt)) state.remove(object.id);
		else state.doubt(object);
	}
}

function followOrganization(state: CatalogState, organization: Organization): void {
	const { id } = organization;
	state.organizationChanges++;
	if (state.lookedUpOrganizations.has(id)) state.lookedUpOrganizations.set(id, organization);
	const known = state.organizations;
	if (!known) return;
	const isKnown = known.some((one) => one.id === id);
	// The vault lists the newest first.
	state.organizations = isKnown ? known.map((one) => (one.id === id ? organization : one)) : [organization, ...known];
}
