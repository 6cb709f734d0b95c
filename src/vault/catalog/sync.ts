import { followEvents } from './followEvents';
import { noteNotFound, soughtNames } from './soughtNames';
import type { CatalogState, FollowMark } from './state';
import { hasCode } from '../errors';
import type { VaultEvent } from '../model';
import { unseenPages } from '../pages';
import { beginToFollow, doubtUnlisted, followed, isRefusal, lookUp, scan, type CatalogWork } from './scan';

const pageSize = 100;
const minute = 60_000;
const day = 24 * 60 * minute;
/** An event, or a row of a list, may come so much later than a change that was made before it, in ms. */
const lag = 2000;
/** Vaults keep events for a while: who has not asked for longer than this, in ms, needs a list. */
const eventsKept = 25 * day;

/**
 * Brings a complete catalog up to date: from events, in one request where nothing happened; where they are refused, with
 * a list of what changed, and once a day with a whole list, which finds what was deleted.
 * @throws VaultError, or the signal's reason
 */
export async function sync(work: CatalogWork): Promise<void> {
	const { state } = work;
	if (!areEventsRefused(state) && (await follow(work))) {
		state.followedAt = Date.now();
		// A list that was begun with the mark and did not end.
		if (state.listing) await scan(work);
		state.doubtUnproven();
		await settle(work);
	} else if (state.listing || isSince(state.listedAt, day) || state.knownUntil === 0) {
		state.areOrganizationsStale = true;
		await scan(work);
	} else await takeChanged(work);
	if (state.areOrganizationsStale) await work.organizations.renew();
}

/** Asks for what changed first, and then for everything, which finds what was deleted. @throws as `sync` */
export async function refresh(work: CatalogWork): Promise<void> {
	if (!(await takeChanged(work))) await scan(work);
}

/** True where the vault has refused to tell events, not long ago. */
export function areEventsRefused({ refusedEventsAt }: CatalogState): boolean {
	return !isSince(refusedEventsAt, day);
}

/** What happened since the marks. False where the vault doesn't tell. */
async function follow(work: CatalogWork): Promise<boolean> {
	const { state, options } = work;
	if (!state.marks || (state.followedAt > 0 && isSince(state.followedAt, eventsKept))) return learnAnew(work);
	/** The marks after which there was nothing left. */
	const ends = new Set<string>();
	try {
		for (;;) {
			const mark = state.marks.find(({ id }) => !ends.has(id));
			if (!mark) break;
			const end = await followFrom(work, mark);
			if (!end) return await distrust(work);
			ends.add(end.id);
			if (state.marks.every(({ id }) => ends.has(id))) state.marks = [end];
		}
	} catch (error) {
		if (options.signal?.aborted || !isRefusal(error)) throw error;
		if (!hasCode(error, 'forbidden')) return distrust(work);
		state.refusedEventsAt = Date.now();
		return false;
	}
	state.isDistrusted = false;
	return true;
}

/** Takes in what happened after a mark, and moves it. Returns where there was nothing left; undefined for a false lead. */
async function followFrom(
	{ api, state, options, told }: CatalogWork,
	from: FollowMark,
): Promise<FollowMark | undefined> {
	let mark = from;
	const pages = unseenPages(
		(after) => api.listEvents({ kinds: followed, order: 'oldestFirst', limit: pageSize, after }, options),
		from.id === '' ? undefined : from.id,
	);
	for await (const { items, next } of pages) {
		options.signal?.throwIfAborted();
		const events = items.filter(({ id }) => id !== mark.id);
		if (leadsBack(mark, events, next)) return undefined;
		followEvents(state, events);
		const [behind, newest] = [mark, ...events].slice(-2);
		if (behind && newest) {
			const moved = { id: newest.id, at: newest.at, behind: behind.id };
			const isMet = ({ id }: FollowMark) => id === mark.id || events.some((event) => event.id === id);
			state.marks = [moved, ...(state.marks ?? []).filter((one) => !isMet(one))];
			mark = moved;
		}
		told();
	}
	return mark;
}

/** True where a cursor leads to what came before it, or leads nowhere: the vault has another order, or takes none. */
function leadsBack({ id, at, behind }: FollowMark, events: readonly VaultEvent[], next: string | undefined): boolean {
	if (id === '') return false;
	if (events.some((event) => event.id === behind)) return true;
	return next !== undefined && events.every((event) => at.getTime() - event.at.getTime() > minute);
}

/** A cursor was of no use. It may have been too old: then a new one is. If that isn't either, none is. */
async function distrust(work: CatalogWork): Promise<boolean> {
	const { state } = work;
	if (state.isDistrusted) state.refusedEventsAt = Date.now();
	else if (await learnAnew(work)) return (state.isDistrusted = true);
	return (state.isDistrusted = false);
}

/** Lists everything, and begins with the newest event: what the marks stand for is not told any more. */
async function learnAnew(work: CatalogWork): Promise<boolean> {
	if (!(await beginToFollow(work))) return false;
	await scan(work);
	return true;
}

/** Finds the objects that events told of by name, and looks up those in doubt. */
async function settle(work: CatalogWork): Promise<void> {
	const { state } = work;
	do {
		const sought = soughtNames(state);
		if (sought.length > 0) {
			const times = sought.map((name) => state.told.get(name)?.at.getTime() ?? 0);
			await take(work, new Date(Math.min(...times) - lag), () => soughtNames(state).length === 0);
			noteNotFound(state);
		}
		await lookUp(work);
	} while ([...state.missing.values()].includes(0));
}

/** Takes in what changed since it was last known. True where that was everything: a vault that ignores the time. */
async function takeChanged(work: CatalogWork): Promise<boolean> {
	const isEverything = await take(work, new Date(work.state.knownUntil - lag));
	await lookUp(work);
	return isEverything;
}

/** Takes in what a list has that changed after `since`. Answers whether it was a list of everything. */
async function take({ api, state, options, told }: CatalogWork, since: Date, isEnough = () => false): Promise<boolean> {
	const askedAt = Date.now();
	const before = [...state.objects.all()];
	const listed = new Set<string>();
	let isEverything = false;
	let knownUntil: number | undefined;
	const pages = unseenPages((after) => api.listObjects({ limit: pageSize, after, updatedAfter: since }, options));
	for await (const { items } of pages) {
		options.signal?.throwIfAborted();
		knownUntil ??= state.knownAfter(items);
		for (const row of items) {
			listed.add(row.id);
			isEverything ||= row.updatedAt !== undefined && row.updatedAt <= since;
			state.takeRow(row);
		}
		told();
		if (isEnough()) return false;
	}
	state.knownUntil = knownUntil ?? state.knownUntil;
	if (!isEverything) return false;
	doubtUnlisted(state, before, listed);
	state.listedAt = askedAt;
	return true;
}

/** True where it was longer ago than this, or never; also where the clock says that it is still to come. */
function isSince(at: number | undefined, ms: number): boolean {
	return at === undefined || Math.abs(Date.now() - at) >= ms;
}
