import { CatalogState, isLater, type Place, type ToldContext, type Unseen } from './catalogState';
import type { KeyContext, KnownObject, ObjectSummary, Organization } from './model';

/** Changes with the form of what is kept: what has another one is thrown away and learnt anew. */
const format = 1;
/** Another window that has not written for longer than this, in ms, has an old list anyway. */
const goneKept = 7 * 24 * 60 * 60_000;

/**
 * What a catalog knows, as plain data that JSON can hold. It names objects and their key contexts: it may be kept
 * encrypted only. No values. Times are ms since 1970; key contexts and people are numbers of their lists.
 */
export interface CatalogSnapshot {
	readonly format: typeof format;
	readonly contexts: readonly KeyContext[];
	readonly people: readonly string[];
	/** Id, name, key context, time of change, who (-1: unknown), version (empty: unknown). */
	readonly objects: readonly (readonly [string, string, number, number, number, string])[];
	/** Id, name, time of change (0: unknown). */
	readonly unplaced: readonly (readonly [string, string, number])[];
	readonly unreadable: readonly (readonly [string, string, number])[];
	/** Name, key context, time, who, event. */
	readonly told: readonly (readonly [string, number, number, number, string])[];
	readonly gone: readonly (readonly [string, number])[];
	readonly unseen: readonly (readonly [string, Unseen])[];
	readonly opened: readonly (readonly [string, number])[];
	readonly organizations?: readonly Organization[] | undefined;
	readonly moreOrganizations?: string | undefined;
	readonly listing?: Place | undefined;
	readonly reading?: Place | undefined;
	readonly mark?: readonly [string, number] | undefined;
	readonly refusedEventsAt?: number | undefined;
	readonly listedAt?: number | undefined;
	readonly knownUntil: number;
	readonly followedAt: number;
}

/** What a state knows. Objects come by organization, in order of name where they were in order. */
export function snapshotOf(state: CatalogState): CatalogSnapshot {
	const contexts = new Numbers<KeyContext>(JSON.stringify);
	const people = new Numbers<string>(String);
	const person = (name: string | undefined) => (name === undefined ? -1 : people.of(name));
	const row = ({ id, name, updatedAt }: ObjectSummary) => [id, name, updatedAt?.getTime() ?? 0] as const;
	const ofOne = ({ id, name, keyContext, updatedAt, updatedBy, versionId = '' }: KnownObject) =>
		[id, name, contexts.of(keyContext), updatedAt.getTime(), person(updatedBy), versionId] as const;
	return {
		format,
		objects: [...state.objects.organizations()].flatMap((id) => state.objects.of(id).map(ofOne)),
		unplaced: Array.from(state.unplaced.all(), row),
		unreadable: Array.from(state.unreadable.values(), row),
		told: Array.from(
			state.told.values(),
			({ name, keyContext, at, by, id }) => [name, contexts.of(keyContext), at.getTime(), people.of(by), id] as const,
		),
		gone: [...state.gone].filter(([, at]) => Date.now() - at < goneKept),
		unseen: [...state.unseen],
		opened: [...state.opened],
		organizations: state.organizations,
		moreOrganizations: state.moreOrganizations,
		listing: state.listing,
		reading: state.reading,
		mark: state.mark && [state.mark.id, state.mark.at.getTime()],
		refusedEventsAt: state.refusedEventsAt,
		listedAt: state.listedAt,
		knownUntil: state.knownUntil,
		followedAt: state.followedAt,
		contexts: contexts.all,
		people: people.all,
	};
}

/** True for what `snapshotOf` makes today. */
export function isSnapshot(value: unknown): value is CatalogSnapshot {
	return typeof value === 'object' && value !== null && (value as Partial<CatalogSnapshot>).format === format;
}

/** A state that knows what is in a snapshot. */
export function keptFrom(snapshot: CatalogSnapshot): CatalogState {
	const state = new CatalogState();
	for (const object of objectsIn(snapshot)) state.objects.put(object);
	for (const row of rowsIn(snapshot.unplaced)) state.unplaced.put(row);
	for (const row of rowsIn(snapshot.unreadable)) state.unreadable.set(row.id, row);
	for (const told of toldIn(snapshot)) state.told.set(told.name, told);
	for (const [id, at] of snapshot.gone) state.gone.set(id, at);
	for (const [id, change] of snapshot.unseen) state.unseen.set(id, change);
	for (const [id, at] of snapshot.opened) state.opened.set(id, at);
	state.organizations = snapshot.organizations;
	state.moreOrganizations = snapshot.moreOrganizations;
	state.listing = snapshot.listing;
	state.reading = snapshot.reading;
	state.mark = snapshot.mark && { id: snapshot.mark[0], at: new Date(snapshot.mark[1]) };
	state.refusedEventsAt = snapshot.refusedEventsAt;
	state.listedAt = snapshot.listedAt;
	state.knownUntil = snapshot.knownUntil;
	state.followedAt = snapshot.followedAt;
	return state;
}

/**
 * Takes in what another window kept. The newer of two that tell of one object counts, and what one of them found gone
 * is gone. What happened is followed from the older of the two marks on: nothing is missed, and hearing twice is no harm.
 */
export function mergeInto(state: CatalogState, snapshot: CatalogSnapshot): void {
	const theirs = keptFrom(snapshot);
	for (const [id, at] of theirs.gone) {
		const known = state.objects.get(id);
		if (known || state.unplaced.has(id)) state.remove(id);
		state.gone.set(id, at);
	}
	for (const object of theirs.objects.all()) {
		const ours = state.objects.get(object.id);
		if (state.gone.has(object.id)) continue;
		const isFuller = ours?.versionId === undefined && object.versionId !== undefined;
		const isNewer = !ours || isLater(object.updatedAt, ours.updatedAt);
		if (isNewer || (isFuller && !isLater(ours.updatedAt, object.updatedAt))) state.put(object);
	}
	for (const row of theirs.unplaced.all()) {
		if (!state.objects.get(row.id) && !state.gone.has(row.id)) state.unplaced.put(row);
	}
	for (const told of theirs.told.values()) state.takeContext({ ...told, kind: 'created' });
	for (const [id, at] of theirs.opened) state.opened.set(id, Math.max(at, state.opened.get(id) ?? 0));
	for (const [id, change] of theirs.unseen) if (!state.unseen.has(id)) state.unseen.set(id, change);
	for (const [id, { at }] of [...state.unseen]) if ((state.opened.get(id) ?? 0) >= at) state.unseen.delete(id);
	state.organizations ??= theirs.organizations;
	if (!theirs.listing) {
		state.listing = undefined;
		state.listedAt = Math.max(state.listedAt ?? 0, theirs.listedAt ?? 0);
	}
	if (!theirs.reading) state.reading = undefined;
	if (!state.mark || (theirs.mark && theirs.mark.at < state.mark.at)) state.mark = theirs.mark ?? state.mark;
	state.refusedEventsAt ??= theirs.refusedEventsAt;
	state.followedAt = Math.max(state.followedAt, theirs.followedAt);
	state.knownUntil = Math.min(state.knownUntil || theirs.knownUntil, theirs.knownUntil || state.knownUntil);
}

function* objectsIn({ objects, contexts, people }: CatalogSnapshot): Iterable<KnownObject> {
	for (const [id, name, context, at, by, versionId] of objects) {
		yield {
			id,
			name,
			keyContext: contexts[context] ?? {},
			updatedAt: new Date(at),
			updatedBy: people[by],
			versionId: versionId === '' ? undefined : versionId,
		};
	}
}

function* toldIn({ told, contexts, people }: CatalogSnapshot): Iterable<ToldContext> {
	for (const [name, context, at, by, id] of told) {
		yield { id, at: new Date(at), name, keyContext: contexts[context] ?? {}, by: people[by] ?? '' };
	}
}

function* rowsIn(rows: CatalogSnapshot['unplaced']): Iterable<ObjectSummary> {
	for (const [id, name, at] of rows) yield { id, name, updatedAt: at === 0 ? undefined : new Date(at) };
}

/** Gives equal things one number. */
class Numbers<T> {
	readonly all: T[] = [];
	readonly #numbers = new Map<string, number>();

	constructor(private readonly text: (value: T) => string) {}

	of(value: T): number {
		const text = this.text(value);
		const known = this.#numbers.get(text);
		if (known !== undefined) return known;
		this.#numbers.set(text, this.all.length);
		return this.all.push(value) - 1;
	}
}
