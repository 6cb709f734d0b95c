import type { CallOptions, VaultApi } from '../api';
import { forgetTold } from './soughtNames';
import { beforeAll, type CatalogState } from './state';
import { generalCodes, hasCode, VaultError } from '../errors';
import type { KnownObject, ObjectSummary, VaultEvent } from '../model';
import type { OrganizationList } from './organizations';
import { unseenPages } from '../pages';

const pageSize = 100;
const concurrency = 5;
/** Events are read on as long as one request for them saves one look-up, on the average of so many pages. */
const judgedPages = 10;
/** What a catalog follows. */
export const followed: readonly VaultEvent['kind'][] = [
	'created',
	'updated',
	'deleted',
	'organization',
	'organizationDeleted',
];

/** What the work of a catalog is done with. */
export interface CatalogWork {
	readonly api: VaultApi;
	readonly state: CatalogState;
	readonly organizations: OrganizationList;
	readonly options: CallOptions;
	/** Told after each step, so that it can be shown. */
	readonly told: () => void;
}

/**
 * Sets the mark from which events are followed, and takes in what the newest of them tell. Everything has to be listed
 * after it: what others change in between would be in neither. False where the vault doesn't tell.
 * @throws VaultError, or the signal's reason
 */
export async function beginToFollow({ api, state, options, told }: CatalogWork): Promise<boolean> {
	try {
		const page = { kinds: followed, order: 'newestFirst', limit: pageSize } as const;
		const { items, next } = await api.listEvents(page, options);
		options.signal?.throwIfAborted();
		const [newest, behind] = items;
		state.begin(newest ? { id: newest.id, at: newest.at, behind: behind?.id } : beforeAll, next);
		// Those that were listed before the mark may have changed until it.
		state.areOrganizationsStale = state.organizations !== undefined;
		countNews(state, items);
		told();
		return true;
	} catch (error) {
		if (options.signal?.aborted || !isRefusal(error)) throw error;
		if (hasCode(error, 'forbidden', 'notFound')) state.refusedEventsAt = Date.now();
		return false;
	}
}

/**
 * Lists all objects, and finds the key contexts of those that are not known: from events where the vault tells them,
 * with a metadata call where it does not. Goes on where a first scan stopped. Known objects that are gone are forgotten.
 * @throws VaultError when a call fails that would fail again, or the signal's reason
 */
export async function scan(work: CatalogWork): Promise<void> {
	const { state, options } = work;
	const half = new AbortController();
	const signal = AbortSignal.any([half.signal, ...(options.signal ? [options.signal] : [])]);
	const goesOn = state.listing?.after !== undefined;
	try {
		await new Scan({ ...work, options: { ...options, signal } }).run();
		forgetTold(state);
	} catch (error) {
		// When the list fails, the events are of no use, and the other way round.
		half.abort(error);
		if (!goesOn || !hasCode(error, 'rejected', 'notFound')) throw error;
		// The cursor of another day is not known any more: from the start, then.
		state.listing = { after: undefined };
		await scan(work);
	}
}

/** Looks up the objects that were listed and whose key context nobody told, and those in doubt. @throws as `scan` */
export async function lookUp(work: CatalogWork): Promise<void> {
	const looking = new Scan(work);
	looking.isListed = true;
	await looking.lookUp();
}

/** After a whole list: an object that moved in it while we paged through was not shown to us. Only a look-up tells. */
export function doubtUnlisted(state: CatalogState, before: readonly KnownObject[], listed: ReadonlySet<string>): void {
	for (const object of before) {
		if (!listed.has(object.id) && state.objects.get(object.id) === object) state.doubt(object);
	}
}

/** True where the vault refuses to tell events, or knows no such cursor. */
export function isRefusal(error: unknown): boolean {
	return hasCode(error, 'forbidden', 'notFound', 'rejected', 'unexpected');
}

/** Takes in the key contexts that events tell, from the newest on. Returns how many were news. */
function countNews(state: CatalogState, events: readonly VaultEvent[]): number {
	const isNews = (event: VaultEvent) =>
		(event.kind === 'created' || event.kind === 'updated') && state.takeContext(event);
	return events.filter(isNews).length;
}

class Scan {
	isListed = false;
	readonly #underway = new Set<string>();
	#more = Promise.withResolvers<void>();

	constructor(private readonly work: CatalogWork) {}

	async run(): Promise<void> {
		await Promise.all([this.#list(), this.#read().then(() => this.lookUp())]);
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
		let knownUntil: number | undefined;
		for await (const { items, next } of pages) {
			options.signal?.throwIfAborted();
			if (isWhole) knownUntil ??= state.knownAfter(items);
			for (const row of items) {
				listed.add(row.id);
				state.takeRow(row);
			}
			if (place) state.listing = { after: next };
			this.#continue();
			told();
		}
		doubtUnlisted(state, before, listed);
		if (isWhole) for (const id of [...state.unreadable.keys()]) if (!listed.has(id)) state.unreadable.delete(id);
		state.endListing(askedAt);
		state.knownUntil = knownUntil ?? state.knownUntil;
		this.isListed = true;
		this.#continue();
	}

	/** Reads key contexts from events, the newest first, as long as that pays. */
	async #read(): Promise<void> {
		const { api, state, options, told } = this.work;
		if (!state.reading) return;
		const gains: number[] = [];
		const kinds = ['created', 'updated'] as const;
		const pages = unseenPages(
			(after) => api.listEvents({ kinds, order: 'newestFirst', limit: pageSize, after }, options),
			state.reading.after,
		);
		try {
			for await (const { items, next } of pages) {
				options.signal?.throwIfAborted();
				gains.push(countNews(state, items));
				state.reading = { after: next };
				told();
				const judged = gains.slice(-judgedPages);
				const gain = judged.reduce((sum, one) => sum + one, 0);
				if (judged.length === judgedPages && gain < judgedPages) break;
				if (this.isListed && state.unplaced.size === 0) break;
			}
		} catch (error) {
			// What they don't tell is looked up.
			if (options.signal?.aborted || !isRefusal(error)) throw error;
		}
		state.reading = undefined;
	}

	#next(): ObjectSummary | undefined {
		const { unplaced, doubted } = this.work.state;
		for (const rows of [unplaced.all(), doubted.values()]) {
			for (const row of rows) {
				if (this.#underway.has(row.id)) continue;
				this.#underway.add(row.id);
				return row;
			}
		}
		return undefined;
	}

	async #describe(row: ObjectSummary): Promise<void> {
		const { api, state, options, told } = this.work;
		const { id } = row;
		const before = state.objects.get(id);
		const isWaiting = () => state.unplaced.has(id) || state.doubted.has(id);
		try {
			const object = await api.describeObject(id, options);
			options.signal?.throwIfAborted();
			// What a call of our own brought meanwhile is newer than this answer.
			if (isWaiting() && state.objects.get(id) === before) state.takeLookedUp(object);
		} catch (error) {
			if (!(error instanceof VaultError) || hasCode(error, ...generalCodes)) throw error;
			// Deleted between the list and this call.
			if (hasCode(error, 'notFound')) state.removeLookedUp(row);
			// One that is known stays in doubt: the next time, it is looked up again.
			else if (state.objects.get(id)) return told();
			else if (isWaiting()) state.takeUnreadable(row);
		}
		this.#underway.delete(id);
		told();
	}

	/** Wakes those who wait for a page. */
	#continue(): void {
		this.#more.resolve();
		this.#more = Promise.withResolvers();
	}
}
