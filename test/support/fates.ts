/** What happens to one call: something before it, a failure before or after it took effect, an answer that is held. */
export interface Fate {
	readonly act?: () => void;
	readonly error?: Error | undefined;
	readonly isApplied?: boolean;
	readonly held?: Promise<void>;
}

/** What is planned for the next calls of each method, in order. */
export class Fates<M> {
	readonly #planned = new Map<M, Fate[]>();

	plan(method: M, fate: Fate): void {
		const fates = this.#planned.get(method);
		if (fates) fates.push(fate);
		else this.#planned.set(method, [fate]);
	}

	/** What happens to this call. */
	next(method: M): Fate {
		return this.#planned.get(method)?.shift() ?? {};
	}
}
