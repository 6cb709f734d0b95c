/** The most names that are remembered. */
const most = 1000;

/** When objects were deleted that nobody here knew, by name: an answer that is on its way may still bring one. */
export class ErasedNames {
	readonly #times = new Map<string, Date>();

	get(name: string): Date | undefined {
		return this.#times.get(name);
	}

	/** Remembers a name; beyond the most, the one that was noted the longest ago is let go of. */
	note(name: string, at: Date): void {
		this.#times.delete(name);
		this.#times.set(name, at);
		const [oldest] = this.#times.keys();
		if (this.#times.size > most && oldest !== undefined) this.#times.delete(oldest);
	}
}
