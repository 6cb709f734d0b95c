import type { KnownObject } from '../model';
import { pause } from '../pause';
import { ObjectIndex } from './known/objectIndex';
import { objectOfRow, RowNumbers, rowOfObject, type ObjectRow, type RowLists } from './known/rows';
import { CatalogState, type StateSnapshot } from './state';

/** Changes with the form of what is kept: what has another one is thrown away and learnt anew. */
const format = 2;
const objectsInAStep = 1_000;

/**
 * What a catalog knows, as plain data that JSON can hold. It names objects and their key contexts: it may be kept
 * encrypted only. No values. Times are ms since 1970; key contexts and people are numbers of their lists.
 */
export interface CatalogSnapshot extends StateSnapshot, RowLists {
	readonly format: typeof format;
	readonly objects: readonly ObjectRow[];
}

/** What a state knows. Objects come by organization, in order of name where they were in order. */
export function snapshotOf(state: CatalogState): CatalogSnapshot {
	const writing = new Writing(state);
	const objects = writing.objects.map((object) => writing.rowOf(object));
	return { ...writing.others, objects, ...writing.lists };
}

/** What a state knows as it is put into rows. */
export class Writing {
	readonly objects: readonly KnownObject[];
	readonly others: StateSnapshot & Pick<CatalogSnapshot, 'format'>;
	readonly #numbers = new RowNumbers();

	constructor(state: CatalogState) {
		this.objects = [...state.known.objects.organizations()].flatMap((id) => state.known.objects.of(id));
		this.others = { format, ...state.toSnapshot(this.#numbers) };
	}

	rowOf(object: KnownObject): ObjectRow {
		return rowOfObject(object, this.#numbers);
	}

	/** What the numbers in the rows stand for that were made so far. */
	get lists(): RowLists {
		return this.#numbers.lists;
	}
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
	const objects = new ObjectIndex();
	let count = 0;
	for (const row of snapshot.objects) {
		objects.put(objectOfRow(row, snapshot));
		if (++count % objectsInAStep === 0) yield;
	}
	return new CatalogState(objects, snapshot);
}
