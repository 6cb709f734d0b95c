import type { Organization, Page } from '../../model';

export interface OrganizationsSnapshot {
	readonly organizations?: readonly Organization[] | undefined;
	readonly moreOrganizations?: string | undefined;
	/** Those that were looked up one by one. */
	readonly lookedUp?: readonly Organization[] | undefined;
	readonly areOrganizationsStale: boolean;
}

/** The organizations that were listed or looked up, and whether that is up to date. */
export class KnownOrganizations {
	#listed: readonly Organization[] | undefined;
	#next: string | undefined;
	readonly #lookedUp: Map<string, Organization>;
	#isStale = false;
	#changes = 0;

	/** @param kept what an earlier one handed on */
	constructor(kept?: OrganizationsSnapshot) {
		this.#lookedUp = new Map((kept?.lookedUp ?? []).map((one) => [one.id, one]));
		if (!kept) return;
		this.#listed = kept.organizations;
		this.#next = kept.moreOrganizations;
		this.#isStale = kept.areOrganizationsStale;
	}

	/** In the vault's order; undefined until the first page was there. Each change brings a list of its own. */
	get listed(): readonly Organization[] | undefined {
		return this.#listed;
	}

	/** Where the list goes on. */
	get next(): string | undefined {
		return this.#next;
	}

	/** Those that were looked up one by one, by id. */
	get lookedUp(): ReadonlyMap<string, Organization> {
		return this.#lookedUp;
	}

	/** True where organizations may have changed of which no event will tell. */
	get isStale(): boolean {
		return this.#isStale;
	}

	/** How often organizations changed, or events of them began to be read. */
	get changes(): number {
		return this.#changes;
	}

	/** Pages were loaded: all that are known so far. */
	list({ items, next }: Page<Organization>): void {
		this.#listed = items;
		this.#next = next;
	}

	addLookedUp(id: string, organization: Organization): void {
		this.#lookedUp.set(id, organization);
	}

	forgetLookedUp(): void {
		this.#lookedUp.clear();
	}

	/** An event told of a new or changed organization. */
	put(organization: Organization): void {
		const { id } = organization;
		this.#changes++;
		if (this.#lookedUp.has(id)) this.#lookedUp.set(id, organization);
		const known = this.#listed;
		if (!known) return;
		const isKnown = known.some((one) => one.id === id);
		// The vault lists the newest first.
		this.#listed = isKnown ? known.map((one) => (one.id === id ? organization : one)) : [organization, ...known];
	}

	/** An event told that an organization was deleted. */
	remove(id: string): void {
		this.#changes++;
		this.#listed = this.#listed?.filter((one) => one.id !== id);
		this.#lookedUp.delete(id);
	}

	/** Events tell of changes from now on. Those that were listed before may have changed until then. */
	restart(): void {
		this.#changes++;
		this.#isStale = this.#listed !== undefined;
	}

	markStale(): void {
		this.#isStale = true;
	}

	/** Everything is asked for anew. */
	markFresh(): void {
		this.#isStale = false;
	}

	/**
	 * @param isReplaced whether events are read from their marks instead of from here
	 * @param isCorrectedByEvents whether events will tell what is out of date in what they know
	 */
	merge(theirs: KnownOrganizations, isReplaced: boolean, isCorrectedByEvents: boolean): void {
		if (isReplaced) {
			this.#isStale = true;
			this.#changes++;
		}
		if (!this.#listed && theirs.#listed) {
			this.#listed = theirs.#listed;
			this.#next = theirs.#next;
			this.#isStale = !isCorrectedByEvents || theirs.#isStale;
		}
		for (const [id, organization] of theirs.#lookedUp) {
			if (!this.#lookedUp.has(id)) this.#lookedUp.set(id, organization);
		}
	}

	toSnapshot(): OrganizationsSnapshot {
		return {
			organizations: this.#listed,
			moreOrganizations: this.#next,
			// One whose name the vault did not tell is asked for again by the next window.
			lookedUp: [...this.#lookedUp.values()].filter(({ id, name }) => name !== id),
			areOrganizationsStale: this.#isStale,
		};
	}
}
