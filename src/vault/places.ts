import type { KnownObject } from './model';

/** Where the objects of an organization stand in the tree. */
export class Places {
	readonly #shown = new Map<string, readonly string[]>();

	/**
	 * The objects to show of all those under the row `key`, at most `most`. While a scan goes on, those that are shown
	 * keep their places and others come after them: no row moves away under a person's pointer. When it is done, all are in
	 * order.
	 */
	place(key: string, all: readonly KnownObject[], most: number, isScanning: boolean): readonly KnownObject[] {
		if (!isScanning) {
			this.#shown.delete(key);
			return all.slice(0, most);
		}
		const before = new Set(this.#shown.get(key));
		const kept = new Map(all.filter(({ id }) => before.has(id)).map((object) => [object.id, object]));
		const rows = [...before].flatMap((id) => kept.get(id) ?? []).slice(0, most);
		for (const object of all) {
			if (rows.length >= most) break;
			if (!before.has(object.id)) rows.push(object);
		}
		this.#shown.set(
			key,
			rows.map(({ id }) => id),
		);
		return rows;
	}
}
