import type { VaultApi } from './api';
import type { Organization } from './model';

const pageSize = 100;

/** Organizations, page by page. */
export class OrganizationList {
	readonly items: Organization[] = [];
	failure: unknown;
	hasMore = true;
	/** True once the first page was asked for and answered, or failed. */
	isLoaded = false;
	loading: Promise<void> | undefined;
	#after: string | undefined;

	/** Never rejects. */
	async load(api: VaultApi): Promise<void> {
		this.failure = undefined;
		try {
			const page = await api.listOrganizations({ limit: pageSize, after: this.#after }, { priority: 'visible' });
			const seen = new Set(this.items.map(({ id }) => id));
			const unseen = page.items.filter(({ id }) => !seen.has(id));
			this.items.push(...unseen);
			this.#after = page.next;
			// A page that brings nothing unseen is the last one: some cursors run in a circle.
			this.hasMore = unseen.length > 0 && page.next !== undefined;
		} catch (error) {
			this.failure = error;
		}
	}
}
