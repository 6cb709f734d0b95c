import { CatalogState, isLater, type FollowMark, type Place, type ToldContext, type Unseen } from './catalogState';
import type { KeyContext, KnownObject, ObjectSummary, Organization } from './model';
import { firstArrangement, type Arrangement } from './outline/arrangement';
import { pause, Pieces } from './pause';

/** Changes with the form of what is kept: what has another one is thrown away and learnt anew. */
const format = 2;
const objectsInAStep = 1_000;
const entriesInAPart = 2_000;
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
	readonly unproven: readonly string[];
	readonly doubted: readonly (readonly [string, string, number])[];
	readonly unreadable: readonly (readonly [string, string, number])[];
	/** Name, key context, time, who. */
	readonly told: readonly (readonly [string, number, number, number])[];
	/** Name, and how often it was not found. */
	readonly missing: readonly (readonly [string, number])[];
	readonly gone: readonly (readonly [string, number])[];
	readonly unseen: readonly (readonly [string, Unseen])[];
	readonly opened: readonly (readonly [string, number])[];
	readonly organizations?: readonly Organization[] | undefined;
	readonly moreOrganizations?: string | undefined;
	readonly listing?: Place | undefined;
	readonly reading?: Place | undefined;
	readonly areOrganizationsStale: boolean;
	/** Id, time, and the event before it. */
	readonly marks?: readonly (readonly [string, number, string | undefined])[] | undefined;
	readonly refusedEventsAt?: number | undefined;
	readonly listedAt?: number | undefined;
	readonly knownUntil: number;
	readonly followedAt: number;
	readonly arrangement?: Arrangement | undefined;
}

/** What a state knows. Objects come by organization, in order of name where they were in order. */
export function snapshotOf(state: CatalogState): CatalogSnapshot {
	const writing = new Writing(state);
	const objects = writing.objects.map((object) => writing.rowOf(object));
	return { ...writing.others, objects, contexts: writing.contexts.all, people: writing.people.all };
}

/** What a state knows as it is put into rows. */
class Writing {
	readonly contexts = new Numbers<KeyContext>(JSON.stringify);
	readonly people = new Numbers<string>(String);
	readonly objects: readonly KnownObject[];
	readonly others: Omit<CatalogSnapshot, 'objects' | 'contexts' | 'people'>;

	constructor(state: CatalogState) {
		this.objects = [...state.objects.organizations()].flatMap((id) => state.objects.of(id));
		this.others = othersOf(state, this.contexts, this.people);
	}

	rowOf({
		id,
		name,
		keyContext,
		updatedAt,
		updatedBy,
		versionId = '',
	}: KnownObject): CatalogSnapshot['objects'][number] {
		const person = updatedBy === undefined ? -1 : this.people.of(updatedBy);
		return [id, name, this.contexts.of(keyContext), updatedAt.getTime(), person, versionId];
	}
}

function othersOf(
	state: CatalogState,
	contexts: Numbers<KeyContext>,
	people: Numbers<string>,
): Omit<CatalogSnapshot, 'objects' | 'contexts' | 'people'> {
	const row = ({ id, name, updatedAt }: ObjectSummary) => [id, name, updatedAt?.getTime() ?? 0] as const;
	return {
		format,
		unplaced: Array.from(state.unplaced.all(), row),
		unproven: [...state.unproven],
		doubted: Array.from(state.doubted.values(), row),
		unreadable: Array.from(state.unreadable.values(), row),
		told: Array.from(
			state.told.values(),
			({ name, keyContext, at, by }) => [name, contexts.of(keyContext), at.getTime(), people.of(by)] as const,
		),
		missing: [...state.missing],
		gone: [...state.gone].filter(([, at]) => Math.abs(Date.now() - at) < goneKept),
		unseen: [...state.unseen],
		opened: [...state.opened],
		organizations: state.organizations,
		moreOrganizations: state.moreOrganizations,
		listing: state.listing,
		reading: state.reading,
		areOrganizationsStale: state.areOrganizationsStale,
		marks: state.marks?.map(({ id, at, behind }) => [id, at.getTime(), behind] as const),
		refusedEventsAt: state.refusedEventsAt,
		listedAt: state.listedAt,
		knownUntil: state.knownUntil,
		followedAt: state.followedAt,
		arrangement: state.arrangement,
	};
}

/** True for what `snapshotOf` makes today. */
export function isSnapshot(value: unknown): value is CatalogSnapshot {
	return typeof value === 'object' && value !== null && (value as Partial<CatalogSnapshot>).format === format;
}

/** A state that knows what is in a snapshot. */
export function keptFrom(snapshot: CatalogSnapshot): CatalogState {
	const steps = restoring(snapshot);
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}

/** The same, with a pause now and then: thousands of objects in one go would hold everything up. */
export async function keptFromInSteps(snapshot: CatalogSnapshot): Promise<CatalogState> {
	const steps = restoring(snapshot);
	for (;;) {
		// What came before, such as the parsing, was a step of its own; so is what comes after, such as taking it in.
		await pause(0);
		const { done, value } = steps.next();
		if (!done) continue;
		await pause(0);
		return value;
	}
}

/**
 * What a state knows as text, made with a pause now and then: lines of JSON, each with a part of a snapshot. What changes
 * meanwhile is in it or not; events are followed from before it on.
 */
export async function textOf(state: CatalogState): Promise<string> {
	const writing = new Writing(state);
	const lines: string[] = [];
	const pieces = new Pieces();
	const add = async (name: string, entries: readonly unknown[]) => {
		lines.push(JSON.stringify({ [name]: entries }));
		if (pieces.isOver) await pieces.next();
	};
	for (const part of partsOf(writing.objects)) {
		const known = part.flatMap(({ id }) => state.objects.get(id) ?? []);
		await add(
			'objects',
			known.map((object) => writing.rowOf(object)),
		);
	}
	const { format, ...others } = writing.others;
	for (const [name, value] of Object.entries({
		...others,
		contexts: writing.contexts.all,
		people: writing.people.all,
	})) {
		if (Array.isArray(value)) for (const part of partsOf(value as readonly unknown[])) await add(name, part);
		else lines.push(JSON.stringify({ [name]: value as unknown }));
	}
	return [...lines, JSON.stringify({ format })].join('\n');
}

/** A list in parts; an empty one is one part. */
function* partsOf<T>(entries: readonly T[]): Iterable<readonly T[]> {
	for (let at = 0; at === 0 || at < entries.length; at += entriesInAPart) yield entries.slice(at, at + entriesInAPart);
}

/** What `textOf` made a text of, read with a pause now and then. @throws SyntaxError where it is not such a text */
export async function snapshotIn(text: string): Promise<unknown> {
	const snapshot: Record<string, unknown> = {};
	const pieces = new Pieces();
	for (const line of text.split('\n')) {
		for (const [name, value] of Object.entries(JSON.parse(line) as Record<string, unknown>)) {
			const before = snapshot[name];
			if (Array.isArray(before) && Array.isArray(value)) for (const entry of value as unknown[]) before.push(entry);
			else snapshot[name] = value;
		}
		if (pieces.isOver) await pieces.next();
	}
	return snapshot;
}

function* restoring(snapshot: CatalogSnapshot): Generator<undefined, CatalogState, undefined> {
	const state = new CatalogState();
	let count = 0;
	for (const object of objectsIn(snapshot)) {
		state.objects.put(object);
		if (++count % objectsInAStep === 0) yield;
	}
	for (const row of rowsIn(snapshot.unplaced)) state.unplaced.put(row);
	for (const id of snapshot.unproven) state.unproven.add(id);
	for (const row of rowsIn(snapshot.doubted)) state.doubted.set(row.id, row);
	for (const row of rowsIn(snapshot.unreadable)) state.unreadable.set(row.id, row);
	for (const told of toldIn(snapshot)) state.told.set(told.name, told);
	for (const [name, tries] of snapshot.missing) state.missing.set(name, tries);
	for (const [id, at] of snapshot.gone) state.gone.set(id, at);
	for (const [id, change] of snapshot.unseen) state.unseen.set(id, change);
	for (const [id, at] of snapshot.opened) state.opened.set(id, at);
	state.organizations = snapshot.organizations;
	state.moreOrganizations = snapshot.moreOrganizations;
	state.listing = snapshot.listing;
	state.reading = snapshot.reading;
	state.areOrganizationsStale = snapshot.areOrganizationsStale;
	// In JSON there is null for what is undefined.
	state.marks = snapshot.marks?.map(([id, at, behind]) => ({ id, at: new Date(at), behind: behind ?? undefined }));
	state.refusedEventsAt = snapshot.refusedEventsAt;
	state.listedAt = snapshot.listedAt;
	state.knownUntil = snapshot.knownUntil;
	state.followedAt = snapshot.followedAt;
	state.arrangement = snapshot.arrangement ?? firstArrangement;
	return state;
}

/**
 * Takes in what another window kept. The newer of two that tell of one object counts, and what one of them found gone
 * is gone. What happened is followed from the marks of both on: nothing is missed, and hearing twice is no harm.
 */
export function mergeInto(state: CatalogState, theirs: CatalogState): void {
	for (const [id, at] of theirs.gone) {
		if (state.objects.get(id) || state.unplaced.has(id)) state.remove(id);
		state.gone.set(id, at);
	}
	// From their marks on, events tell what is out of date in what they know; without one, nothing will.
	const isFollowed = theirs.marks !== undefined || state.marks === undefined;
	// Ours was not listed after their marks: they stand for it only where theirs is all that there was.
	const isReplaced = state.marks === undefined && theirs.marks !== undefined && !theirs.listing;
	const unfollowed = isReplaced ? [...state.objects.all(), ...state.unplaced.all()] : [];
	for (const row of unfollowed) if (!theirs.objects.get(row.id)) state.doubt(row);
	for (const object of theirs.objects.all()) {
		const ours = state.objects.get(object.id);
		if (state.gone.has(object.id)) continue;
		if (!ours && theirs.unproven.has(object.id)) state.unproven.add(object.id);
		const isFuller = ours?.versionId === undefined && object.versionId !== undefined;
		const isNewer = !ours || isLater(object.updatedAt, ours.updatedAt);
		if (isNewer && !isFollowed) state.doubt(object);
		else if (isNewer || (isFuller && !isLater(ours.updatedAt, object.updatedAt))) {
			state.put(object);
			state.heard.delete(object.id);
		}
	}
	for (const row of theirs.unplaced.all()) {
		if (state.objects.get(row.id) || state.gone.has(row.id)) continue;
		if (isFollowed) state.unplaced.put(row);
		else state.doubt(row);
	}
	for (const row of theirs.doubted.values()) if (!state.gone.has(row.id)) state.doubt(row);
	for (const told of theirs.told.values()) if (!state.told.has(told.name)) state.told.set(told.name, told);
	for (const [name, tries] of theirs.missing) if (!state.missing.has(name)) state.missing.set(name, tries);
	for (const [id, at] of theirs.opened) state.opened.set(id, Math.max(at, state.opened.get(id) ?? 0));
	for (const [id, change] of theirs.unseen) if (!state.unseen.has(id)) state.unseen.set(id, change);
	for (const [id, { at }] of [...state.unseen]) if ((state.opened.get(id) ?? 0) >= at) state.unseen.delete(id);
	if (isReplaced) {
		state.areOrganizationsStale = true;
		state.organizationChanges++;
	}
	if (!state.organizations && theirs.organizations) {
		state.organizations = theirs.organizations;
		state.moreOrganizations = theirs.moreOrganizations;
		state.areOrganizationsStale = !isFollowed || theirs.areOrganizationsStale;
	}
	if (!theirs.listing && isFollowed) {
		for (const { id } of theirs.objects.all()) if (!theirs.unproven.has(id)) state.unproven.delete(id);
		state.endListing(Math.max(state.listedAt ?? 0, theirs.listedAt ?? 0));
	}
	state.marks = isReplaced ? theirs.marks : state.marks && marksOfBoth(state.marks, theirs.marks ?? []);
	state.refusedEventsAt ??= theirs.refusedEventsAt;
	state.followedAt = Math.max(state.followedAt, theirs.followedAt);
	if (theirs.arrangement.changedAt > state.arrangement.changedAt) state.arrangement = theirs.arrangement;
	state.knownUntil = Math.min(state.knownUntil || theirs.knownUntil, theirs.knownUntil || state.knownUntil);
}

/** The older ones first: the way from there mostly leads over the newer ones. */
function marksOfBoth(ours: readonly FollowMark[], theirs: readonly FollowMark[]): readonly FollowMark[] {
	const marks = new Map([...ours, ...theirs].map((mark) => [mark.id, mark]));
	return [...marks.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
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
	for (const [name, context, at, by] of told) {
		yield { at: new Date(at), name, keyContext: contexts[context] ?? {}, by: people[by] ?? '' };
	}
}

function* rowsIn(rows: CatalogSnapshot['unplaced']): Iterable<ObjectSummary> {
	for (const [id, name, at] of rows) yield { id, name, updatedAt: at === 0 ? undefined : new Date(at) };
}

/** Gives equal things one number. */
class Numbers<T> {
	readonly all: T[] = [];
	/** The same thing comes thousands of times: its text is made once. */
	readonly #known = new Map<T, number>();
	readonly #byText = new Map<string, number>();

	constructor(private readonly text: (value: T) => string) {}

	of(value: T): number {
		const known = this.#known.get(value);
		if (known !== undefined) return known;
		const text = this.text(value);
		const number = this.#byText.get(text) ?? this.all.push(value) - 1;
		this.#byText.set(text, number);
		this.#known.set(value, number);
		return number;
	}
}
