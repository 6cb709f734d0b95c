import type { ObjectSummary } from './model';

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

	/** A row takes the place of one of the same name: the vault lists a name once. */
	put(row: ObjectSummary): void {
		this.delete(this.#byName.get(row.name)?.id ?? row.id);
		this.#byId.set(row.id, row);
		this.#byName.set(row.name, row);
	}

	delete(id: string): void {
		const row = this.#byId.get(id);
		if (!row) return;
		this.#byId.delete(id);
		this.#byName.delete(row.name);
	}
}
