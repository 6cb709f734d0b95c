import { ListedObjects, type ReadonlyListedObjects } from './listedObjects';
import { rowOfSummary, summaryOfRow, type SummaryRow } from './rows';
import type { ObjectSummary } from '../../model';

export interface PendingSnapshot {
	readonly unplaced: readonly SummaryRow[];
	readonly unproven: readonly string[];
	readonly doubted: readonly SummaryRow[];
	readonly unreadable: readonly SummaryRow[];
}

/** What can be asked of pending objects; only the state of the catalog changes them. */
export type ReadonlyPendingObjects = Pick<
	PendingObjects,
	'withoutContext' | 'doubted' | 'unreadable' | 'unproven' | 'isWaiting' | 'waiting'
>;

/** Objects of which something has to be found out, by id. */
export class PendingObjects {
	readonly #withoutContext = new ListedObjects();
	readonly #doubted = new Map<string, ObjectSummary>();
	readonly #unreadable = new Map<string, ObjectSummary>();
	readonly #unproven = new Set<string>();

	/** @param kept what an earlier one handed on */
	constructor(kept?: PendingSnapshot) {
		if (!kept) return;
		for (const row of kept.unplaced.map(summaryOfRow)) this.#withoutContext.put(row);
		for (const row of kept.doubted.map(summaryOfRow)) this.#doubted.set(row.id, row);
		for (const row of kept.unreadable.map(summaryOfRow)) this.#unreadable.set(row.id, row);
		for (const id of kept.unproven) this.#unproven.add(id);
	}

	/** Objects that were listed, and whose key context is not known yet. */
	get withoutContext(): ReadonlyListedObjects {
		return this.#withoutContext;
	}

	/** Objects that may be gone, or another than they are taken for: only a look-up tells. */
	get doubted(): ReadonlyMap<string, ObjectSummary> {
		return this.#doubted;
	}

	/** Listed objects that can't be looked up, each for a reason of its own. */
	get unreadable(): ReadonlyMap<string, ObjectSummary> {
		return this.#unreadable;
	}

	/** Ids of objects that neither an event nor a list has confirmed: known before the mark, or from an answer that may be older. */
	get unproven(): ReadonlySet<string> {
		return this.#unproven;
	}

	/** True for an object that a look-up is to tell of. */
	isWaiting(id: string): boolean {
		return this.#withoutContext.has(id) || this.#doubted.has(id);
	}

	/** The objects that a look-up is to tell of. */
	*waiting(): Iterable<ObjectSummary> {
		yield* this.#withoutContext.all();
		yield* this.#doubted.values();
	}

	addWithoutContext(row: ObjectSummary): void {
		this.#withoutContext.put(row);
	}

	doubt({ id, name, updatedAt }: ObjectSummary): void {
		this.#withoutContext.delete(id);
		this.#unreadable.delete(id);
		this.#doubted.set(id, { id, name, updatedAt });
	}

	addUnreadable(row: ObjectSummary): void {
		this.#withoutContext.delete(row.id);
		this.#doubted.delete(row.id);
		this.#unreadable.set(row.id, row);
	}

	addUnproven(id: string): void {
		this.#unproven.add(id);
	}

	/** An event or a list confirmed the object. */
	confirm(id: string): void {
		this.#unproven.delete(id);
	}

	/** The key context of the object is known now. A doubt stays: only a look-up ends it. */
	knowContext(id: string): void {
		this.#withoutContext.delete(id);
		this.#unreadable.delete(id);
	}

	/** A look-up told of the object. */
	settle(id: string): void {
		this.#unproven.delete(id);
		this.#doubted.delete(id);
	}

	/** The object is gone: nothing is to be found out any more. */
	forget(id: string): void {
		this.knowContext(id);
		this.settle(id);
	}

	/** Lets go of those that could not be looked up and are meant: the next list brings them again where they are there. */
	forgetUnreadable(isMeant: (id: string) => boolean): void {
		for (const id of this.#unreadable.keys()) if (isMeant(id)) this.#unreadable.delete(id);
	}

	/** Everything will be listed anew, and has to be confirmed by that. */
	restart(known: Iterable<{ readonly id: string }>): void {
		this.#withoutContext.clear();
		for (const { id } of known) this.#unproven.add(id);
	}

	/** The ids that should have been confirmed by now. They are let go of: each is to be doubted. */
	drainUnproven(): readonly string[] {
		const ids = [...this.#unproven];
		this.#unproven.clear();
		return ids;
	}

	toSnapshot(): PendingSnapshot {
		return {
			unplaced: Array.from(this.#withoutContext.all(), rowOfSummary),
			unproven: [...this.#unproven],
			doubted: Array.from(this.#doubted.values(), rowOfSummary),
			unreadable: Array.from(this.#unreadable.values(), rowOfSummary),
		};
	}
}
