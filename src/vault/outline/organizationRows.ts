import type { Catalog } from '../catalog';
import { compareNames } from '../knownObjects';
import type { Organization } from '../model';
import type { OrganizationNode, OutlineNode } from './nodes';
import { maxShown, type Rows } from './rows';
import { top, within } from './scope';

/** What pages of organizations are loaded for: the key of the row of those without objects. */
export const organizationsKey = 'organizations:';

/**
 * The top rows where objects are grouped by organization: those that have objects, by name, and the others behind one
 * row. Until every object is looked up, nobody knows which they are: then they stand together.
 */
export class OrganizationRows {
	#naming: Promise<void> | undefined;

	constructor(
		private readonly catalog: Catalog,
		private readonly rows: Rows,
		private readonly tell: () => void,
	) {}

	/** The rows at the top. */
	async top(): Promise<OutlineNode[]> {
		if (!this.#isSplit) return this.#together();
		return [...(await this.rows.under(top)), ...this.#othersRow(), ...this.#failureRow(top.key)];
	}

	/** The rows of organizations without objects. */
	others(): OutlineNode[] {
		return [...this.#listed(organizationsKey, this.#others), ...this.#failureRow(organizationsKey)];
	}

	/** The row of an organization, or of the objects without one. */
	node(id: string | undefined): OrganizationNode {
		return this.rows.organizationNode(within(top, { by: 'organization', id }), id, this.catalog.objectsOf(id));
	}

	/** Whether the rows under a row, or at the top, are organizations. */
	isOf(key: string): boolean {
		const isAtTop = key === top.key && this.catalog.arrangement.levels[0]?.by === 'organization';
		return isAtTop || key === organizationsKey;
	}

	get #isSplit(): boolean {
		return this.catalog.isIndexed && this.catalog.organizationIds().length > 0;
	}

	/** Those without objects that the filter at the top lets through. */
	get #others(): readonly Organization[] {
		const { items } = this.catalog.organizations;
		return items.filter(({ id, name }) => this.catalog.objectsOf(id).length === 0 && this.#isMeant(top.key, name));
	}

	#isMeant(key: string, name: string): boolean {
		return name.toLowerCase().includes((this.catalog.arrangement.filters[key] ?? '').toLowerCase());
	}

	/** All organizations that were loaded, those that only key contexts name, and the objects without one. */
	#together(): OutlineNode[] {
		const { items, lookedUp, hasMore, failure } = this.catalog.organizations;
		// Until every page is there, one that is not listed may still come.
		const strangers = hasMore || failure !== undefined ? [] : this.#strangers();
		return [
			...this.#listed(top.key, items),
			...this.#failureRow(top.key),
			...[...lookedUp, ...strangers]
				.filter(({ name }) => this.#isMeant(top.key, name))
				.sort(byId)
				.map(({ id }) => this.node(id)),
			...(this.rows.filterRow(top.key).length > 0 ? [] : [this.node(undefined)]),
		];
	}

	/** Organizations that only a key context names: deleted ones, or ones of another environment. */
	#strangers(): Organization[] {
		const ids = this.catalog.organizationIds().filter((id) => !this.catalog.organizations.find(id));
		return ids.map((id) => ({ id, name: id }));
	}

	/** Organizations of the list as rows, by name, and the row that leads to more of them. */
	#listed(key: string, organizations: readonly Organization[]): OutlineNode[] {
		const { hasMore, failure } = this.catalog.organizations;
		const meant = organizations.filter(({ name }) => this.#isMeant(key, name));
		const shown = meant.sort((a, b) => compareNames(a.name, b.name) || byId(a, b)).slice(0, maxShown);
		const rows = [...this.rows.filterRow(key), ...shown.map(({ id }) => this.node(id))];
		if (meant.length > maxShown) rows.push({ kind: 'filter', key: `filter:${key}`, of: key, total: meant.length });
		else if (hasMore && failure === undefined)
			rows.push({ kind: 'more', key: `more:${key}`, of: organizationsKey, left: undefined });
		return rows;
	}

	#othersRow(): OutlineNode[] {
		const { hasMore } = this.catalog.organizations;
		const count = this.#others.length;
		if (count === 0 && !hasMore) return [];
		return [{ kind: 'organizations', key: organizationsKey, count: hasMore ? undefined : count }];
	}

	#failureRow(key: string): OutlineNode[] {
		const { failure } = this.catalog.organizations;
		return failure === undefined ? [] : [{ kind: 'failure', key: `failure:${key}`, of: organizationsKey, failure }];
	}

	/** Learns the names of those that have objects, page by page or one by one, once it is known which they are. */
	nameAll(): void {
		const { organizations } = this.catalog;
		if (!this.catalog.isIndexed || this.#naming || !organizations.hasMore || organizations.failure !== undefined)
			return;
		const ids = this.catalog.organizationIds();
		if (ids.every((id) => organizations.find(id))) return;
		this.#naming = organizations.nameAll(ids).finally(() => {
			this.#naming = undefined;
			this.tell();
		});
	}
}

function byId(a: Organization, b: Organization): number {
	return a.id < b.id ? -1 : 1;
}
