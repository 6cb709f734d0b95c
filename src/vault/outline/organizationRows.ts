import type { Catalog } from '../catalog/catalog';
import { compareNames } from '../catalog/known/objectIndex';
import type { Organization } from '../model';
import type { OrganizationNode, OutlineNode } from './nodes';
import type { Branches } from './branches';
import { maxShown, type Rows } from './rows';
import { idOf, top, within } from './scope';

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
		private readonly branches: Branches,
		private readonly rows: Rows,
		private readonly notify: () => void,
	) {}

	/** The rows at the top. */
	async top(): Promise<OutlineNode[]> {
		const filter = this.rows.filterRow(top.key);
		const rows = this.#isSplit
			? [...(await this.rows.under(top)), ...this.#othersRow(), ...this.#failureRow(top.key)]
			: await this.#together();
		return filter.length > 0 && rows.length === filter.length ? [...rows, ...this.rows.stateRows(top.key, true)] : rows;
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
	async #together(): Promise<OutlineNode[]> {
		const { items, lookedUp, hasMore, failure } = this.catalog.organizations;
		// Until every page is there, one that is not listed may still come.
		const isFiltered = this.rows.filterRow(top.key).length > 0;
		const { branches } = isFiltered ? await this.branches.under(top) : { branches: [] };
		const holding = new Set(branches.map(({ step }) => idOf(step)));
		const isMeant = ({ id, name }: Organization) => this.#isMeant(top.key, name) || holding.has(id);
		const strangers = hasMore || failure !== undefined ? [] : this.#strangers();
		return [
			...this.#listed(top.key, items, isMeant),
			...this.#failureRow(top.key),
			...[...lookedUp, ...strangers]
				.filter(isMeant)
				.sort(byId)
				.map(({ id }) => this.node(id)),
			...(isFiltered && !holding.has(undefined) ? [] : [this.node(undefined)]),
		];
	}

	/** Organizations that only a key context names: deleted ones, or ones of another environment. */
	#strangers(): Organization[] {
		const ids = this.catalog.organizationIds().filter((id) => !this.catalog.organizations.find(id));
		return ids.map((id) => ({ id, name: id }));
	}

	/** Organizations of the list as rows, by name, and the row that leads to more of them. */
	#listed(
		key: string,
		organizations: readonly Organization[],
		isMeant = ({ name }: Organization) => this.#isMeant(key, name),
	): OutlineNode[] {
		const { hasMore, failure } = this.catalog.organizations;
		const meant = organizations.filter(isMeant);
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
		const isFiltered = this.catalog.arrangement.filters[organizationsKey] !== undefined;
		return [{ kind: 'organizations', key: organizationsKey, count: hasMore ? undefined : count, isFiltered }];
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
			this.notify();
		});
	}
}

function byId(a: Organization, b: Organization): number {
	return a.id < b.id ? -1 : 1;
}
