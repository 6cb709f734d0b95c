import { hasCode } from './errors';
import type { VaultEvent } from './model';
import { unseenPages } from './pages';
import { doubtUnlisted, isRefusal, lookUpUnplaced, scan, type CatalogWork } from './scan';

const pageSize = 100;
const day = 24 * 60 * 60_000;
/** An event, or a row of a list, may come so much later than a change that was made before it, in ms. */
const lag = 2000;
/** Vaults keep events for a while: who has not asked for longer than this, in ms, needs a list. */
const eventsKept = 25 * day;
const kinds: readonly VaultEvent['kind'][] = ['created', 'updated', 'deleted', 'organization', 'organizationDeleted'];

/**
 * Brings a complete catalog up to date: from events, in one request where nothing happened; where they are refused, with
 * a list of what changed, and once a day with a whole list, which finds what was deleted.
 * @throws VaultError, or the signal's reason
 */
export async function sync(work: CatalogWork): Promise<void> {
	const { state } = work;
	const now = Date.now();
	const isRefused = now - (state.refusedEventsAt ?? -Infinity) < day;
	if (!isRefused && (await follow(work))) return;
	const isListDue = now - (state.listedAt ?? 0) >= day || state.knownUntil === 0;
	if (isListDue) await scan(work, false);
	else await takeChanged(work);
}

/** Asks for what changed first, and then for everything, which finds what was deleted. @throws as `sync` */
export async function refresh(work: CatalogWork): Promise<void> {
	if (!(await takeChanged(work))) await scan(work, false);
}

/** What happened since the mark. False where the vault doesn't tell. */
async function follow(work: CatalogWork): Promise<boolean> {
	const { api, state, options, told } = work;
	const { mark } = state;
	const now = Date.now();
	if (mark && now - state.followedAt > eventsKept) return learnAnew(work);
	try {
		const pages = unseenPages(
			(after) => api.listEvents({ kinds, order: 'oldestFirst', limit: pageSize, after }, options),
			mark?.id,
		);
		for await (const { items } of pages) {
			options.signal?.throwIfAborted();
			const events = items.filter(({ id }) => id !== mark?.id);
			// A cursor that leads back to what is older tells nothing of what is new.
			if (mark && events.some(({ at }) => at < mark.at)) return refuse(work);
			for (const event of events) state.follow(event);
			told();
		}
	} catch (error) {
		if (!isRefusal(error)) throw error;
		// A cursor that is not known here any more is no refusal to tell.
		if (!mark || hasCode(error, 'forbidden', 'notFound')) return refuse(work);
		return learnAnew(work);
	}
	await takeMissing(work);
	state.followedAt = now;
	state.knownUntil = Math.max(state.knownUntil, (state.mark?.at.getTime() ?? 0) - lag);
	return true;
}

/** Lists everything, and begins with the newest event: what the mark stands for is not told any more. */
async function learnAnew(work: CatalogWork): Promise<true> {
	const now = Date.now();
	work.state.mark = undefined;
	await scan(work, true);
	work.state.followedAt = now;
	return true;
}

/** Finds the objects that events told of in the list: events know them by name only. */
async function takeMissing(work: CatalogWork): Promise<void> {
	const { state } = work;
	if (state.missing.size === 0) return;
	const times = [...state.missing].map((name) => state.told.get(name)?.at.getTime() ?? 0);
	await take(work, new Date(Math.min(...times) - lag), () => state.missing.size === 0);
	state.forgetMissing();
	await lookUpUnplaced(work);
}

/** Takes in what changed since it was last known. True where that was everything: a vault that ignores the time. */
async function takeChanged(work: CatalogWork): Promise<boolean> {
	const isEverything = await take(work, new Date(work.state.knownUntil - lag));
	await lookUpUnplaced(work);
	return isEverything;
}

/** Takes in what a list has that changed after `since`. Answers whether it was a list of everything. */
async function take({ api, state, options, told }: CatalogWork, since: Date, isEnough = () => false): Promise<boolean> {
	const askedAt = Date.now();
	const before = [...state.objects.all()];
	const listed = new Set<string>();
	let isEverything = false;
	let isFirst = true;
	const pages = unseenPages((after) => api.listObjects({ limit: pageSize, after, updatedAfter: since }, options));
	for await (const { items } of pages) {
		options.signal?.throwIfAborted();
		if (isFirst) state.noteStart(items);
		isFirst = false;
		for (const row of items) {
			listed.add(row.id);
			isEverything ||= row.updatedAt !== undefined && row.updatedAt <= since;
			state.takeRow(row, askedAt);
		}
		told();
		if (isEnough()) return false;
	}
	if (!isEverything) return false;
	doubtUnlisted(state, before, listed);
	state.listedAt = askedAt;
	return true;
}

function refuse({ state }: CatalogWork): false {
	state.refusedEventsAt = Date.now();
	return false;
}
