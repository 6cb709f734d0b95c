import { applyEvents } from './applyEvents';
import { isLongerAgo } from './changeTimes';
import type { EventMark } from './known/eventProgress';
import { hasCode } from '../errors';
import type { VaultEvent } from '../model';
import { unseenPages } from '../pages';
import { beginWithEvents, doubtUnlisted, learntKinds, isRefusal, lookUp, scan, type CatalogWork } from './scan';

const pageSize = 100;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** An event, or a row of a list, may come so much later than a change that was made before it. */
const lagMs = 2000;
/** Vaults keep events for a while: who has not asked for longer than this needs a list. */
const eventsKeptMs = 25 * dayMs;

/** Learns everything once; goes on where that stopped. @throws as `sync` */
export async function learnAll(work: CatalogWork): Promise<void> {
	const { state } = work;
	const { events, listing } = state;
	const startedAt = Date.now();
	const isNew = events.readAt === 0;
	const isLeftOver = state.isUnfinished;
	if (isLeftOver) {
		const isBegun = events.marks !== undefined || listing.cursor?.after !== undefined || events.isRefused;
		if (!isBegun) await beginWithEvents(work);
		await scan(work);
	}
	if (isNew) events.noteRead(startedAt);
	// What happened meanwhile.
	if (!isLeftOver || events.marks) await sync(work);
	// Nobody has looked yet: nothing is new to anybody.
	if (isNew) state.attention.forgetUnseen();
}

/**
 * Brings a complete catalog up to date: from events, in one request where nothing happened; where they are refused, with
 * a list of what changed, and once a day with a whole list, which finds what was deleted.
 * @throws VaultError, or the signal's reason
 */
export async function sync(work: CatalogWork): Promise<void> {
	const { state } = work;
	if (!state.events.isRefused && (await readEvents(work))) {
		state.events.noteRead(Date.now());
		// A list that was begun with the mark and did not end.
		if (state.listing.cursor) await scan(work);
		state.known.doubtUnproven();
		await settle(work);
	} else if (state.listing.cursor || isLongerAgo(state.listing.listedAt, dayMs) || state.listing.knownUntil === 0) {
		state.organizations.markStale();
		await scan(work);
	} else await listChanged(work);
	if (state.organizations.isStale) await work.organizations.renew();
}

/** Asks for what changed first, and then for everything, which finds what was deleted. @throws as `sync` */
export async function refresh(work: CatalogWork): Promise<void> {
	if (!(await listChanged(work))) await scan(work);
}

/** What happened since the marks. False where the vault doesn't tell. */
async function readEvents(work: CatalogWork): Promise<boolean> {
	const { state, options } = work;
	const { events } = state;
	if (!events.marks || (events.readAt > 0 && isLongerAgo(events.readAt, eventsKeptMs))) return learnAnew(work);
	/** The marks after which there was nothing left. */
	const ends = new Set<string>();
	try {
		for (;;) {
			const mark = events.marks.find(({ id }) => !ends.has(id));
			if (!mark) break;
			const end = await readEventsFrom(work, mark);
			if (!end) return await distrust(work);
			ends.add(end.id);
			if (events.marks.every(({ id }) => ends.has(id))) events.join(end);
		}
	} catch (error) {
		if (options.signal?.aborted || !isRefusal(error)) throw error;
		if (!hasCode(error, 'forbidden')) return distrust(work);
		events.noteRefused();
		return false;
	}
	events.trust();
	return true;
}

/** Applies what happened after a mark, and moves it. Returns where there was nothing left; undefined for a false lead. */
async function readEventsFrom(
	{ api, state, options, notify }: CatalogWork,
	from: EventMark,
): Promise<EventMark | undefined> {
	let mark = from;
	const pages = unseenPages(
		(after) => api.listEvents({ kinds: learntKinds, order: 'oldestFirst', limit: pageSize, after }, options),
		from.id === '' ? undefined : from.id,
	);
	for await (const { items, next } of pages) {
		options.signal?.throwIfAborted();
		const events = items.filter(({ id }) => id !== mark.id);
		if (leadsBack(mark, events, next)) return undefined;
		applyEvents(state, events);
		mark = state.events.advance(mark, events);
		notify();
	}
	return mark;
}

/** True where a cursor leads to what came before it, or leads nowhere: the vault has another order, or takes none. */
function leadsBack({ id, at, behind }: EventMark, events: readonly VaultEvent[], next: string | undefined): boolean {
	if (id === '') return false;
	if (events.some((event) => event.id === behind)) return true;
	return next !== undefined && events.every((event) => at.getTime() - event.at.getTime() > minuteMs);
}

/** A cursor was of no use. It may have been too old: then a new one is. If that isn't either, none is. */
async function distrust(work: CatalogWork): Promise<boolean> {
	const { events } = work.state;
	if (events.isDistrusted) events.noteRefused();
	else if (await learnAnew(work)) {
		events.distrust();
		return true;
	}
	events.trust();
	return false;
}

/** Lists everything, and begins with the newest event: what the marks stand for is not told any more. */
async function learnAnew(work: CatalogWork): Promise<boolean> {
	if (!(await beginWithEvents(work))) return false;
	await scan(work);
	return true;
}

/** Finds the objects that events told of by name, and looks up those in doubt. */
async function settle(work: CatalogWork): Promise<void> {
	const { known, announcements } = work.state;
	const soughtNames = () => announcements.sought(known.pending.withoutContext);
	do {
		const sought = soughtNames();
		if (sought.length > 0) {
			const times = sought.map((name) => announcements.get(name)?.at.getTime() ?? 0);
			await listSince(work, new Date(Math.min(...times) - lagMs), () => soughtNames().length === 0);
			announcements.noteNotFound(known.pending.withoutContext);
		}
		await lookUp(work);
	} while (announcements.hasUnsought);
}

/** Applies what changed since it was last known. Returns true where that was everything: a vault that ignores the time. */
async function listChanged(work: CatalogWork): Promise<boolean> {
	const isEverything = await listSince(work, new Date(work.state.listing.knownUntil - lagMs));
	await lookUp(work);
	return isEverything;
}

/** Applies what a list has that changed after `since`. Returns whether it was a list of everything. */
async function listSince(
	{ api, state, options, notify }: CatalogWork,
	since: Date,
	isEnough = () => false,
): Promise<boolean> {
	const askedAt = Date.now();
	const before = [...state.known.objects.all()];
	const listed = new Set<string>();
	let isEverything = false;
	let knownUntil: number | undefined;
	const pages = unseenPages((after) => api.listObjects({ limit: pageSize, after, updatedAfter: since }, options));
	for await (const { items } of pages) {
		options.signal?.throwIfAborted();
		knownUntil ??= state.listing.knownAfter(items);
		for (const row of items) {
			listed.add(row.id);
			isEverything ||= row.updatedAt !== undefined && row.updatedAt <= since;
			state.applyRow(row);
		}
		notify();
		if (isEnough()) return false;
	}
	state.listing.setKnownUntil(knownUntil);
	if (!isEverything) return false;
	doubtUnlisted(state, before, listed);
	state.listing.noteWhole(askedAt);
	return true;
}
