import { isLater, type CatalogState, type FollowMark } from './state';
import type { KnownObject } from '../model';
import { laterOf } from '../outline/arrangement';
import type { Turns } from '../pause';

/**
 * Takes in what another window kept, in pieces: thousands of objects in one go would hold everything up. The newer of two
 * that tell of one object counts, and what one of them found gone is gone, also where that is learnt meanwhile. What
 * happened is followed from the marks of both on: nothing is missed, and hearing twice is no harm.
 */
export async function mergeInto(state: CatalogState, theirs: CatalogState, pieces: Turns): Promise<void> {
	for (const [id, at] of theirs.gone) {
		if (state.objects.get(id) || state.unplaced.has(id)) state.remove(id);
		state.gone.set(id, at);
	}
	// From their marks on, events tell what is out of date in what they know; without one, nothing will.
	const isFollowed = () => theirs.marks !== undefined || state.marks === undefined;
	// Ours was not listed after their marks: they stand for it only where theirs is all that there was.
	const isReplaced = state.marks === undefined && theirs.marks !== undefined && !theirs.listing;
	const unfollowed = isReplaced ? [...state.objects.all(), ...state.unplaced.all()] : [];
	for (const row of unfollowed) {
		if (!theirs.objects.get(row.id)) state.doubt(row);
		if (pieces.isOver) await pieces.next();
	}
	for (const object of theirs.objects.all()) {
		mergeObject(state, object, { isUnproven: theirs.unproven.has(object.id), isFollowed: isFollowed() });
		if (pieces.isOver) await pieces.next();
	}
	for (const row of theirs.unplaced.all()) {
		if (state.objects.get(row.id) || state.gone.has(row.id)) continue;
		if (isFollowed()) state.unplaced.put(row);
		else state.doubt(row);
		if (pieces.isOver) await pieces.next();
	}
	for (const row of theirs.doubted.values()) if (!state.gone.has(row.id)) state.doubt(row);
	for (const told of theirs.told.values()) if (!state.told.has(told.name)) state.told.set(told.name, told);
	for (const [name, tries] of theirs.missing) if (!state.missing.has(name)) state.missing.set(name, tries);
	for (const [id, at] of theirs.opened) state.opened.set(id, Math.max(at, state.opened.get(id) ?? 0));
	for (const [id, change] of theirs.unseen) {
		if (!state.unseen.has(id) && state.objects.get(id)) state.unseen.set(id, change);
	}
	for (const [id, { at }] of [...state.unseen]) if ((state.opened.get(id) ?? 0) >= at) state.unseen.delete(id);
	if (isReplaced) {
		state.areOrganizationsStale = true;
		state.organizationChanges++;
	}
	if (!state.organizations && theirs.organizations) {
		state.organizations = theirs.organizations;
		state.moreOrganizations = theirs.moreOrganizations;
		state.areOrganizationsStale = !isFollowed() || theirs.areOrganizationsStale;
	}
	for (const [id, organization] of theirs.lookedUpOrganizations) {
		if (!state.lookedUpOrganizations.has(id)) state.lookedUpOrganizations.set(id, organization);
	}
	if (!theirs.listing && isFollowed()) {
		const isProven = (id: string) => theirs.objects.get(id) !== undefined && !theirs.unproven.has(id);
		for (const id of state.unproven) if (isProven(id)) state.unproven.delete(id);
		state.endListing(Math.max(state.listedAt ?? 0, theirs.listedAt ?? 0));
	}
	state.marks = isReplaced ? theirs.marks : state.marks && marksOfBoth(state.marks, theirs.marks ?? []);
	state.refusedEventsAt ??= theirs.refusedEventsAt;
	state.environmentId ??= theirs.environmentId;
	state.followedAt = Math.max(state.followedAt, theirs.followedAt);
	state.arrangement = laterOf(state.arrangement, theirs.arrangement);
	state.knownUntil = Math.min(state.knownUntil || theirs.knownUntil, theirs.knownUntil || state.knownUntil);
}

function mergeObject(
	state: CatalogState,
	object: KnownObject,
	{ isUnproven, isFollowed }: { readonly isUnproven: boolean; readonly isFollowed: boolean },
): void {
	const ours = state.objects.get(object.id);
	if (state.gone.has(object.id)) return;
	if (!ours && isUnproven) state.unproven.add(object.id);
	const isFuller = ours?.versionId === undefined && object.versionId !== undefined;
	const isNewer = !ours || isLater(object.updatedAt, ours.updatedAt);
	// What they have not confirmed since their mark may be older all the same, where the vault's clock was set back.
	const isDoubtful = !isFollowed || (ours !== undefined && isUnproven);
	if (isNewer && isDoubtful) state.doubt(object);
	else if (isNewer || (isFuller && !isLater(ours.updatedAt, object.updatedAt))) {
		state.put(object);
		state.heard.delete(object.id);
	}
}

/** The older ones first: the way from there mostly leads over the newer ones. */
function marksOfBoth(ours: readonly FollowMark[], theirs: readonly FollowMark[]): readonly FollowMark[] {
	const marks = new Map([...ours, ...theirs].map((mark) => [mark.id, mark]));
	return [...marks.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}
