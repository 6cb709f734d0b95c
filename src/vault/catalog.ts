import type { CallOptions, VaultApi } from './api';
import { hasCode, VaultError, type VaultErrorCode } from './errors';
import { Emitter, type Event } from './event';
import { organizationIdOf } from './keyContext';
import type { ObjectMetadata, ObjectSummary } from './model';
import { unseenPages } from './pages';

const pageSize = 100;
const concurrency = 4;
/** What would meet every other look-up too. Other failures are those of one object. */
const stopping: readonly VaultErrorCode[] = ['unauthorized', 'forbidden', 'offline', 'unavailable', 'rateLimited'];

/** How far the catalog got. `listed` counts the objects that were seen, `known` those whose organization is known. */
export interface CatalogProgress {
	readonly phase: 'idle' | 'scanning' | 'complete' | 'failed';
	readonly listed: number;
	readonly known: number;
	/** Why the scan stopped, in phase `failed`. */
	readonly failure?: unknown;
}

/**
 * Which object belongs to which organization. The list call doesn't say, so each object costs one metadata call, made
 * once: a key context never changes. Kept in memory; never holds a value.
 */
export class Catalog {
	readonly #objects = new Map<string, ObjectMetadata>();
	readonly #unreadable = new Map<string, ObjectSummary>();
	readonly #changed = new Emitter<void>();
	readonly #abort = new AbortController();
	readonly #options: CallOptions = { priority: 'background', signal: this.#abort.signal };
	#phase: CatalogProgress['phase'] = 'idle';
	#failure: unknown;
	#listed = new Set<string>();
	#scan: Promise<void> | undefined;

	/** Fires when an object or the progress changed. */
	readonly onDidChange: Event<void> = this.#changed.event;

	constructor(private readonly api: VaultApi) {}

	get progress(): CatalogProgress {
		return { phase: this.#phase, listed: this.#listed.size, known: this.#objects.size, failure: this.#failure };
	}

	/** The objects that are listed and could not be looked up, each for a reason of its own. A scan tries them again. */
	get unreadable(): readonly ObjectSummary[] {
		return [...this.#unreadable.values()];
	}

	/** The known objects of one organization (undefined: those without one), by name. */
	objectsOf(organizationId: string | undefined): ObjectMetadata[] {
		return this.objects().filter(({ keyContext }) => organizationIdOf(keyContext) === organizationId);
	}

	/** All known objects, by name. */
	objects(): ObjectMetadata[] {
		return [...this.#objects.values()].sort((a, b) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
	}

	get(id: string): ObjectMetadata | undefined {
		return this.#objects.get(id);
	}

	findByName(name: string): ObjectMetadata | undefined {
		return [...this.#objects.values()].find((object) => object.name === name);
	}

	/** Looks up every object once; a scan that runs is joined, a failed one goes on where it stopped. Never rejects. */
	scan(): Promise<void> {
		if (this.#phase === 'complete' || this.#abort.signal.aborted) return Promise.resolve();
		this.#scan ??= this.#runScan().finally(() => {
			this.#scan = undefined;
		});
		return this.#scan;
	}

	/** Lists again and looks up what is new or changed. Never rejects. */
	async refresh(): Promise<void> {
		await this.#scan;
		this.#phase = 'idle';
		await this.scan();
	}

	/** Takes in what a call of our own brought: a created, changed or described object. */
	put(object: ObjectMetadata): void {
		this.#objects.set(object.id, object);
		this.#unreadable.delete(object.id);
		this.#listed.add(object.id);
		this.#changed.fire();
	}

	/** Forgets an object that is gone. */
	remove(id: string): void {
		this.#listed.delete(id);
		const isKnown = this.#objects.delete(id);
		if (this.#unreadable.delete(id) || isKnown) this.#changed.fire();
	}

	/** Ends a running scan; its late answers are dropped. */
	dispose(): void {
		this.#abort.abort();
		this.#changed.dispose();
	}

	async #runScan(): Promise<void> {
		const before = [...this.#objects.values()];
		this.#listed = new Set();
		this.#unreadable.clear();
		this.#failure = undefined;
		this.#setPhase('scanning');
		try {
			for await (const page of unseenPages((after) =>
				this.api.listObjects({ limit: pageSize, after }, this.#options),
			)) {
				for (const { id } of page.items) this.#listed.add(id);
				await this.#describeAll(page.items.filter((row) => !this.#isUpToDate(row)));
			}
			// One that moved in the list while we paged through it may not have been shown to us: only a look-up tells.
			await this.#describeAll(before.filter(({ id }) => this.#objects.has(id) && !this.#listed.has(id)));
			this.#setPhase('complete');
		} catch (error) {
			this.#failure = error;
			this.#setPhase('failed');
		}
	}

	#isUpToDate({ id, updatedAt }: ObjectSummary): boolean {
		const known = this.#objects.get(id);
		return known !== undefined && known.updatedAt.getTime() === updatedAt?.getTime();
	}

	async #describeAll(rows: readonly ObjectSummary[]): Promise<void> {
		const waiting = [...rows];
		const worker = async () => {
			for (let row = waiting.shift(); row; row = waiting.shift()) await this.#describe(row);
		};
		await Promise.all(Array.from({ length: concurrency }, worker));
	}

	async #describe({ id, name, updatedAt }: ObjectSummary): Promise<void> {
		const before = this.#objects.get(id);
		try {
			const object = await this.api.describeObject(id, this.#options);
			// What a call of our own brought meanwhile is newer than this answer.
			if (!this.#abort.signal.aborted && this.#objects.get(id) === before) this.put(object);
		} catch (error) {
			if (!(error instanceof VaultError) || hasCode(error, ...stopping)) throw error;
			// Deleted between the list and this call.
			if (hasCode(error, 'notFound')) this.remove(id);
			else if (!this.#objects.has(id)) this.#unreadable.set(id, { id, name, updatedAt });
		}
	}

	#setPhase(phase: CatalogProgress['phase']): void {
		this.#phase = phase;
		this.#changed.fire();
	}
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
