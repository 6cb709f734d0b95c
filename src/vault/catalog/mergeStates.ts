import { isLater } from './changeTimes';
import type { CatalogState } from './state';
import type { KnownObject } from '../model';
import { laterOf } from '../outline/arrangement';
import type { Turns } from '../pause';

/**
 * Applies what another window kept, in pieces: thousands of objects in one go would hold everything up. The newer of two
 * that tell of one object counts, and what one of them found gone is gone, also where that is learnt meanwhile. What
 * happened is read from the marks of both on: nothing is missed, and hearing twice is no harm.
 */
export async function mergeInto(state: CatalogState, theirs: CatalogState, pieces: Turns): Promise<void> {
	for (const [id, at] of theirs.known.gone.all()) {
		if (state.known.objects.get(id) || state.known.pending.withoutContext.has(id)) state.remove(id);
		state.known.noteGone(id, at);
	}
	// From their marks on, events tell what is out of date in what they know; without one, nothing will.
	const isCorrectedByEvents = () => theirs.events.marks !== undefined || state.events.marks === undefined;
	// Ours was not listed after their marks: they stand for it only where theirs is all that there was.
	const isReplaced = state.events.marks === undefined && theirs.events.marks !== undefined && !theirs.listing.cursor;
	const beforeTheirMarks = isReplaced
		? [...state.known.objects.all(), ...state.known.pending.withoutContext.all()]
		: [];
	for (const row of beforeTheirMarks) {
		if (!theirs.known.objects.get(row.id)) state.known.doubt(row);
		if (pieces.isOver) await pieces.next();
	}
	for (const object of theirs.known.objects.all()) {
		const isUnproven = theirs.known.pending.unproven.has(object.id);
		mergeObject(state, object, { isUnproven, isCorrectedByEvents: isCorrectedByEvents() });
		if (pieces.isOver) await pieces.next();
	}
	for (const row of theirs.known.pending.withoutContext.all()) {
		if (state.known.objects.get(row.id) || state.known.gone.has(row.id)) continue;
		if (isCorrectedByEvents()) state.known.addWithoutContext(row);
		else state.known.doubt(row);
		if (pieces.isOver) await pieces.next();
	}
	for (const row of theirs.known.pending.doubted.values()) if (!state.known.gone.has(row.id)) state.known.doubt(row);
	state.announcements.merge(theirs.announcements);
	state.attention.merge(theirs.attention, (id) => state.known.objects.get(id) !== undefined);
	state.organizations.merge(theirs.organizations, isReplaced, isCorrectedByEvents());
	if (!theirs.listing.cursor && isCorrectedByEvents()) endListing(state, theirs);
	state.events.merge(theirs.events, isReplaced);
	state.known.mergeEnvironment(theirs.known);
	state.arrange(laterOf(state.arrangement, theirs.arrangement));
	state.listing.mergeKnownUntil(theirs.listing);
}

function mergeObject(
	state: CatalogState,
	object: KnownObject,
	{ isUnproven, isCorrectedByEvents }: { readonly isUnproven: boolean; readonly isCorrectedByEvents: boolean },
): void {
	const ours = state.known.objects.get(object.id);
	if (state.known.gone.has(object.id)) return;
	if (!ours && isUnproven) state.known.addUnproven(object.id);
	const isFuller = ours?.versionId === undefined && object.versionId !== undefined;
	const isNewer = !ours || isLater(object.updatedAt, ours.updatedAt);
	// What they have not confirmed since their mark may be older all the same, where the vault's clock was set back.
	const isDoubtful = !isCorrectedByEvents || (ours !== undefined && isUnproven);
	if (isNewer && isDoubtful) state.known.doubt(object);
	else if (isNewer || (isFuller && !isLater(ours.updatedAt, object.updatedAt))) {
		state.known.put(object);
		state.announcements.forgetEvent(object.id);
	}
}

/** Theirs is a whole list: what they have confirmed is confirmed, and the rest of ours is not. */
function endListing(state: CatalogState, theirs: CatalogState): void {
	const isConfirmed = (id: string) =>
		theirs.known.objects.get(id) !== undefined && !theirs.known.pending.unproven.has(id);
	for (const id of state.known.pending.unproven) if (isConfirmed(id)) state.known.confirm(id);
	state.endListing(Math.max(state.listing.listedAt ?? 0, theirs.listing.listedAt ?? 0));
}
