/** A change by somebody else that nobody here has looked at: who made it, where that is known, and when it was heard of. */
export interface Unseen {
	readonly by: string | undefined;
	readonly at: number;
}

export interface AttentionSnapshot {
	readonly unseen: readonly (readonly [string, Unseen])[];
	readonly opened: readonly (readonly [string, number])[];
}

/** What a person has looked at, and what others changed since. By object id. */
export class Attention {
	readonly #unseen = new Map<string, Unseen>();
	readonly #opened: Map<string, number>;

	/**
	 * @param kept what an earlier one handed on
	 * @param isKnown whether there is an object of this id
	 */
	constructor(kept?: AttentionSnapshot, isKnown: (id: string) => boolean = () => true) {
		this.#opened = new Map(kept?.opened);
		for (const [id, change] of kept?.unseen ?? []) if (isKnown(id)) this.#unseen.set(id, change);
	}

	/** What others changed since a person last looked. */
	get unseen(): ReadonlyMap<string, Unseen> {
		return this.#unseen;
	}

	/** When a person last opened each object, in ms. */
	get opened(): ReadonlyMap<string, number> {
		return this.#opened;
	}

	/** When a person last opened an object, in ms; 0 for never. */
	openedAt(id: string): number {
		return this.#opened.get(id) ?? 0;
	}

	/** How many of these objects others have changed since a person last looked. */
	countUnseen(objects: Iterable<{ readonly id: string }>): number {
		let count = 0;
		if (this.#unseen.size > 0) for (const { id } of objects) if (this.#unseen.has(id)) count++;
		return count;
	}

	/** Somebody else changed an object. */
	markUnseen(id: string, by: string | undefined): void {
		this.#unseen.set(id, { by, at: Date.now() });
	}

	/** A person opened an object. Returns whether others had changed it. */
	open(id: string): boolean {
		this.#opened.set(id, Date.now());
		return this.#unseen.delete(id);
	}

	/** Nobody has looked yet: nothing is new to anybody. */
	forgetUnseen(): void {
		this.#unseen.clear();
	}

	/** The object is gone. */
	forget(id: string): void {
		this.#unseen.delete(id);
		this.#opened.delete(id);
	}

	/** What one of two windows has opened is seen. @param isKnown whether there is an object of this id */
	merge(theirs: Pick<Attention, 'unseen' | 'opened'>, isKnown: (id: string) => boolean): void {
		for (const [id, at] of theirs.opened) this.#opened.set(id, Math.max(at, this.openedAt(id)));
		for (const [id, change] of theirs.unseen) {
			if (!this.#unseen.has(id) && isKnown(id)) this.#unseen.set(id, change);
		}
		for (const [id, { at }] of this.#unseen) if (this.openedAt(id) >= at) this.#unseen.delete(id);
	}

	toSnapshot(): AttentionSnapshot {
		return { unseen: [...this.#unseen], opened: [...this.#opened] };
	}
}
