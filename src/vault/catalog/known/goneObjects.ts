import type { ObjectSummary } from '../../model';
import { isLater } from '../changeTimes';

/** Another window that has not written for longer than this has an old list anyway. */
const keptForMs = 7 * 24 * 60 * 60_000;
/** The most names that are remembered. */
const mostNames = 1000;

export interface GoneSnapshot {
	readonly gone: readonly (readonly [string, number])[];
}

/** Objects that are gone: an answer that is on its way, or another window, may still bring one. */
export class GoneObjects {
	/** When each was found gone, in ms by this machine's clock, by id. */
	readonly #foundAt: Map<string, number>;
	/** When objects were deleted that nobody here knew, by name. */
	readonly #deletedNames = new Map<string, Date>();

	/** @param kept what an earlier one handed on */
	constructor(kept?: GoneSnapshot) {
		this.#foundAt = new Map(kept?.gone);
	}

	has(id: string): boolean {
		return this.#foundAt.has(id);
	}

	/** True for an object that was found gone, or that was deleted before it was known. */
	isGone({ id, name, updatedAt }: ObjectSummary & { readonly updatedAt: Date }): boolean {
		const deletedAt = this.#deletedNames.get(name);
		return this.has(id) || (deletedAt !== undefined && !isLater(updatedAt, deletedAt));
	}

	/** When each was found gone, in ms, by id. */
	all(): Iterable<readonly [string, number]> {
		return this.#foundAt;
	}

	note(id: string, at: number): void {
		this.#foundAt.set(id, at);
	}

	/** A look-up found it there after all. */
	forget(id: string): void {
		this.#foundAt.delete(id);
	}

	/** An event told of a deletion of an unknown object. Beyond the most, the name noted the longest ago is let go of. */
	noteUnknown(name: string, at: Date): void {
		this.#deletedNames.delete(name);
		this.#deletedNames.set(name, at);
		const [oldest] = this.#deletedNames.keys();
		if (this.#deletedNames.size > mostNames && oldest !== undefined) this.#deletedNames.delete(oldest);
	}

	toSnapshot(): GoneSnapshot {
		return { gone: [...this.#foundAt].filter(([, at]) => Math.abs(Date.now() - at) < keptForMs) };
	}
}
