import type { Priority, VaultApi } from '../api';
import type { KnownOrganizations } from './known/knownOrganizations';
import { hasCode, VaultError, type VaultErrorCode } from '../errors';
import type { Organization, Page } from '../model';
import { unseenPages } from '../pages';

const pageSize = 100;

/** What the view as a whole is in: welcome content stands for every state but `ready`. */
export type OutlineState =
	'loading' | 'ready' | 'empty' | Extract<VaultErrorCode, 'unauthorized' | 'forbidden' | 'offline'>;

/** Organizations, page by page, and those that were looked up one by one. What a catalog kept needs no call. */
export class OrganizationList {
	failure: unknown;
	state: OutlineState = 'loading';
	#loading: Promise<void> | undefined;
	#isLoaded = false;
	#generation = 0;
	/** What was made of which list: each change brings a list of its own. */
	#index: { readonly of: readonly Organization[]; readonly byId: ReadonlyMap<string, Organization> } = {
		of: [],
		byId: new Map(),
	};

	constructor(
		private readonly api: VaultApi,
		private readonly known: KnownOrganizations,
	) {
		if (this.items.length > 0) this.state = 'ready';
		this.#isLoaded = this.state === 'ready';
	}

	get items(): readonly Organization[] {
		return this.known.listed ?? [];
	}

	/** True until the last page is there. */
	get hasMore(): boolean {
		return this.known.listed === undefined || this.known.next !== undefined;
	}

	/** True once the first page was asked for and answered, or failed. */
	get isLoaded(): boolean {
		return this.#isLoaded;
	}

	/** Resolves when no page is asked for. */
	async settled(): Promise<void> {
		await this.#loading;
	}

	/** Those that were looked up and are on no page so far. */
	get lookedUp(): Organization[] {
		return [...this.known.lookedUp.values()].filter(({ id }) => !this.#listed.has(id));
	}

	/** An organization that was listed or looked up. */
	find(id: string): Organization | undefined {
		return this.#listed.get(id) ?? this.known.lookedUp.get(id);
	}

	/**
	 * Learns the names of these organizations: page by page, until asking for each of those that are missing takes no more
	 * requests than the pages that were asked for. Never rejects.
	 */
	async nameAll(ids: readonly string[]): Promise<void> {
		for (let pages = 1; ; pages++) {
			const missing = ids.filter((id) => !this.find(id));
			if (missing.length === 0 || !this.hasMore || this.failure !== undefined) return;
			if (missing.length > pages) await this.load();
			else await Promise.all(missing.map((id) => this.lookUp(id)));
		}
	}

	/** Loads every page that is left, until one fails. Never rejects. */
	async loadAll(): Promise<void> {
		do await this.load();
		while (this.hasMore && this.failure === undefined);
	}

	/** Those of the pages, by id. */
	get #listed(): ReadonlyMap<string, Organization> {
		const { items } = this;
		if (this.#index.of !== items) this.#index = { of: items, byId: new Map(items.map((one) => [one.id, one])) };
		return this.#index.byId;
	}

	/** Makes sure that there is an organization of this id; where the vault doesn't tell its name, it goes by its id. */
	async lookUp(id: string): Promise<void> {
		if (!this.isLoaded) await this.load();
		if (this.find(id)) return;
		try {
			this.known.addLookedUp(id, await this.api.getOrganization(id));
		} catch {
			// Its objects can be shown all the same.
			this.known.addLookedUp(id, { id, name: id });
		}
	}

	/** Loads the next page; a load that runs is joined, a failed one is tried again. Never rejects. */
	load(): Promise<void> {
		this.#loading ??= this.#loadPages(++this.#generation).finally(() => {
			this.#loading = undefined;
		});
		return this.#loading;
	}

	/** Asks for all pages again that were loaded. What was known stands until they are there. Never rejects. */
	reload(): Promise<void> {
		const generation = ++this.#generation;
		this.known.forgetLookedUp();
		const loading = this.#loadPages(generation, true).finally(() => {
			if (this.#loading === loading) this.#loading = undefined;
		});
		this.#loading = loading;
		return loading;
	}

	/** Brings what was loaded up to date; where that fails, it stands, and is known to be stale. Never rejects. */
	async renew(): Promise<void> {
		await this.#loading;
		this.known.markFresh();
		if (!this.known.listed) return;
		const generation = this.#generation;
		try {
			const pages = await this.#pagesAgain('background');
			// What a page brought meanwhile may be older than these, and they don't have it.
			if (generation !== this.#generation) this.known.markStale();
			else this.known.list(pages);
			this.known.forgetLookedUp();
		} catch {
			this.known.markStale();
		}
	}

	async #loadPages(generation: number, isAgain = false): Promise<void> {
		let failure: unknown;
		try {
			const pages = isAgain ? await this.#pagesAgain('visible') : await this.#nextPage();
			if (generation !== this.#generation) return;
			this.known.list(pages);
		} catch (error) {
			failure = error;
		}
		if (generation !== this.#generation) return;
		this.failure = failure;
		const state = await this.#findState(isAgain);
		if (generation !== this.#generation) return;
		this.state = state;
		this.#isLoaded = true;
	}

	/** What is known, and the page after it. */
	async #nextPage(): Promise<Page<Organization>> {
		const after = this.known.next;
		try {
			const { items, next } = await this.#page(after, 'visible');
			const seen = new Set(this.items.map(({ id }) => id));
			const unseen = items.filter(({ id }) => !seen.has(id));
			// A page that brings nothing unseen is the last one: some cursors run in a circle.
			return { items: [...this.items, ...unseen], next: unseen.length > 0 ? next : undefined };
		} catch (error) {
			if (after === undefined || !hasCode(error, 'rejected', 'notFound')) throw error;
			// The cursor is not known any more, such as of an organization that was deleted.
			return this.#pagesAgain('visible', this.items.length + 1);
		}
	}

	/** From the first page on, as many as hold so many organizations. */
	async #pagesAgain(priority: Priority, count = this.items.length): Promise<Page<Organization>> {
		const items: Organization[] = [];
		for await (const page of unseenPages((after) => this.#page(after, priority))) {
			items.push(...page.items);
			if (items.length >= count) return { items, next: page.next };
		}
		return { items, next: undefined };
	}

	async #page(after: string | undefined, priority: Priority): Promise<Page<Organization>> {
		const { changes } = this.known;
		const page = await this.api.listOrganizations({ limit: pageSize, after }, { priority });
		// Whether the answer is older than the change, nobody can tell.
		if (changes !== this.known.changes) this.known.markStale();
		return page;
	}

	/** The vault refuses the key altogether: that stands for everything that was known. */
	refuse(error: unknown): void {
		if (hasCode(error, 'unauthorized', 'forbidden')) this.state = error.code as OutlineState;
	}

	async #findState(isFirst: boolean): Promise<OutlineState> {
		if (this.failure === undefined && this.items.length > 0) return 'ready';
		if (this.failure === undefined) {
			try {
				const { items } = await this.api.listObjects({ limit: 1 }, { priority: 'visible' });
				return items.length > 0 ? 'ready' : 'empty';
			} catch (error) {
				this.failure = error;
			}
		}
		const code = this.failure instanceof VaultError ? this.failure.code : undefined;
		const isGeneral = code === 'unauthorized' || code === 'forbidden' || code === 'offline';
		return isGeneral && (isFirst || this.items.length === 0) ? code : 'ready';
	}
}
