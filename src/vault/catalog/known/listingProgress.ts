import type { ObjectSummary } from '../../model';

/** How far something that comes page by page has come: to this cursor, or not begun. Undefined where it is done. */
export interface ListCursor {
	readonly after: string | undefined;
}

export interface ListingSnapshot {
	readonly listing?: ListCursor | undefined;
	readonly listedAt?: number | undefined;
	readonly knownUntil: number;
}

/** How far the list of all objects has come, and until when changes are known. */
export class ListingProgress {
	#cursor: ListCursor | undefined = { after: undefined };
	#listedAt: number | undefined;
	#knownUntil = 0;

	/** @param kept what an earlier one handed on */
	constructor(kept?: ListingSnapshot) {
		if (!kept) return;
		this.#cursor = kept.listing;
		this.#listedAt = kept.listedAt;
		this.#knownUntil = kept.knownUntil;
	}

	/** How far the first list is; undefined when it is done. */
	get cursor(): ListCursor | undefined {
		return this.#cursor;
	}

	/** When everything was last listed, in ms. */
	get listedAt(): number | undefined {
		return this.#listedAt;
	}

	/** Changes that were made before this time, in ms by the vault's clock, are known. */
	get knownUntil(): number {
		return this.#knownUntil;
	}

	/** Until when changes are known once all of a list is applied, by its first rows, in ms. */
	knownAfter(rows: readonly ObjectSummary[]): number {
		return rows.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt?.getTime() ?? 0), this.#knownUntil);
	}

	restart(): void {
		this.#cursor = { after: undefined };
	}

	/** A page of the first list was applied. */
	reach(after: string | undefined): void {
		this.#cursor = { after };
	}

	/** The list is done that was asked for then, in ms. */
	end(askedAt: number): void {
		this.#cursor = undefined;
		this.#listedAt = askedAt;
	}

	/** A list of what changed had everything. */
	noteWhole(askedAt: number): void {
		this.#listedAt = askedAt;
	}

	/** A list was applied that `knownAfter` told this of; undefined where it had no page. */
	setKnownUntil(time: number | undefined): void {
		this.#knownUntil = time ?? this.#knownUntil;
	}

	/** A change that was made at this time was applied. */
	reachTime(time: number): void {
		this.#knownUntil = Math.max(this.#knownUntil, time);
	}

	/** What only one of two windows knows is still to be learnt. */
	mergeKnownUntil({ knownUntil }: ListingProgress): void {
		this.#knownUntil = Math.min(this.#knownUntil || knownUntil, knownUntil || this.#knownUntil);
	}

	toSnapshot(): ListingSnapshot {
		return { listing: this.#cursor, listedAt: this.#listedAt, knownUntil: this.#knownUntil };
	}
}
