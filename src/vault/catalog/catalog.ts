import type { CallOptions, VaultApi } from '../api';
import { mergeInto } from './mergeStates';
import { textOf } from './snapshotText';
import type { Unseen } from './known/attention';
import type { ReadonlyObjectIndex } from './known/objectIndex';
import { Runs, type RunPhase } from './runs';
import { keptFrom, snapshotOf, type CatalogSnapshot } from './snapshot';
import { CatalogState } from './state';
import { Emitter, type Event } from '../event';
import type { KeyContext, KnownObject, ObjectSummary } from '../model';
import { OrganizationList } from './organizations';
import { withChange, type Arrangement, type ArrangementPart } from '../outline/arrangement';
import { Pieces, type Turns } from '../pause';
import type { CatalogWork } from './scan';
import { learnAll, refresh, sync } from './sync';

/** How far the catalog got. `listed` counts the objects that were seen, `known` those whose organization is known. */
export interface CatalogProgress {
	readonly phase: RunPhase;
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
	readonly #runs = new Runs(() => this.#fireChange());
	#syncing: Promise<void> | undefined;

	/** Fires when objects or the progress changed. */
	readonly onDidChange: Event<CatalogChange> = this.#changed.event;

	/** @param kept what an earlier catalog of the same vault knew */
	constructor(
		private readonly api: VaultApi,
		kept?: CatalogSnapshot | CatalogState,
	) {
		this.#state = kept ? stateOf(kept) : new CatalogState();
		this.organizations = new OrganizationList(api, this.#state.organizations);
		if (!this.#state.isUnfinished) this.#runs.complete();
	}

	get progress(): CatalogProgress {
		const { phase, failure } = this.#runs;
		const { listed, objects } = this.#state.known;
		return { phase, listed, known: objects.size, isListed: this.#state.listing.cursor === undefined, failure };
	}

	/** True once every object was looked up; a refresh changes nothing about that. */
	get isIndexed(): boolean {
		return this.#runs.wasComplete;
	}

	/** How long ago the catalog was in step with the vault, in ms; Infinity for not yet in this window. */
	get sinceSynced(): number {
		return this.#runs.sinceEnded;
	}

	/** The environment that the objects are in; undefined as long as no object's metadata was asked for. */
	get environmentId(): string | undefined {
		return this.#state.known.environmentId;
	}

	/** The objects that are listed and could not be looked up, each for a reason of its own. A refresh tries them again. */
	get unreadable(): readonly ObjectSummary[] {
		return [...this.#state.known.pending.unreadable.values()];
	}

	/** The known objects of one organization (undefined: those without one), by name. */
	objectsOf(organizationId: string | undefined): readonly KnownObject[] {
		return this.#objects.of(organizationId);
	}

	/** All known objects, in no order. */
	objects(): Iterable<KnownObject> {
		return this.#objects.all();
	}

	/** The ids of the organizations that there are objects of. */
	organizationIds(): string[] {
		return [...this.#objects.organizations()].filter((id) => id !== undefined);
	}

	get(id: string): KnownObject | undefined {
		return this.#objects.get(id);
	}

	findByName(name: string): KnownObject | undefined {
		return this.#objects.named(name);
	}

	/** What somebody else changed in an object since a person here last looked; undefined for nothing. */
	unseen(id: string): Unseen | undefined {
		return this.#state.attention.unseen.get(id);
	}

	/** How many of these objects others have changed since a person last looked. */
	countUnseen(objects: Iterable<KnownObject>): number {
		return this.#state.attention.countUnseen(objects);
	}

	/** How many objects others have changed since a person last looked. */
	get unseenCount(): number {
		return this.#state.attention.unseen.size;
	}

	/** When a person last opened an object, in ms; 0 for never. */
	openedAt(id: string): number {
		return this.#state.attention.openedAt(id);
	}

	/** Looks up every object once; work that runs is joined, a scan that stopped goes on where it was. Never rejects. */
	scan(): Promise<void> {
		if (this.#runs.phase === 'complete' || this.#runs.isDisposed) return Promise.resolve();
		return this.#run(learnAll);
	}

	/** Stops a scan; `scan` goes on where it was. */
	stop(): void {
		this.#runs.stop();
	}

	/** Brings a complete catalog up to date, mostly in one request. @throws VaultError */
	sync(): Promise<void> {
		if (this.#runs.phase !== 'complete') return this.scan();
		this.#syncing ??= this.#runs
			.runInBackground((signal) => sync(this.#workWith(signal)))
			.catch((error: unknown) => {
				this.organizations.refuse(error);
				this.#fireChange();
				throw error;
			})
			.finally(() => (this.#syncing = undefined));
		return this.#syncing;
	}

	/** Asks for what changed, and then for everything; the first scan goes on instead. Never rejects. */
	async refresh(): Promise<void> {
		// What runs may be waiting for its next try, and a person who asks now does not.
		this.stop();
		if (this.#runs.running) await this.#runs.running;
		if (this.#state.events.readAt === 0 && this.#state.isUnfinished) return this.scan();
		return this.#run((work) => {
			work.state.known.forgetUnreadable();
			return refresh(work);
		});
	}

	/** A call of our own brought an object: a created, changed or described object. */
	put(object: KnownObject): void {
		this.#state.applyAnswer(object);
		this.#fireChange();
	}

	/** A person opened an object: what others changed in it has been seen. */
	open(object: KnownObject): void {
		this.#state.applyAnswer(object);
		this.#state.open(object.id);
		this.#fireChange();
	}

	/** A person has seen what others changed, in every object that is marked by now. */
	async openAll(): Promise<void> {
		const pieces = new Pieces();
		for (const id of [...this.#state.attention.unseen.keys()]) {
			this.#state.open(id);
			if (pieces.isOver) await pieces.next();
		}
		this.#fireChange();
	}

	/** How the person arranged the tree. */
	get arrangement(): Arrangement {
		return this.#state.arrangement;
	}

	/** A person arranges the tree. */
	arrange(change: Partial<Pick<Arrangement, ArrangementPart>>): void {
		this.#state.arrange(withChange(this.#state.arrangement, change));
		this.#fireChange();
	}

	/** How many objects have which key context. */
	contexts(): ReadonlyMap<KeyContext, number> {
		return this.#objects.contexts();
	}

	/** Forgets an object that is gone. */
	remove(id: string): void {
		if (this.#state.remove(id)) this.#fireChange();
	}

	/** What is known, as plain data. */
	snapshot(): CatalogSnapshot {
		return snapshotOf(this.#state);
	}

	/** The same as text, made with a pause now and then; `snapshotIn` reads it. */
	toText(): Promise<string> {
		return textOf(this.#state);
	}

	/** Applies what another window learnt meanwhile, in pieces. */
	async merge(theirs: CatalogSnapshot | CatalogState, pieces: Turns = new Pieces()): Promise<void> {
		await mergeInto(this.#state, stateOf(theirs), pieces);
		if (!this.#state.isUnfinished && !this.#runs.running) this.#runs.complete();
		else this.#fireChange();
	}

	/** Ends a running scan; its late answers are dropped. */
	dispose(): void {
		this.#runs.dispose();
		this.#changed.dispose();
	}

	get #objects(): ReadonlyObjectIndex {
		return this.#state.known.objects;
	}

	#workWith(signal: AbortSignal): CatalogWork {
		const options: CallOptions = { priority: 'background', signal };
		const notify = () => this.#fireChange();
		return { api: this.api, state: this.#state, organizations: this.organizations, options, notify };
	}

	#run(job: (work: CatalogWork) => Promise<void>): Promise<void> {
		return this.#runs.run((signal) => job(this.#workWith(signal)));
	}

	#fireChange(): void {
		this.#changed.fire({ organizations: this.#state.known.drainChanged() });
	}
}

function stateOf(kept: CatalogSnapshot | CatalogState): CatalogState {
	return kept instanceof CatalogState ? kept : keptFrom(kept);
}
