import type { VaultApi } from './api';
import type { Catalog, CatalogProgress } from './catalog';
import type { Unseen } from './catalogState';
import { hasCode, type VaultErrorCode } from './errors';
import { Emitter, type Disposable, type Event } from './event';
import { organizationIdOf } from './keyContext';
import type { KnownObject, ObjectVersion, Organization } from './model';
import { Places } from './places';
import { VersionLists } from './versionLists';

const pageSize = 100;
/** The most objects that are shown under one organization: a refresh of a tree costs per child. */
export const maxShown = 500;

/** A row of the tree. `key` is its identity, stable over refreshes. */
export type OutlineNode =
	| { readonly kind: 'organization'; readonly key: string; readonly organization: Organization | undefined }
	| { readonly kind: 'object'; readonly key: string; readonly object: KnownObject }
	| VersionNode
	| { readonly kind: 'more'; readonly key: string; readonly of: string; readonly left: number | undefined }
	| { readonly kind: 'narrow'; readonly key: string; readonly of: string; readonly total: number }
	| { readonly kind: 'narrowed'; readonly key: string; readonly of: string; readonly filter: string }
	| { readonly kind: 'unreadable'; readonly key: string; readonly count: number }
	| { readonly kind: 'failure'; readonly key: string; readonly of: string; readonly failure: unknown }
	| { readonly kind: 'scanning' | 'stopped'; readonly key: string }
	| { readonly kind: 'nothing'; readonly key: string };

/** A version under its object; `number` counts from 1, the oldest. */
export interface VersionNode {
	readonly kind: 'version';
	readonly key: string;
	readonly object: KnownObject;
	readonly version: ObjectVersion;
	readonly number: number;
}

/** What the view as a whole is in: welcome content stands for every state but `ready`. */
export type OutlineState =
	'loading' | 'ready' | 'empty' | Extract<VaultErrorCode, 'unauthorized' | 'forbidden' | 'offline'>;

/** The tree of one connection: organizations, then objects, then versions. Never decrypts anything. */
export class Outline implements Disposable {
	readonly #changed = new Emitter<void>();
	readonly #subscription: Disposable;
	readonly #shown = new Map<string, number>();
	readonly #filters = new Map<string, string>();
	/** An object that a person asked for, by the key of its organization's row: it is shown wherever it stands in the list. */
	readonly #asked = new Map<string, string>();
	readonly #places = new Places();
	readonly #versions: VersionLists;

	/** Fires when rows may have changed. */
	readonly onDidChange: Event<void> = this.#changed.event;

	constructor(
		private readonly api: VaultApi,
		private readonly catalog: Catalog,
	) {
		this.#versions = new VersionLists(api, catalog);
		this.#subscription = catalog.onDidChange(() => this.#changed.fire());
	}

	get state(): OutlineState {
		const { state } = this.catalog.organizations;
		return state === 'empty' && this.catalog.progress.known > 0 ? 'ready' : state;
	}

	/** The organizations loaded so far. */
	get organizations(): readonly Organization[] {
		return this.catalog.organizations.items;
	}

	/** How far the objects are looked up. */
	get progress(): CatalogProgress {
		return this.catalog.progress;
	}

	/** What somebody else changed in an object since a person last opened it. */
	unseen({ id }: KnownObject): Unseen | undefined {
		return this.catalog.unseen(id);
	}

	/** How many objects of an organization (undefined: of none) others have changed since a person last opened them. */
	unseenUnder(organizationId: string | undefined): number {
		return this.catalog.unseenUnder(organizationId);
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
	parent(node: OutlineNode): OutlineNode | undefined {
		if (node.kind === 'object') return this.organizationNode(this.organizationOf(node.object));
		if (node.kind === 'version') return this.objectNode(node.object);
		return undefined;
	}

	organizationNode(organization: Organization | undefined): OutlineNode {
		return { kind: 'organization', key: `organization:${organization?.id ?? ''}`, organization };
	}

	objectNode(object: KnownObject): OutlineNode {
		return { kind: 'object', key: `object:${object.id}`, object };
	}

	/** The next page of the list that a *Load More* row ends. */
	async loadMore(of: string): Promise<void> {
		if (of === '') await this.catalog.organizations.load();
		else this.#shown.set(of, (this.#shown.get(of) ?? pageSize) + pageSize);
		this.#changed.fire();
	}

	/** Tries again what a failure row stands for. */
	async retry(of: string): Promise<void> {
		if (of === '') await this.catalog.organizations.load();
		else if (of.startsWith('object:')) this.#versions.forget(of);
		else void this.catalog.scan();
		this.#changed.fire();
	}

	/** Shows only objects of an organization whose name contains `filter`; an empty one shows all again. */
	narrow(of: string, filter: string): void {
		if (filter === '') this.#filters.delete(of);
		else this.#filters.set(of, filter);
		this.#shown.delete(of);
		this.#changed.fire();
	}

	/** Makes sure that the rows of an object and of its organization are among those that are shown. Never rejects. */
	async makeVisible(object: KnownObject): Promise<void> {
		const id = organizationIdOf(object.keyContext);
		if (id !== undefined) await this.catalog.organizations.lookUp(id);
		const { key } = this.organizationNode(this.organizationOf(object));
		const filter = this.filterOf(key);
		if (!object.name.toLowerCase().includes(filter.toLowerCase())) this.#filters.delete(key);
		this.#asked.set(key, object.id);
	}

	/** The filter that is set on an organization's row, or an empty text. */
	filterOf(key: string): string {
		return this.#filters.get(key) ?? '';
	}

	/** Asks the vault again: for everything, or for the row's own part. */
	async refresh(node?: OutlineNode): Promise<void> {
		if (node?.kind === 'object') return this.refreshObject(node.object.id);
		if (node?.kind === 'organization') return this.catalog.sync();
		this.#versions.forget();
		this.#changed.fire();
		await this.catalog.organizations.reload();
		if (!isRefusing(this.state) && this.catalog.progress.phase !== 'idle') void this.catalog.refresh();
		this.#changed.fire();
	}

	/** Takes in what a publish of our own answered; its versions are listed again when they are looked at. */
	takeIn(object: KnownObject): void {
		this.#versions.forget(`object:${object.id}`);
		this.catalog.put(object);
	}

	/** Looks one object up again; where it is gone, its row goes. */
	async refreshObject(id: string): Promise<void> {
		this.#versions.forget(`object:${id}`);
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
		const list = this.catalog.organizations;
		if (!list.isLoaded) await list.load();
		if (this.state !== 'ready') return [];
		const rows = list.items.map((organization) => this.organizationNode(organization));
		if (list.failure !== undefined) rows.push({ kind: 'failure', key: 'failure:', of: '', failure: list.failure });
		else if (list.hasMore) rows.push({ kind: 'more', key: 'more:', of: '', left: undefined });
		const others = [...list.lookedUp, ...this.#strangers(list)].sort((a, b) => (a.id < b.id ? -1 : 1));
		rows.push(...[...others, undefined].map((organization) => this.organizationNode(organization)));
		const count = this.catalog.unreadable.length;
		if (count > 0) rows.push({ kind: 'unreadable', key: 'unreadable:', count });
		return rows;
	}

	#rowsUnder(node: OutlineNode): OutlineNode[] | Promise<OutlineNode[]> {
		if (node.kind === 'organization') return this.#objectRows(node);
		if (node.kind === 'object') return this.#versions.rows(node.key, node.object);
		return [];
	}

	/** Organizations that only a key context names: deleted ones, or ones of another environment. */
	#strangers(list: Catalog['organizations']): Organization[] {
		// Until every page is there, one that is not listed may still come.
		if (list.hasMore || list.failure !== undefined) return [];
		const strangers = this.catalog.organizationIds().filter((id) => !list.find(id));
		return strangers.map((id) => ({ id, name: id }));
	}

	#objectRows(node: OutlineNode & { kind: 'organization' }): OutlineNode[] {
		const { key } = node;
		// A failed scan waits for *Retry*: started again by each painting, it would never end.
		if (this.catalog.progress.phase === 'idle') void this.catalog.scan();
		const { phase, failure } = this.catalog.progress;
		const filter = this.filterOf(key);
		const all = this.#objectsUnder(key, node.organization?.id);
		const shown = this.#shownUnder(key);
		const objects = this.#places.place(key, all, shown, phase === 'scanning');
		const asked = all.find(({ id }) => id === this.#asked.get(key));
		const isBeyond = asked !== undefined && !objects.includes(asked);
		const rows = [...objects, ...(isBeyond ? [asked] : [])].map((object) => this.objectNode(object));
		if (filter !== '') rows.unshift({ kind: 'narrowed', key: `narrowed:${key}`, of: key, filter });
		const left = all.length - objects.length - Number(isBeyond);
		if (left > 0) {
			rows.push(
				shown < maxShown
					? { kind: 'more', key: `more:${key}`, of: key, left }
					: { kind: 'narrow', key: `narrow:${key}`, of: key, total: all.length },
			);
		}
		if (phase === 'failed') rows.push({ kind: 'failure', key: `failure:${key}`, of: key, failure });
		else if (phase === 'stopped') rows.push({ kind: 'stopped', key: `stopped:${key}` });
		else if (phase !== 'complete') rows.push({ kind: 'scanning', key: `scanning:${key}` });
		else if (rows.length === 0) rows.push({ kind: 'nothing', key: `nothing:${key}` });
		return rows;
	}

	#objectsUnder(key: string, organizationId: string | undefined): readonly KnownObject[] {
		const filter = this.filterOf(key).toLowerCase();
		const all = this.catalog.objectsOf(organizationId);
		return filter === '' ? all : all.filter(({ name }) => name.toLowerCase().includes(filter));
	}

	#shownUnder(key: string): number {
		return Math.min(this.#shown.get(key) ?? pageSize, maxShown);
	}
}

/** True where the vault can't be asked at all: the view as a whole says so, and has no rows. */
function isRefusing(state: OutlineState): boolean {
	return state === 'unauthorized' || state === 'forbidden' || state === 'offline';
}
