/** The order of the rows under a row, which stays as it is shown while a scan goes on. */
export class StableOrder {
	readonly #shown = new Map<string, readonly string[]>();

	/** The ids of the rows that were shown under the row `key`, while a scan went on. */
	shown(key: string): ReadonlySet<string> {
		return new Set(this.#shown.get(key));
	}

	/**
	 * The rows to show under the row `key`, at most `most`. While a scan goes on, those that are shown keep their places
	 * and others come after them: no row moves away under a person's pointer. When it is done, all are in order.
	 * @param first the first rows in their order, as many as may be shown
	 * @param find finds a row that was shown before, where it is there still
	 */
	arrange<T extends object>(
		key: string,
		first: readonly T[],
		most: number,
		isScanning: boolean,
		idOf: (row: T) => string,
		find: (id: string) => T | undefined,
	): readonly T[] {
		if (!isScanning) {
			this.#shown.delete(key);
			return first.slice(0, most);
		}
		const before = new Set(this.#shown.get(key));
		const rows = [...before].flatMap((id) => find(id) ?? []).slice(0, most);
		for (const row of first) {
			if (rows.length >= most) break;
			if (!before.has(idOf(row))) rows.push(row);
		}
		this.#shown.set(key, rows.map(idOf));
		return rows;
	}
}
