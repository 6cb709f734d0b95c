import type { VaultApi } from './api';
import { VaultError } from './errors';
import type { Organization } from './model';
import type { OutlineState } from './outline';

const pageSize = 100;

/** Organizations, page by page, and those that were looked up one by one. */
export class OrganizationList {
	readonly items: Organization[] = [];
	failure: unknown;
	hasMore = true;
	/** True once the first page was asked for and answered, or failed. */
	isLoaded = false;
	readonly #lookedUp = new Map<string, Organization>();
	#loading: Promise<void> | undefined;
	#after: string | undefined;

	constructor(
		private readonly api: VaultApi,
		/** What was known before the first page is there. */
		public state: OutlineState,
	) {}

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
		this.#loading ??= this.#loadPage().finally(() => {
			this.#loading = undefined;
		});
		return this.#loading;
	}

	async #loadPage(): Promise<void> {
		this.failure = undefined;
		try {
			const page = await this.api.listOrganizations({ limit: pageSize, after: this.#after }, { priority: 'visible' });
			const seen = new Set(this.items.map(({ id }) => id));
			const unseen = page.items.filter(({ id }) => !seen.has(id));
			this.items.push(...unseen);
			this.#after = page.next;
			// A page that brings nothing unseen is the last one: some cursors run in a circle.
			this.hasMore = unseen.length > 0 && page.next !== undefined;
		} catch (error) {
			this.failure = error;
		}
		this.state = await this.#findState();
		this.isLoaded = true;
	}

	async #findState(): Promise<OutlineState> {
		if (this.items.length > 0) return 'ready';
		if (this.failure === undefined) {
			try {
				const { items } = await this.api.listObjects({ limit: 1 }, { priority: 'visible' });
				return items.length > 0 ? 'ready' : 'empty';
			} catch (error) {
				this.failure = error;
			}
		}
		const code = this.failure instanceof VaultError ? this.failure.code : undefined;
		return code === 'unauthorized' || code === 'forbidden' || code === 'offline' ? code : 'ready';
	}
}
