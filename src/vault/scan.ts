import type { CallOptions, VaultApi } from './api';
import type { CatalogState } from './catalogState';
import { hasCode, VaultError, type VaultErrorCode } from './errors';
import type { KnownObject, ObjectSummary, VaultEvent } from './model';
import { unseenPages } from './pages';

const pageSize = 100;
const concurrency = 5;
/** Events are read on as long as one request for them saves one look-up, on the average of so many pages. */
const judgedPages = 10;
/** What would meet every other look-up too. Other failures are those of one object. */
const stopping: readonly VaultErrorCode[] = ['unauthorized', 'forbidden', 'offline', 'unavailable', 'rateLimited'];

/** What the work of a catalog is done with. */
export interface CatalogWork {
	readonly api: VaultApi;
	readonly state: CatalogState;
	readonly options: CallOptions;
	/** Told after each step, so that it can be shown. */
	readonly told: () => void;
}

/**
 * Lists all objects, and finds the key contexts of those that are not known: from events where the vault tells them,
 * with a metadata call where it does not. Goes on where a first scan stopped. Known objects that are gone are forgotten.
 * @throws VaultError when a call fails that would fail again, or the signal's reason
 */
export async function scan(work: CatalogWork, withEvents: boolean): Promise<void> {
	const { state, options } = work;
	const half = new AbortController();
	const signal = AbortSignal.any([half.signal, ...(options.signal ? [options.signal] : [])]);
	const goesOn = state.listing?.after !== undefined;
	try {
		await new Scan({ ...work, options: { ...options, signal } }).run(withEvents);
	} catch (error) {
		// When the list fails, the events are of no use, and the other way round.
		half.abort(error);
		if (!goesOn || !hasCode(error, 'rejected', 'notFound')) throw error;
		// The cursor of another day is not known any more: from the start, then.
		state.listing = { after: undefined };
		await scan(work, withEvents);
	}
}

/** Looks up the objects that were listed and whose key context nobody told. @throws as `scan` */
export async function lookUpUnplaced(work: CatalogWork): Promise<void> {
	const looking = new Scan(work);
	looking.isListed = true;
	await looking.lookUp();
}

/** After a whole list: an object that moved in it while we paged through was not shown to us. Only a look-up tells. */
export function doubtUnlisted(state: CatalogState, before: readonly KnownObject[], listed: ReadonlySet<string>): void {
	for (const object of before) {
		const { id, name, updatedAt } = object;
		if (!listed.has(id) && state.objects.get(id) === object) state.unplaced.put({ id, name, updatedAt });
	}
}

/** True where the vault refuses to tell events, or knows no such cursor. */
export function isRefusal(error: unknown): boolean {
	return hasCode(error, 'forbidden', 'notFound', 'rejected', 'unexpected');
}

class Scan {
	isListed = false;
	readonly #underway = new Set<string>();
	#more = Promise.withResolvers<void>();

	constructor(private readonly work: CatalogWork) {}

	async run(withEvents: boolean): Promise<void> {
		const reading = withEvents ? this.#read() : Promise.resolve();
		await Promise.all([this.#list(), reading.then(() => this.lookUp())]);
	}

	/** Looks objects up, a few at a time, until all that is listed is looked up. */
	async lookUp(): Promise<void> {
		const worker = async () => {
			for (;;) {
				const row = this.#next();
				if (row) await this.#describe(row);
				else if (this.isListed) return;
				else await this.#more.promise;
			}
		};
		await Promise.all(Array.from({ length: concurrency }, worker));
	}

	async #list(): Promise<void> {
		const { api, state, options, told } = this.work;
		const askedAt = Date.now();
		const place = state.listing;
		const isWhole = place?.after === undefined;
		const before = isWhole ? [...state.objects.all()] : [];
		const listed = new Set<string>();
		const pages = unseenPages((after) => api.listObjects({ limit: pageSize, after }, options), place?.after);
		let isFirst = isWhole;
		for await (const { items, next } of pages) {
			options.signal?.throwIfAborted();
			if (isFirst) state.noteStart(items);
			isFirst = false;
			for (const row of items) {
				listed.add(row.id);
				state.takeRow(row, askedAt);
			}
			if (place) state.listing = { after: next };
			this.#continue();
			told();
		}
		doubtUnlisted(state, before, listed);
		if (isWhole) for (const id of [...state.unreadable.keys()]) if (!listed.has(id)) state.unreadable.delete(id);
		state.listing = undefined;
		state.listedAt = askedAt;
		this.isListed = true;
		this.#continue();
	}

	/** Reads key contexts from events, the newest first, as long as that pays. */
	async #read(): Promise<void> {
		const { api, state, options, told } = this.work;
		const gains: number[] = [];
		const kinds = ['created', 'updated'] as const;
		const pages = unseenPages(
			(after) => api.listEvents({ kinds, order: 'newestFirst', limit: pageSize, after }, options),
			state.reading?.after,
		);
		try {
			for await (const { items, next } of pages) {
				options.signal?.throwIfAborted();
				for (const { id, at } of items) if (!state.mark || at > state.mark.at) state.mark = { id, at };
				const isNews = (event: VaultEvent) =>
					(event.kind === 'created' || event.kind === 'updated') && state.takeContext(event);
				gains.push(items.filter(isNews).length);
				state.reading = { after: next };
				told();
				const judged = gains.slice(-judgedPages);
				const gain = judged.reduce((sum, one) => sum + one, 0);
				if (judged.length === judgedPages && gain < judgedPages) break;
				if (this.isListed && state.unplaced.size === 0) break;
			}
		} catch (error) {
			if (!isRefusal(error)) throw error;
			state.refusedEventsAt = Date.now();
		}
		state.reading = undefined;
	}

	#next(): ObjectSummary | undefined {
		for (const row of this.work.state.unplaced.all()) {
			if (this.#underway.has(row.id)) continue;
			this.#underway.add(row.id);
			return row;
		}
		return undefined;
	}

	async #describe(row: ObjectSummary): Promise<void> {
		const { api, state, options, told } = this.work;
		const { id } = row;
		const before = state.objects.get(id);
		try {
			const object = await api.describeObject(id, options);
			options.signal?.throwIfAborted();
			// What a call of our own brought meanwhile is newer than this answer.
			if (state.unplaced.has(id) && state.objects.get(id) === before) state.put(object);
			state.unplaced.delete(id);
		} catch (error) {
			if (!(error instanceof VaultError) || hasCode(error, ...stopping)) throw error;
			state.unplaced.delete(id);
			// Deleted between the list and this call.
			if (hasCode(error, 'notFound')) state.remove(id);
			else if (!state.objects.get(id)) state.unreadable.set(id, row);
		} finally {
			this.#underway.delete(id);
		}
		told();
	}

	/** Wakes those who wait for a page. */
	#continue(): void {
		this.#more.resolve();
		this.#more = Promise.withResolvers();
	}
}
