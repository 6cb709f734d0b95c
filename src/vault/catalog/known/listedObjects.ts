import type { ObjectSummary } from '../../model';

/** What can be asked of listed objects; only those who keep them change them. */
export type ReadonlyListedObjects = Pick<ListedObjects, 'size' | 'has' | 'named' | 'all'>;

/** Rows of a list, found by id and by name. */
export class ListedObjects {
	readonly #byId = new Map<string, ObjectSummary>();
	readonly #byName = new Map<string, ObjectSummary>();

	get size(): number {
		return this.#byId.size;
	}

	has(id: string): boolean {
		return this.#byId.has(id);
	}

	named(name: string): ObjectSummary | undefined {
		return this.#byName.get(name);
	}

	all(): IterableIterator<ObjectSummary> {
		return this.#byId.values();
	}

	/** Of two rows of one name the later one is found by it; the other one stays, until a look-up tells that it is gone. */
	put(row: ObjectSummary): void {
		this.#byId.set(row.id, row);
		this.#byName.set(row.name, row);
	}

	delete(id: string): void {
		const row = this.#byId.get(id);
		if (!row) return;
		this.#byId.delete(id);
		if (this.#byName.get(row.name) === row) this.#byName.delete(row.name);
	}

	clear(): void {
		this.#byId.clear();
		this.#byName.clear();
	}
}
