import { CatalogState, type Place, type ToldContext, type Unseen } from './state';
import type { KeyContext, KnownObject, ObjectSummary, Organization } from '../model';
import { isArrangement, type Arrangement } from '../outline/arrangement';
import { pause } from '../pause';

/** Changes with the form of what is kept: what has another one is thrown away and learnt anew. */
const format = 2;
const objectsInAStep = 1_000;
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
	/** Those that were looked up one by one. */
	readonly lookedUp?: readonly Organization[] | undefined;
	readonly listing?: Place | undefined;
	readonly reading?: Place | undefined;
	readonly areOrganizationsStale: boolean;
	/** Id, time, and the event before it. */
	readonly marks?: readonly (readonly [string, number, string | undefined])[] | undefined;
	readonly refusedEventsAt?: number | undefined;
	readonly listedAt?: number | undefined;
	readonly knownUntil: number;
	readonly followedAt: number;
	readonly environmentId?: string | undefined;
	readonly arrangement?: Arrangement | undefined;
}

/** What a state knows. Objects come by organization, in order of name where they were in order. */
export function snapshotOf(state: CatalogState): CatalogSnapshot {
	const writing = new Writing(state);
	const objects = writing.objects.map((object) => writing.rowOf(object));
	return { ...writing.others, objects, contexts: writing.contexts.all, people: writing.people.all };
}

/** What a state knows as it is put into rows. */
export class Writing {
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
		// One whose name the vault did not tell is asked for again by the next window.
		lookedUp: [...state.lookedUpOrganizations.values()].filter(({ id, name }) => name !== id),
		listing: state.listing,
		reading: state.reading,
		areOrganizationsStale: state.areOrganizationsStale,
		marks: state.marks?.map(({ id, at, behind }) => [id, at.getTime(), behind] as const),
		refusedEventsAt: state.refusedEventsAt,
		listedAt: state.listedAt,
		knownUntil: state.knownUntil,
		followedAt: state.followedAt,
		environmentId: state.environmentId,
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
	for (const [id, change] of snapshot.unseen) if (state.objects.get(id)) state.unseen.set(id, change);
	for (const [id, at] of snapshot.opened) state.opened.set(id, at);
	state.organizations = snapshot.organizations;
	state.moreOrganizations = snapshot.moreOrganizations;
	for (const organization of snapshot.lookedUp ?? []) state.lookedUpOrganizations.set(organization.id, organization);
	state.listing = snapshot.listing;
	state.reading = snapshot.reading;
	state.areOrganizationsStale = snapshot.areOrganizationsStale;
	// In JSON there is null for what is undefined.
	state.marks = snapshot.marks?.map(([id, at, behind]) => ({ id, at: new Date(at), behind: behind ?? undefined }));
	state.refusedEventsAt = snapshot.refusedEventsAt;
	state.listedAt = snapshot.listedAt;
	state.knownUntil = snapshot.knownUntil;
	state.followedAt = snapshot.followedAt;
	state.environmentId = snapshot.environmentId;
	if (isArrangement(snapshot.arrangement)) state.arrangement = snapshot.arrangement;
	return state;
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
