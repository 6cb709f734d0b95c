import type { CallOptions, VaultApi } from '../api';
import { beforeAll } from './known/eventProgress';
import type { CatalogState } from './state';
import { generalCodes, hasCode, VaultError } from '../errors';
import type { KnownObject, ObjectSummary, VaultEvent } from '../model';
import type { OrganizationList } from './organizations';
import { unseenPages } from '../pages';

const pageSize = 100;
const concurrency = 5;
/** Events are read on as long as one request for them saves one look-up, on the average of so many pages. */
const judgedPages = 10;
/** What a catalog learns from. */
export const learntKinds: readonly VaultEvent['kind'][] = [
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
	/** Called after each step, so that it can be shown. */
	readonly notify: () => void;
}

/**
 * Sets the mark from which events are read, and applies what the newest of them tell. Everything has to be listed
 * after it: what others change in between would be in neither. False where the vault doesn't tell.
 * @throws VaultError, or the signal's reason
 */
export async function beginWithEvents({ api, state, options, notify }: CatalogWork): Promise<boolean> {
	try {
		const page = { kinds: learntKinds, order: 'newestFirst', limit: pageSize } as const;
		const { items, next } = await api.listEvents(page, options);
		options.signal?.throwIfAborted();
		const [newest, behind] = items;
		state.begin(newest ? { id: newest.id, at: newest.at, behind: behind?.id } : beforeAll, next);
		applyOlderEvents(state, items);
		notify();
		return true;
	} catch (error) {
		if (options.signal?.aborted || !isRefusal(error)) throw error;
		if (hasCode(error, 'forbidden', 'notFound')) state.events.noteRefused();
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
	const goesOn = state.listing.cursor?.after !== undefined;
	try {
		await new Scan({ ...work, options: { ...options, signal } }).run();
		state.announcements.forgetUnneeded();
	} catch (error) {
		// When the list fails, the events are of no use, and the other way round.
		half.abort(error);
		if (!goesOn || !hasCode(error, 'rejected', 'notFound')) throw error;
		// The cursor of another day is not known any more: from the start, then.
		state.listing.restart();
		await scan(work);
	}
}

/** Looks up the objects that were listed and whose key context nobody told, and those in doubt. @throws as `scan` */
export async function lookUp(work: CatalogWork): Promise<void> {
	const lookUps = new Scan(work);
	lookUps.isListed = true;
	await lookUps.lookUp();
}

/** After a whole list: an object that moved in it while we paged through was not shown to us. Only a look-up tells. */
export function doubtUnlisted(state: CatalogState, before: readonly KnownObject[], listed: ReadonlySet<string>): void {
	for (const object of before) {
		if (!listed.has(object.id) && state.known.objects.get(object.id) === object) state.known.doubt(object);
	}
}

/** True where the vault refuses to tell events, or knows no such cursor. */
export function isRefusal(error: unknown): boolean {
	return hasCode(error, 'forbidden', 'notFound', 'rejected', 'unexpected');
}

/** Applies the key contexts that events tell, from the newest on. Returns how many were news. */
function applyOlderEvents(state: CatalogState, events: readonly VaultEvent[]): number {
	const isNews = (event: VaultEvent) =>
		(event.kind === 'created' || event.kind === 'updated') && state.applyOlderEvent(event);
	return events.filter(isNews).length;
}

class Scan {
	isListed = false;
	readonly #underway = new Set<string>();
	#more = Promise.withResolvers<void>();

	constructor(private readonly work: CatalogWork) {}

	async run(): Promise<void> {
		await Promise.all([this.#list(), this.#readOlderEvents().then(() => this.lookUp())]);
	}

	/** Looks objects up, a few at a time, until all that is listed is looked up. */
	async lookUp(): Promise<void> {
		const worker = async () => {
			for (;;) {
				const row = this.#next();
				if (row) await this.#lookUpOne(row);
				else if (this.isListed) return;
				else await this.#more.promise;
			}
		};
		await Promise.all(Array.from({ length: concurrency }, worker));
	}

	async #list(): Promise<void> {
		const { api, state, options, notify } = this.work;
		const askedAt = Date.now();
		const begun = state.listing.cursor;
		const isWhole = begun?.after === undefined;
		const before = isWhole ? [...state.known.objects.all()] : [];
		const listed = new Set<string>();
		const pages = unseenPages((after) => api.listObjects({ limit: pageSize, after }, options), begun?.after);
		let knownUntil: number | undefined;
		for await (const { items, next } of pages) {
			options.signal?.throwIfAborted();
			if (isWhole) knownUntil ??= state.listing.knownAfter(items);
			for (const row of items) {
				listed.add(row.id);
				state.applyRow(row);
			}
			if (begun) state.listing.reach(next);
			this.#continue();
			notify();
		}
		doubtUnlisted(state, before, listed);
		if (isWhole) state.known.forgetUnreadable(listed);
		state.endListing(askedAt);
		state.listing.setKnownUntil(knownUntil);
		this.isListed = true;
		this.#continue();
	}

	/** Reads key contexts from events, the newest first, as long as that pays. */
	async #readOlderEvents(): Promise<void> {
		const { api, state, options, notify } = this.work;
		if (!state.events.olderEvents) return;
		const gains: number[] = [];
		const kinds = ['created', 'updated'] as const;
		const pages = unseenPages(
			(after) => api.listEvents({ kinds, order: 'newestFirst', limit: pageSize, after }, options),
			state.events.olderEvents.after,
		);
		try {
			for await (const { items, next } of pages) {
				options.signal?.throwIfAborted();
				gains.push(applyOlderEvents(state, items));
				state.events.reachOlder(next);
				notify();
				const judged = gains.slice(-judgedPages);
				const gain = judged.reduce((sum, one) => sum + one, 0);
				if (judged.length === judgedPages && gain < judgedPages) break;
				if (this.isListed && state.known.pending.withoutContext.size === 0) break;
			}
		} catch (error) {
			// What they don't tell is looked up.
			if (options.signal?.aborted || !isRefusal(error)) throw error;
		}
		state.events.endOlder();
	}

	#next(): ObjectSummary | undefined {
		for (const row of this.work.state.known.pending.waiting()) {
			if (this.#underway.has(row.id)) continue;
			this.#underway.add(row.id);
			return row;
		}
		return undefined;
	}

	async #lookUpOne(row: ObjectSummary): Promise<void> {
		const { api, state, options, notify } = this.work;
		const { id } = row;
		const { objects, pending } = state.known;
		const before = objects.get(id);
		try {
			const object = await api.describeObject(id, options);
			options.signal?.throwIfAborted();
			// What a call of our own brought meanwhile is newer than this answer.
			if (pending.isWaiting(id) && objects.get(id) === before) state.applyLookedUp(object);
		} catch (error) {
			if (!(error instanceof VaultError) || hasCode(error, ...generalCodes)) throw error;
			// Deleted between the list and this call.
			if (hasCode(error, 'notFound')) state.applyNotFound(row);
			// One that is known stays in doubt: the next time, it is looked up again.
			else if (objects.get(id)) return notify();
			else if (pending.isWaiting(id)) state.known.addUnreadable(row);
		}
		this.#underway.delete(id);
		notify();
	}

	/** Wakes those who wait for a page. */
	#continue(): void {
		this.#more.resolve();
		this.#more = Promise.withResolvers();
	}
}
