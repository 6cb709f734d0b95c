import type { VaultApi } from '../api';
import type { Catalog, CatalogProgress } from '../catalog/catalog';
import type { Unseen } from '../catalog/known/attention';
import { hasCode } from '../errors';
import { Emitter, type Disposable, type Event } from '../event';
import { organizationIdOf } from '../keyContext';
import type { KnownObject, Organization } from '../model';
import type { OutlineState } from '../catalog/organizations';
import { namesIn, type Arrangement } from './arrangement';
import { Branches } from './branches';
import type { ObjectNode, OrganizationNode, OutlineNode } from './nodes';
import { OrganizationRows, organizationsKey } from './organizationRows';
import { Rows } from './rows';
import { top, type Scope } from './scope';
import { VersionLists } from './versionRows';

/** The tree of one connection: groups and folders of objects, objects, then versions. Never decrypts anything. */
export class Outline implements Disposable {
	readonly #changed = new Emitter<void>();
	readonly #subscription: Disposable;
	readonly #branches: Branches;
	readonly #rows: Rows;
	readonly #organizationRows: OrganizationRows;
	readonly #versions: VersionLists;

	/** Fires when rows may have changed. */
	readonly onDidChange: Event<void> = this.#changed.event;

	constructor(
		private readonly api: VaultApi,
		private readonly catalog: Catalog,
	) {
		this.#branches = new Branches(catalog);
		this.#rows = new Rows(catalog, this.#branches);
		this.#organizationRows = new OrganizationRows(catalog, this.#branches, this.#rows, () => this.#change());
		this.#versions = new VersionLists(api, catalog);
		this.#subscription = catalog.onDidChange(() => this.#change());
	}

	get state(): OutlineState {
		const { state } = this.catalog.organizations;
		return state === 'empty' && this.catalog.progress.known > 0 ? 'ready' : state;
	}

	/** How far the objects are looked up. */
	get progress(): CatalogProgress {
		return this.catalog.progress;
	}

	/** How the person arranged the tree. */
	get arrangement(): Arrangement {
		return this.catalog.arrangement;
	}

	/** Names in key contexts that say more than the organization, and how many objects have them, the most used first. */
	contextNames(): readonly { readonly name: string; readonly count: number }[] {
		return namesIn(this.catalog.contexts());
	}

	/** What somebody else changed in an object since a person last opened it. */
	unseen({ id }: KnownObject): Unseen | undefined {
		return this.catalog.unseen(id);
	}

	/** How many objects others have changed since a person last opened them. */
	get unseenCount(): number {
		return this.catalog.unseenCount;
	}

	/** The organization that an object belongs to; one that is neither loaded nor looked up goes by its id. */
	organizationOf(object: KnownObject): Organization | undefined {
		const id = organizationIdOf(object.keyContext);
		if (id === undefined) return undefined;
		return this.catalog.organizations.find(id) ?? { id, name: id };
	}

	/** The rows under `node`, or the top rows. Loads what is missing; a failure is a row, never a rejection. */
	async children(node?: OutlineNode): Promise<OutlineNode[]> {
		if (!node) return this.#topRows();
		const rows = await this.#rowsUnder(node);
		if (!rows.some(({ kind }) => kind === 'failure')) return rows;
		// The view as a whole may be about to say what is wrong.
		await this.catalog.organizations.settled();
		return isRefusing(this.state) ? [] : rows;
	}

	/** The row above `node`; undefined for top rows. */
	async parent(node: OutlineNode): Promise<OutlineNode | undefined> {
		if (node.kind === 'version') return this.objectNode(node.object);
		const scope = node.kind === 'object' ? await this.#branches.above(node.object) : scopeOf(node)?.above;
		return scope?.above && scope.step && this.#rows.branchNode(scope.above, scope.step, []);
	}

	organizationNode(organization: Organization | undefined): OrganizationNode {
		return { ...this.#organizationRows.node(organization?.id), organization };
	}

	objectNode(object: KnownObject): ObjectNode {
		return this.#rows.objectNode(object);
	}

	/** The next page of the list that a *Load More* row ends. */
	async loadMore(of: string): Promise<void> {
		if (of === organizationsKey) await this.catalog.organizations.load();
		else this.#rows.showMore(of);
		this.#changed.fire();
	}

	/** Tries again what a failure row stands for. */
	async retry(of: string): Promise<void> {
		if (of === organizationsKey) await this.catalog.organizations.load();
		else if (of.startsWith('object:')) this.#versions.forget(of);
		else void this.catalog.scan();
		this.#changed.fire();
	}

	/** Arranges the tree in another way. Costs no request. Another grouping has other rows at the top: no filter is of them. */
	arrange(change: Partial<Pick<Arrangement, 'levels' | 'sortBy' | 'isTree'>>): void {
		const { [top.key]: atTop, ...filters } = this.arrangement.filters;
		const isGroupedAnew = change.levels !== undefined && atTop !== undefined;
		this.catalog.arrange({ ...change, ...(isGroupedAnew && { filters }) });
	}

	/**
	 * Shows only what has `filter` in its name under a row, or at the top: groups whose label has it with all that is in
	 * them, and the others with those of their objects that have it. An empty one shows all again. Where organizations are
	 * filtered, all of them are loaded, and where nothing is indexed yet, that begins. Never rejects.
	 */
	async filter(of: string, filter: string): Promise<void> {
		const { [of]: _, ...others } = this.catalog.arrangement.filters;
		this.#rows.showFirst(of);
		this.catalog.arrange({ filters: filter === '' ? others : { ...others, [of]: filter } });
		if (filter !== '') {
			const { organizations, progress } = this.catalog;
			if (progress.phase === 'idle') void this.catalog.scan();
			if (this.#organizationRows.isOf(of) && organizations.hasMore) await organizations.loadAll();
		}
		this.#changed.fire();
	}

	/** The filter that is set on a row, or an empty text. */
	filterOf(key: string): string {
		return this.catalog.arrangement.filters[key] ?? '';
	}

	/** Makes sure that the row of an object, and those above it, are among those that are shown. Never rejects. */
	async makeVisible(object: KnownObject): Promise<void> {
		const id = organizationIdOf(object.keyContext);
		if (id !== undefined) await this.catalog.organizations.lookUp(id);
		for (;;) {
			const scopes = chainOf(await this.#branches.above(object));
			const hiding = scopes.filter((scope, index) => this.#isHidden(object, scope, scopes[index + 1]));
			if (hiding.length === 0) return scopes.forEach(({ key }) => this.#rows.ask(key, object));
			for (const { key } of hiding) await this.filter(key, '');
		}
	}

	/** Asks the vault again: for everything, or for the row's own part. */
	async refresh(node?: OutlineNode): Promise<void> {
		if (node?.kind === 'object') return this.refreshObject(node.object.id);
		if (node && scopeOf(node)) return this.catalog.sync();
		this.#versions.forget();
		this.#changed.fire();
		await this.catalog.organizations.reload();
		if (!isRefusing(this.state) && this.catalog.progress.phase !== 'idle') void this.catalog.refresh();
		this.#changed.fire();
	}

	/** A publish of our own brought an object; its versions are listed again when they are looked at. */
	applyPublished(object: KnownObject): void {
		this.forgetVersions(object);
		this.catalog.put(object);
	}

	/** Has an object's versions listed again when they are looked at. */
	forgetVersions({ id }: Pick<KnownObject, 'id'>): void {
		this.#versions.forget(`object:${id}`);
	}

	/** Looks one object up again; where it is gone, its row goes. */
	async refreshObject(id: string): Promise<void> {
		this.forgetVersions({ id });
		try {
			this.catalog.put(await this.api.describeObject(id));
		} catch (error) {
			if (!hasCode(error, 'notFound')) throw error;
			this.catalog.remove(id);
		}
	}

	/** The person saw what others changed, in all objects. */
	markAllSeen(): Promise<void> {
		return this.catalog.openAll();
	}

	/** Learns the names of the organizations that have objects, once it is known which they are. */
	nameOrganizations(): void {
		this.#organizationRows.nameAll();
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#changed.dispose();
	}

	#change(): void {
		this.#branches.forget();
		this.#changed.fire();
	}

	async #topRows(): Promise<OutlineNode[]> {
		const list = this.catalog.organizations;
		if (!list.isLoaded) await list.load();
		if (this.state !== 'ready') return [];
		this.nameOrganizations();
		const isByOrganization = this.arrangement.levels[0]?.by === 'organization';
		const rows = await (isByOrganization ? this.#organizationRows.top() : this.#objectRows(top));
		const count = this.catalog.unreadable.length;
		return count > 0 ? [...rows, { kind: 'unreadable', key: 'unreadable:', count }] : rows;
	}

	async #rowsUnder(node: OutlineNode): Promise<OutlineNode[]> {
		const scope = scopeOf(node);
		if (scope) return this.#objectRows(scope);
		if (node.kind === 'organizations') return this.#organizationRows.others();
		return node.kind === 'object' ? this.#versions.rows(node.key, node.object) : [];
	}

	#objectRows(scope: Scope): Promise<OutlineNode[]> {
		// A failed scan waits for *Retry*: started again by each painting, it would never end.
		if (this.catalog.progress.phase === 'idle') void this.catalog.scan();
		return this.#rows.under(scope);
	}

	/** Whether the filter on a row hides an object below it. */
	#isHidden({ name }: KnownObject, { key }: Scope, below: Scope | undefined): boolean {
		const labels = below?.step && below.step.by !== 'folder' ? [this.#branches.labelOf(below.step)] : [];
		const filter = this.filterOf(key).toLowerCase();
		return ![...labels, name].some((text) => text.toLowerCase().includes(filter));
	}
}

/** What stands under a row of several objects. */
function scopeOf(node: OutlineNode): Scope | undefined {
	return 'scope' in node ? node.scope : undefined;
}

/** A scope and those above it, from the top down. */
function chainOf(scope: Scope): Scope[] {
	return scope.above ? [...chainOf(scope.above), scope] : [scope];
}

/** True where the vault can't be asked at all: the view as a whole says so, and has no rows. */
function isRefusing(state: OutlineState): boolean {
	return state === 'unauthorized' || state === 'forbidden' || state === 'offline';
}
