import type { VaultApi } from './api';
import type { CatalogState } from './catalogState';
import { hasCode, VaultError } from './errors';
import type { Organization } from './model';
import type { OutlineState } from './outline';

const pageSize = 100;

/** Organizations, page by page, and those that were looked up one by one. What a catalog kept needs no call. */
export class OrganizationList {
	failure: unknown;
	state: OutlineState = 'loading';
	readonly #lookedUp = new Map<string, Organization>();
	#loading: Promise<void> | undefined;
	#isLoaded = false;
	#generation = 0;

	constructor(
		private readonly api: VaultApi,
		private readonly known: Pick<CatalogState, 'organizations' | 'moreOrganizations'>,
	) {
		if (this.items.length > 0) this.state = 'ready';
		this.#isLoaded = this.state === 'ready';
	}

	get items(): readonly Organization[] {
		return this.known.organizations ?? [];
	}

	/** True until the last page is there. */
	get hasMore(): boolean {
		return this.known.organizations === undefined || this.known.moreOrganizations !== undefined;
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
		const listed = new Set(this.items.map(({ id }) => id));
		return [...this.#lookedUp.values()].filter(({ id }) => !listed.has(id));
	}

	/** An organization that was listed or looked up. */
	find(id: string): Organization | undefined {
		return this.items.find((organization) => organization.id === id) ?? this.#lookedUp.get(id);
	}

	/** Makes sure that there is an organization of this id; where the vault doesn't tell its name, it goes by its id. */
	async lookUp(id: string): Promise<void> {
		if (!this.isLoaded) await this.load();
		if (this.find(id)) return;
		try {
			this.#lookedUp.set(id, await this.api.getOrganization(id));
		} catch {
			// Its objects can be shown all the same.
			this.#lookedUp.set(id, { id, name: id });
		}
	}

	/** Loads the next page; a load that runs is joined, a failed one is tried again. Never rejects. */
	load(): Promise<void> {
		this.#loading ??= this.#loadPage(++this.#generation).finally(() => {
			this.#loading = undefined;
		});
		return this.#loading;
	}

	/** Asks for the first page again. What was known stands until it is there. Never rejects. */
	reload(): Promise<void> {
		const generation = ++this.#generation;
		this.#lookedUp.clear();
		const loading = this.#loadPage(generation, true).finally(() => {
			if (this.#loading === loading) this.#loading = undefined;
		});
		this.#loading = loading;
		return loading;
	}

	async #loadPage(generation: number, isFirst = false): Promise<void> {
		let failure: unknown;
		try {
			const after = isFirst ? undefined : this.known.moreOrganizations;
			const page = await this.api.listOrganizations({ limit: pageSize, after }, { priority: 'visible' });
			if (generation !== this.#generation) return;
			const before = isFirst ? [] : this.items;
			const seen = new Set(before.map(({ id }) => id));
			const unseen = page.items.filter(({ id }) => !seen.has(id));
			this.known.organizations = [...before, ...unseen];
			// A page that brings nothing unseen is the last one: some cursors run in a circle.
			this.known.moreOrganizations = unseen.length > 0 ? page.next : undefined;
		} catch (error) {
			failure = error;
		}
		if (generation !== this.#generation) return;
		this.failure = failure;
		const state = await this.#findState(isFirst);
		if (generation !== this.#generation) return;
		this.state = state;
		this.#isLoaded = true;
	}

	/** Takes in that the vault refuses the key altogether: that stands for everything that was known. */
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
