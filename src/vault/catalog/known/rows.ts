import type { KeyContext, KnownObject, ObjectSummary } from '../../model';

/** Id, name, key context, time of change, who (-1: unknown), version (empty: unknown). */
export type ObjectRow = readonly [string, string, number, number, number, string];

/** Id, name, time of change (0: unknown). */
export type SummaryRow = readonly [string, string, number];

/** What rows hold the numbers of: each key context and each person is kept once. */
export interface RowLists {
	readonly contexts: readonly KeyContext[];
	readonly people: readonly string[];
}

/** The numbers that key contexts and people have in rows. */
export class RowNumbers {
	readonly contexts = new Numbers<KeyContext>(JSON.stringify);
	readonly people = new Numbers<string>(String);

	/** What the numbers that were given stand for. */
	get lists(): RowLists {
		return { contexts: this.contexts.all, people: this.people.all };
	}
}

/** Gives equal things one number. */
class Numbers<T> {
	readonly #all: T[] = [];
	/** The same thing comes thousands of times: its text is made once. */
	readonly #known = new Map<T, number>();
	readonly #byText = new Map<string, number>();

	constructor(private readonly text: (value: T) => string) {}

	get all(): readonly T[] {
		return this.#all;
	}

	of(value: T): number {
		const known = this.#known.get(value);
		if (known !== undefined) return known;
		const text = this.text(value);
		const number = this.#byText.get(text) ?? this.#all.push(value) - 1;
		this.#byText.set(text, number);
		this.#known.set(value, number);
		return number;
	}
}

export function rowOfObject(object: KnownObject, { contexts, people }: RowNumbers): ObjectRow {
	const { id, name, keyContext, updatedAt, updatedBy, versionId = '' } = object;
	const person = updatedBy === undefined ? -1 : people.of(updatedBy);
	return [id, name, contexts.of(keyContext), updatedAt.getTime(), person, versionId];
}

export function objectOfRow([id, name, context, at, by, versionId]: ObjectRow, lists: RowLists): KnownObject {
	return {
		id,
		name,
		keyContext: lists.contexts[context] ?? {},
		updatedAt: new Date(at),
		updatedBy: lists.people[by],
		versionId: versionId === '' ? undefined : versionId,
	};
}

export function rowOfSummary({ id, name, updatedAt }: ObjectSummary): SummaryRow {
	return [id, name, updatedAt?.getTime() ?? 0];
}

export function summaryOfRow([id, name, at]: SummaryRow): ObjectSummary {
	return { id, name, updatedAt: at === 0 ? undefined : new Date(at) };
}
