import type { Catalog } from '../catalog/catalog';
import { byName, compareNames } from '../catalog/known/objectIndex';
import type { KnownObject } from '../model';
import { StableOrder } from './stableOrder';
import type { Branch, Branches, Contents } from './branches';
import { firstInOrder, visitInSteps } from './inSteps';
import type { ObjectNode, OrganizationNode, OutlineNode } from './nodes';
import { idOf, prefixOf, top, within, type Scope, type Step } from './scope';

const pageSize = 100;
/** The most rows that are shown under one: a refresh of a tree costs per child. */
export const maxShown = 500;

/** The rows of groups, folders and objects, of each row as many as a person asked for. */
export class Rows {
	readonly #shown = new Map<string, number>();
	/** The object that a person asked to see under a row, by that row's key: it is shown wherever it stands in the list. */
	readonly #asked = new Map<string, string>();
	readonly #order = new StableOrder();

	constructor(
		private readonly catalog: Catalog,
		private readonly branches: Branches,
	) {}

	/** How many rows are shown under one. */
	shownUnder(key: string): number {
		return Math.min(this.#shown.get(key) ?? pageSize, maxShown);
	}

	/** Shows the next page. */
	showMore(key: string): void {
		this.#shown.set(key, this.shownUnder(key) + pageSize);
	}

	/** Shows the first page only. */
	showFirst(key: string): void {
		this.#shown.delete(key);
	}

	/** Shows an object under a row, or the branch that it is in, wherever that stands in the list. */
	ask(key: string, { id }: KnownObject): void {
		this.#asked.set(key, id);
	}

	/** The rows under the row of a scope. */
	async under(scope: Scope): Promise<OutlineNode[]> {
		const { branches, objects, isByName = false } = await this.branches.under(scope);
		const without = branches.find(({ step }) => idOf(step) === undefined);
		const grouped = without ? branches.filter((branch) => branch !== without) : branches;
		const entries = await this.#shownOf(scope, { branches: grouped, objects, isByName });
		const rows: OutlineNode[] = [];
		for (const entry of entries) rows.push(await this.#nodeOf(scope, entry));
		return [
			...this.filterRow(scope.key),
			...rows,
			...this.#pageRow(scope.key, grouped.length + objects.length, rows.length),
			...(without ? [await this.#nodeOf(scope, without)] : []),
			...this.#stateRows(scope, branches.length + objects.length === 0),
		];
	}

	/** The row that says that there is a filter. */
	filterRow(key: string): OutlineNode[] {
		const filter = this.catalog.arrangement.filters[key];
		return filter === undefined ? [] : [{ kind: 'filtered', key: `filtered:${key}`, of: key, filter }];
	}

	/** The row that leads to what is not shown. */
	#pageRow(key: string, total: number, shown: number): OutlineNode[] {
		const left = total - shown;
		if (left <= 0) return [];
		if (this.shownUnder(key) >= maxShown) return [{ kind: 'filter', key: `filter:${key}`, of: key, total }];
		return [{ kind: 'more', key: `more:${key}`, of: key, left }];
	}

	/** The row of an object under the row of a scope. */
	objectNode(object: KnownObject, scope: Scope = top): ObjectNode {
		return { kind: 'object', key: `object:${object.id}`, object, label: object.name.slice(prefixOf(scope).length) };
	}

	/** The row of an organization, or of the objects without one. */
	organizationNode(scope: Scope, id: string | undefined, objects: readonly KnownObject[]): OrganizationNode {
		const organization = id === undefined ? undefined : (this.catalog.organizations.find(id) ?? { id, name: id });
		return { kind: 'organization', ...this.#countsOf(scope, objects), organization };
	}

	/** The row of a group or a folder below another one, that leads to these objects. */
	branchNode(above: Scope, step: Step, objects: readonly KnownObject[]): OutlineNode {
		const scope = within(above, step);
		if (step.by === 'organization') return this.organizationNode(scope, step.id, objects);
		const counts = this.#countsOf(scope, objects);
		if (step.by === 'pair') return { kind: 'group', ...counts, name: step.name, value: step.value };
		const label = step.prefix.slice(prefixOf(above).length, -1);
		return { kind: 'folder', ...counts, prefix: step.prefix, label };
	}

	#countsOf(scope: Scope, objects: readonly KnownObject[]) {
		const count = this.catalog.isIndexed ? objects.length : undefined;
		const isFiltered = this.catalog.arrangement.filters[scope.key] !== undefined;
		return { key: scope.key, scope, count, changed: this.catalog.countUnseen(objects), isFiltered };
	}

	async #nodeOf(scope: Scope, entry: Branch | KnownObject): Promise<OutlineNode> {
		if (!isBranch(entry)) return this.objectNode(entry, scope);
		return this.branchNode(scope, await this.branches.rowOf(entry), entry.objects);
	}

	/** What is shown, in its order: branches first. */
	async #shownOf(
		scope: Scope,
		{ branches, objects, isByName = false }: Contents,
	): Promise<readonly (Branch | KnownObject)[]> {
		const most = this.shownUnder(scope.key);
		const first = await this.#firstBranches(branches, most);
		const isInOrder = isByName && this.catalog.arrangement.sortBy === 'name';
		const left = most - first.length;
		const all = [
			...first,
			...(isInOrder ? objects.slice(0, left) : await firstInOrder(objects, left, this.#objectOrder())),
		];
		const idIn = (entry: Branch | KnownObject) => (isBranch(entry) ? within(scope, entry.step).key : entry.id);
		const isScanning = this.catalog.progress.phase === 'scanning';
		const before = new Map<string, Branch | KnownObject>();
		const shown = this.#order.shown(scope.key);
		if (isScanning && shown.size > 0) {
			await visitInSteps(together<Branch | KnownObject>(branches, objects), (entry) => {
				const id = idIn(entry);
				if (shown.has(id)) before.set(id, entry);
			});
		}
		const rows = this.#order.arrange(scope.key, all, most, isScanning, idIn, (id) => before.get(id));
		const asked = this.#asked.get(scope.key);
		if (asked === undefined) return rows;
		const isAsked = (entry: Branch | KnownObject) =>
			isBranch(entry) ? entry.objects.some(({ id }) => id === asked) : entry.id === asked;
		if (rows.some(isAsked)) return rows;
		return [...rows, objects.find(isAsked) ?? branches.find(isAsked)].filter((entry) => entry !== undefined);
	}

	async #firstBranches(branches: readonly Branch[], most: number): Promise<Branch[]> {
		const byLabel = (a: Branch, b: Branch) =>
			compareNames(this.branches.labelOf(a.step), this.branches.labelOf(b.step));
		if (this.catalog.arrangement.sortBy === 'name') return firstInOrder(branches, most, byLabel);
		const changed = new Map<Branch, number>();
		await visitInSteps(objectsIn(branches), ([branch, { updatedAt }]) => {
			changed.set(branch, Math.max(changed.get(branch) ?? 0, updatedAt.getTime()));
		});
		const latestOf = (branch: Branch) => changed.get(branch) ?? 0;
		return firstInOrder(branches, most, (a, b) => latestOf(b) - latestOf(a) || byLabel(a, b));
	}

	#objectOrder(): (a: KnownObject, b: KnownObject) => number {
		if (this.catalog.arrangement.sortBy === 'name') return byName;
		return (a, b) => b.updatedAt.getTime() - a.updatedAt.getTime() || byName(a, b);
	}

	/** What is known of objects that are not there yet: said where groups and names begin, and not again in each folder. */
	#stateRows(scope: Scope, isEmpty: boolean): OutlineNode[] {
		const { levels } = this.catalog.arrangement;
		if (scope === top && levels[0]?.by === 'organization') return [];
		if (scope.step?.by === 'folder' && !isEmpty) return [];
		return this.stateRows(scope.key, isEmpty);
	}

	/** What is known of objects that are not there yet, or that nothing is there, and for which filter. */
	stateRows(key: string, isEmpty: boolean): OutlineNode[] {
		const { phase, failure } = this.catalog.progress;
		if (phase === 'failed') return [{ kind: 'failure', key: `failure:${key}`, of: key, failure }];
		if (phase === 'stopped') return [{ kind: 'stopped', key: `stopped:${key}` }];
		if (phase !== 'complete') return [{ kind: 'scanning', key: `scanning:${key}` }];
		const filter = this.catalog.arrangement.filters[key];
		return isEmpty ? [{ kind: 'nothing', key: `nothing:${key}`, filter }] : [];
	}
}

function* objectsIn(branches: readonly Branch[]): Iterable<readonly [Branch, KnownObject]> {
	for (const branch of branches) for (const object of branch.objects) yield [branch, object];
}

function* together<T>(...lists: readonly (readonly T[])[]): Iterable<T> {
	for (const list of lists) yield* list;
}

function isBranch(entry: Branch | KnownObject): entry is Branch {
	return 'step' in entry;
}
