import type { VaultApi } from './api';
import type { Catalog } from './catalog';
import { hasCode, VaultError, type VaultErrorCode } from './errors';
import { Emitter, type Disposable, type Event } from './event';
import { organizationIdOf } from './keyContext';
import type { ObjectMetadata, ObjectVersion, Organization } from './model';
import { OrganizationList } from './organizationList';

const pageSize = 100;
/** The most objects that are shown under one organization: a refresh of a tree costs per child. */
export const maxShown = 500;

/** A row of the tree. `key` is its identity, stable over refreshes. */
export type OutlineNode =
	| { readonly kind: 'organization'; readonly key: string; readonly organization: Organization | undefined }
	| { readonly kind: 'object'; readonly key: string; readonly object: ObjectMetadata }
	| VersionNode
	| { readonly kind: 'more'; readonly key: string; readonly of: string; readonly left: number | undefined }
	| { readonly kind: 'narrow'; readonly key: string; readonly of: string; readonly total: number }
	| { readonly kind: 'narrowed'; readonly key: string; readonly of: string; readonly filter: string }
	| { readonly kind: 'failure'; readonly key: string; readonly of: string; readonly failure: unknown }
	| { readonly kind: 'scanning'; readonly key: string; readonly known: number }
	| { readonly kind: 'nothing'; readonly key: string };

/** A version under its object; `number` counts from 1, the oldest. */
export interface VersionNode {
	readonly kind: 'version';
	readonly key: string;
	readonly object: ObjectMetadata;
	readonly version: ObjectVersion;
	readonly number: number;
}

/** What the view as a whole is in: welcome content stands for every state but `ready`. */
export type OutlineState =
	'loading' | 'ready' | 'empty' | Extract<VaultErrorCode, 'unauthorized' | 'forbidden' | 'offline'>;

interface VersionList {
	nodes?: readonly VersionNode[];
	failure?: unknown;
	loading?: Promise<void>;
}

/** The tree of one connection: organizations, then objects, then versions. Never decrypts anything. */
export class Outline implements Disposable {
	readonly #changed = new Emitter<string | undefined>();
	readonly #subscription: Disposable;
	readonly #shown = new Map<string, number>();
	readonly #filters = new Map<string, string>();
	readonly #versions = new Map<string, VersionList>();
	#organizations = new OrganizationList();
	#state: OutlineState = 'loading';

	/** Fires with the key of the row whose children changed, or undefined for the whole tree. */
	readonly onDidChange: Event<string | undefined> = this.#changed.event;

	constructor(
		private readonly api: VaultApi,
		private readonly catalog: Catalog,
	) {
		this.#subscription = catalog.onDidChange(() => this.#changed.fire(undefined));
	}

	get state(): OutlineState {
		return this.#state === 'empty' && this.catalog.progress.known > 0 ? 'ready' : this.#state;
	}

	/** The organizations loaded so far. */
	get organizations(): readonly Organization[] {
		return this.#organizations.items;
	}

	/** The organization that an object belongs to; one that is not loaded goes by its id. */
	organizationOf(object: ObjectMetadata): Organization | undefined {
		const id = organizationIdOf(object.keyContext);
		if (id === undefined) return undefined;
		return this.#organizations.items.find((organization) => organization.id === id) ?? { id, name: id };
	}

	/** The rows under `node`, or the top rows. Loads what is missing; a failure is a row, never a rejection. */
	async children(node?: OutlineNode): Promise<OutlineNode[]> {
		if (!node) return this.#topRows();
		if (node.kind === 'organization') return this.#objectRows(node);
		if (node.kind === 'object') return this.#versionRows(node.object);
		return [];
	}

	/** The row above `node`; undefined for top rows. */
	parent(node: OutlineNode): OutlineNode | undefined {
		if (node.kind === 'object') return this.organizationNode(this.organizationOf(node.object));
		if (node.kind === 'version') return this.objectNode(node.object);
		return undefined;
	}

	organizationNode(organization: Organization | undefined): OutlineNode {
		return { kind: 'organization', key: `organization:${organization?.id ?? ''}`, organization };
	}

	objectNode(object: ObjectMetadata): OutlineNode {
		return { kind: 'object', key: `object:${object.id}`, object };
	}

	/** The next page of the list that a *Load More* row ends. */
	async loadMore(of: string): Promise<void> {
		if (of === '') await this.#loadOrganizations();
		else this.#shown.set(of, (this.#shown.get(of) ?? pageSize) + pageSize);
		this.#changed.fire(of || undefined);
	}

	/** Tries again what a failure row stands for. */
	async retry(of: string): Promise<void> {
		if (of === '') await this.#loadOrganizations();
		else if (of.startsWith('object:')) this.#versions.delete(of);
		else void this.catalog.scan();
		this.#changed.fire(of || undefined);
	}

	/** Shows only objects of an organization whose name contains `filter`; an empty one shows all again. */
	narrow(of: string, filter: string): void {
		if (filter === '') this.#filters.delete(of);
		else this.#filters.set(of, filter);
		this.#shown.delete(of);
		this.#changed.fire(of);
	}

	/** Makes sure that an object's row is among those that are shown. */
	makeVisible(object: ObjectMetadata): void {
		const { key } = this.organizationNode(this.organizationOf(object));
		const filter = this.filterOf(key);
		if (!object.name.toLowerCase().includes(filter.toLowerCase())) this.#filters.delete(key);
		const rows = this.#objectsUnder(key, organizationIdOf(object.keyContext));
		const position = rows.findIndex(({ id }) => id === object.id);
		if (position >= maxShown) this.#filters.set(key, object.name);
		else if (position >= this.#shownUnder(key)) {
			this.#shown.set(key, Math.ceil((position + 1) / pageSize) * pageSize);
		}
	}

	/** The filter that is set on an organization's row, or an empty text. */
	filterOf(key: string): string {
		return this.#filters.get(key) ?? '';
	}

	/** Asks the vault again: for everything, or for the row's own part. */
	async refresh(node?: OutlineNode): Promise<void> {
		if (node?.kind === 'object') return this.refreshObject(node.object.id);
		if (node?.kind === 'organization') return this.catalog.refresh();
		this.#organizations = new OrganizationList();
		this.#versions.clear();
		if (this.catalog.progress.phase !== 'idle') void this.catalog.refresh();
		this.#changed.fire(undefined);
		await this.#loadOrganizations();
		this.#changed.fire(undefined);
	}

	/** Looks one object up again; where it is gone, its row goes. */
	async refreshObject(id: string): Promise<void> {
		this.#versions.delete(`object:${id}`);
		try {
			this.catalog.put(await this.api.describeObject(id));
		} catch (error) {
			if (!hasCode(error, 'notFound')) throw error;
			this.catalog.remove(id);
		}
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#changed.dispose();
	}

	async #topRows(): Promise<OutlineNode[]> {
		const list = this.#organizations;
		if (!list.isLoaded) await this.#loadOrganizations();
		if (list !== this.#organizations || this.state !== 'ready') return [];
		const rows = list.items.map((organization) => this.organizationNode(organization));
		if (list.failure !== undefined) rows.push({ kind: 'failure', key: 'failure:', of: '', failure: list.failure });
		else if (list.hasMore) rows.push({ kind: 'more', key: 'more:', of: '', left: undefined });
		else rows.push(...this.#strangers(list.items), this.organizationNode(undefined));
		return rows;
	}

	/** Organizations that only a key context names: deleted ones, or ones of another environment. */
	#strangers(listed: readonly Organization[]): OutlineNode[] {
		const known = new Set(listed.map(({ id }) => id));
		const ids = new Set(this.catalog.objects().map(({ keyContext }) => organizationIdOf(keyContext)));
		return [...ids]
			.filter((id) => id !== undefined)
			.filter((id) => !known.has(id))
			.sort()
			.map((id) => this.organizationNode({ id, name: id }));
	}

	#objectRows(node: OutlineNode & { kind: 'organization' }): OutlineNode[] {
		const { key } = node;
		// A failed scan waits for *Retry*: started again by each painting, it would never end.
		if (this.catalog.progress.phase === 'idle') void this.catalog.scan();
		const { phase, known, failure } = this.catalog.progress;
		const filter = this.filterOf(key);
		const all = this.#objectsUnder(key, node.organization?.id);
		const shown = this.#shownUnder(key);
		const rows: OutlineNode[] = all.slice(0, shown).map((object) => this.objectNode(object));
		if (filter !== '') rows.unshift({ kind: 'narrowed', key: `narrowed:${key}`, of: key, filter });
		if (all.length > shown) {
			rows.push(
				shown < maxShown
					? { kind: 'more', key: `more:${key}`, of: key, left: all.length - shown }
					: { kind: 'narrow', key: `narrow:${key}`, of: key, total: all.length },
			);
		}
		if (phase === 'failed') rows.push({ kind: 'failure', key: `failure:${key}`, of: key, failure });
		else if (phase !== 'complete') rows.push({ kind: 'scanning', key: `scanning:${key}`, known });
		else if (rows.length === 0) rows.push({ kind: 'nothing', key: `nothing:${key}` });
		return rows;
	}

	#objectsUnder(key: string, organizationId: string | undefined): ObjectMetadata[] {
		const filter = this.filterOf(key).toLowerCase();
		return this.catalog.objectsOf(organizationId).filter(({ name }) => name.toLowerCase().includes(filter));
	}

	#shownUnder(key: string): number {
		return Math.min(this.#shown.get(key) ?? pageSize, maxShown);
	}

	async #versionRows(object: ObjectMetadata): Promise<OutlineNode[]> {
		const key = `object:${object.id}`;
		let list = this.#versions.get(key);
		if (!list) this.#versions.set(key, (list = {}));
		list.loading ??= this.#loadVersions(list, object);
		await list.loading;
		if (list.failure !== undefined) return [{ kind: 'failure', key: `failure:${key}`, of: key, failure: list.failure }];
		return [...(list.nodes ?? [])];
	}

	async #loadVersions(list: VersionList, object: ObjectMetadata): Promise<void> {
		try {
			const versions = await this.api.listVersions(object.id, { priority: 'visible' });
			list.nodes = versions.map((version, index) => ({
				kind: 'version',
				key: `version:${object.id}:${version.id}`,
				object,
				version,
				number: versions.length - index,
			}));
		} catch (error) {
			list.failure = error;
			if (hasCode(error, 'notFound')) this.catalog.remove(object.id);
		}
	}

	/** Loads the next page; a load that runs is joined, a failed one is tried again. Never rejects. */
	#loadOrganizations(): Promise<void> {
		const list = this.#organizations;
		list.loading ??= this.#loadPage(list).finally(() => {
			list.loading = undefined;
		});
		return list.loading;
	}

	async #loadPage(list: OrganizationList): Promise<void> {
		await list.load(this.api);
		if (list !== this.#organizations) return;
		const state = await this.#findState(list);
		if (list === this.#organizations) this.#state = state;
		list.isLoaded = true;
	}

	async #findState(list: OrganizationList): Promise<OutlineState> {
		if (list.items.length > 0) return 'ready';
		if (list.failure === undefined) {
			try {
				const { items } = await this.api.listObjects({ limit: 1 }, { priority: 'visible' });
				return items.length > 0 ? 'ready' : 'empty';
			} catch (error) {
				list.failure = error;
			}
		}
		const code = list.failure instanceof VaultError ? list.failure.code : undefined;
		return code === 'unauthorized' || code === 'forbidden' || code === 'offline' ? code : 'ready';
	}
}
