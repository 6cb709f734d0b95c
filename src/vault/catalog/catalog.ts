import type { CallOptions, VaultApi } from '../api';
import { mergeInto } from './mergeStates';
import { textOf } from './snapshotText';
import { keptFrom, snapshotOf, type CatalogSnapshot } from './snapshot';
import { CatalogState, type Unseen } from './state';
import { Emitter, type Event } from '../event';
import type { KeyContext, KnownObject, ObjectSummary } from '../model';
import { OrganizationList } from './organizations';
import type { Arrangement, ArrangementPart } from '../outline/arrangement';
import { Pieces, type Turns } from '../pause';
import { beginToFollow, scan, type CatalogWork } from './scan';
import { areEventsRefused, refresh, sync } from './sync';

/**
 * How far the catalog got. `listed` counts the objects that were seen, `known` those whose organization is known.
 * `stopped`: a person stopped the scan.
 */
export interface CatalogProgress {
	readonly phase: 'idle' | 'scanning' | 'complete' | 'stopped' | 'failed';
	readonly listed: number;
	readonly known: number;
	/** True once all pages of the list were there. */
	readonly isListed: boolean;
	/** Why the scan stopped, in phase `failed`. */
	readonly failure?: unknown;
}

/** What changed: the objects of these organizations (undefined: those without one). */
export interface CatalogChange {
	readonly organizations: ReadonlySet<string | undefined>;
}

/**
 * Which object belongs to which organization, and its key context. The list call says neither; a key context never
 * changes, so that what was learnt once is kept. Never holds a value.
 */
export class Catalog {
	readonly organizations: OrganizationList;
	readonly #state: CatalogState;
	readonly #changed = new Emitter<CatalogChange>();
	readonly #ended = new AbortController();
	#phase: CatalogProgress['phase'] = 'idle';
	#isIndexed = false;
	#failure: unknown;
	#stop = new AbortController();
	#work: Promise<void> = Promise.resolve();
	#running: Promise<void> | undefined;
	#syncing: Promise<void> | undefined;
	/** By a clock that nobody sets. */
	#syncedAt = -Infinity;

	/** Fires when objects or the progress changed. */
	readonly onDidChange: Event<CatalogChange> = this.#changed.event;

	/** @param kept what an earlier catalog of the same vault knew */
	constructor(
		private readonly api: VaultApi,
		kept?: CatalogSnapshot | CatalogState,
	) {
		this.#state = kept ? stateOf(kept) : new CatalogState();
		this.organizations = new OrganizationList(api, this.#state);
		if (!this.#isUnfinished) this.#setPhase('complete');
	}

	get progress(): CatalogProgress {
		const { listed, objects, listing } = this.#state;
		const isListed = listing === undefined;
		return { phase: this.#phase, listed, known: objects.size, isListed, failure: this.#failure };
	}

	/** True once every object was looked up; a refresh changes nothing about that. */
	get isIndexed(): boolean {
		return this.#isIndexed;
	}

	/** How long ago the catalog was in step with the vault, in ms; Infinity for not yet in this window. */
	get sinceSynced(): number {
		return performance.now() - this.#syncedAt;
	}

	/** The environment that the objects are in; undefined as long as no object's metadata was asked for. */
	get environmentId(): string | undefined {
		return this.#state.environmentId;
	}

	/** The objects that are listed and could not be looked up, each for a reason of its own. A refresh tries them again. */
	get unreadable(): readonly ObjectSummary[] {
		return [...this.#state.unreadable.values()];
	}

	/** The known objects of one organization (undefined: those without one), by name. */
	objectsOf(organizationId: string | undefined): readonly KnownObject[] {
		return this.#state.objects.of(organizationId);
	}

	/** All known objects, in no order. */
	objects(): Iterable<KnownObject> {
		return this.#state.objects.all();
	}

	/** The ids of the organizations that there are objects of. */
	organizationIds(): string[] {
		return [...this.#state.objects.organizations()].filter((id) => id !== undefined);
	}

	get(id: string): KnownObject | undefined {
		return this.#state.objects.get(id);
	}

	findByName(name: string): KnownObject | undefined {
		return this.#state.objects.named(name);
	}

	/** What somebody else changed in an object since a person here last looked; undefined for nothing. */
	unseen(id: string): Unseen | undefined {
		return this.#state.unseen.get(id);
	}

	/** How many of these objects others have changed since a person last looked. */
	countUnseen(objects: Iterable<KnownObject>): number {
		let count = 0;
		if (this.#state.unseen.size > 0) for (const { id } of objects) if (this.#state.unseen.has(id)) count++;
		return count;
	}

	/** How many objects others have changed since a person last looked. */
	get unseenCount(): number {
		return this.#state.unseen.size;
	}

	/** When a person last opened an object, in ms; 0 for never. */
	openedAt(id: string): number {
		return this.#state.opened.get(id) ?? 0;
	}

	/** Looks up every object once; work that runs is joined, a scan that stopped goes on where it was. Never rejects. */
	scan(): Promise<void> {
		if (this.#phase === 'complete' || this.#ended.signal.aborted) return Promise.resolve();
		return this.#run(async (tools) => {
			const { state } = tools;
			const startedAt = Date.now();
			const isNew = state.followedAt === 0;
			const isLeftOver = this.#isUnfinished;
			if (isLeftOver) {
				const isBegun = state.marks !== undefined || state.listing?.after !== undefined || areEventsRefused(state);
				if (!isBegun) await beginToFollow(tools);
				await scan(tools);
			}
			if (isNew) state.followedAt = startedAt;
			// What happened meanwhile.
			if (!isLeftOver || state.marks) await sync(tools);
			// Nobody has looked yet: nothing is new to anybody.
			if (isNew) state.unseen.clear();
		});
	}

	/** Stops a scan; `scan` goes on where it was. */
	stop(): void {
		this.#stop.abort(new DOMException('Stopped', 'AbortError'));
	}

	/** Brings a complete catalog up to date, mostly in one request. @throws VaultError */
	sync(): Promise<void> {
		if (this.#phase !== 'complete') return this.scan();
		this.#syncing ??= this.#inTurn(() => sync(this.#tools(this.#ended.signal)))
			.catch((error: unknown) => {
				this.organizations.refuse(error);
				this.#tell();
				throw error;
			})
			.finally(() => (this.#syncing = undefined));
		return this.#syncing;
	}

	/** Asks for what changed, and then for everything; the first scan goes on instead. Never rejects. */
	async refresh(): Promise<void> {
		// What runs may be waiting for its next try, and a person who asks now does not.
		this.stop();
		if (this.#running) await this.#running;
		if (this.#state.followedAt === 0 && this.#isUnfinished) return this.scan();
		return this.#run((tools) => {
			tools.state.unreadable.clear();
			return refresh(tools);
		});
	}

	/** Takes in what a call of our own brought: a created, changed or described object. */
	put(object: KnownObject): void {
		this.#state.takeAnswer(object);
		this.#tell();
	}

	/** A person opened an object: what others changed in it has been seen. */
	open(object: KnownObject): void {
		this.#state.takeAnswer(object);
		this.#state.open(object.id);
		this.#tell();
	}

	/** A person has seen what others changed, in every object that is marked by now. */
	async openAll(): Promise<void> {
		const pieces = new Pieces();
		for (const id of [...this.#state.unseen.keys()]) {
			this.#state.open(id);
			if (pieces.isOver) await pieces.next();
		}
		this.#tell();
	}

	/** How the person arranged the tree. */
	get arrangement(): Arrangement {
		return this.#state.arrangement;
	}

	/** Takes in how the person arranges the tree. */
	arrange(change: Partial<Pick<Arrangement, ArrangementPart>>): void {
		const { arrangement } = this.#state;
		const changedAt = { ...arrangement.changedAt };
		// Later than the one before it, also where the clock was set back.
		for (const part of Object.keys(change) as ArrangementPart[]) {
			changedAt[part] = Math.max(Date.now(), (changedAt[part] ?? 0) + 1);
		}
		this.#state.arrangement = { ...arrangement, ...change, changedAt };
		this.#tell();
	}

	/** How many objects have which key context. */
	contexts(): ReadonlyMap<KeyContext, number> {
		return this.#state.objects.contexts();
	}

	/** Forgets an object that is gone. */
	remove(id: string): void {
		const isListed = this.#state.unreadable.has(id) || this.#state.unplaced.has(id);
		this.#state.remove(id);
		if (isListed || this.#state.touched.size > 0) this.#tell();
	}

	/** What is known, as plain data. */
	snapshot(): CatalogSnapshot {
		return snapshotOf(this.#state);
	}

	/** The same as text, made with a pause now and then; `snapshotIn` reads it. */
	toText(): Promise<string> {
		return textOf(this.#state);
	}

	/** Takes in what another window learnt meanwhile, in pieces. */
	async merge(theirs: CatalogSnapshot | CatalogState, pieces: Turns = new Pieces()): Promise<void> {
		await mergeInto(this.#state, stateOf(theirs), pieces);
		if (!this.#isUnfinished && !this.#running) this.#setPhase('complete');
		else this.#tell();
	}

	/** Ends a running scan; its late answers are dropped. */
	dispose(): void {
		this.#ended.abort();
		this.#changed.dispose();
	}

	get #isUnfinished(): boolean {
		const { listing, unplaced } = this.#state;
		return listing !== undefined || unplaced.size > 0;
	}

	#tools(signal: AbortSignal): CatalogWork {
		const options: CallOptions = { priority: 'background', signal };
		return { api: this.api, state: this.#state, organizations: this.organizations, options, told: () => this.#tell() };
	}

	/** Does work whose progress is shown; the one that runs is joined. */
	#run(work: (tools: CatalogWork) => Promise<void>): Promise<void> {
		this.#running ??= this.#runNow(work).finally(() => (this.#running = undefined));
		return this.#running;
	}

	async #runNow(work: (tools: CatalogWork) => Promise<void>): Promise<void> {
		const stop = (this.#stop = new AbortController());
		this.#failure = undefined;
		this.#setPhase('scanning');
		try {
			const tools = this.#tools(AbortSignal.any([this.#ended.signal, stop.signal]));
			await this.#inTurn(() => work(tools));
			this.#setPhase('complete');
		} catch (error) {
			if (stop.signal.aborted) return this.#setPhase('stopped');
			this.#failure = error;
			this.#setPhase('failed');
		}
	}

	/** One after another: two that change the same at once would undo each other's work. */
	#inTurn(work: () => Promise<void>): Promise<void> {
		const result = this.#work.then(work).then(() => {
			this.#syncedAt = performance.now();
		});
		this.#work = result.catch(() => undefined);
		return result;
	}

	#setPhase(phase: CatalogProgress['phase']): void {
		this.#phase = phase;
		this.#isIndexed ||= phase === 'complete';
		this.#tell();
	}

	#tell(): void {
		const organizations = this.#state.touched;
		this.#state.touched = new Set();
		this.#changed.fire({ organizations });
	}
}

function stateOf(kept: CatalogSnapshot | CatalogState): CatalogState {
	return kept instanceof CatalogState ? kept : keptFrom(kept);
}
