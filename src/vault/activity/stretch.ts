import type { ActivityRequest } from '../api';
import type { ActivityEvent } from './activityEvent';

/** The times of one thing in two answers of a vault may differ by so much, in ms. */
export const slackMs = 2000;

/** While one looks, a vault may let go of so much of what it told, in ms. */
const driftMs = 60_000;

/** What is known of the vault and the object, by which one judges how far events were looked through. */
export interface Known {
	/** A time since when the object was there at the earliest, in ms. */
	readonly bornAt: number | undefined;
	/**
	 * How old an event was, in ms, that the vault told: so long it keeps them. Vaults let go of events after a while, reads
	 * and changes alike, so the end of a list says nothing of the time before that.
	 */
	readonly keptMs: number;
}

/** A stretch of time of which the vault told every event of a kind. Times are in ms. */
export interface Stretch {
	/** The oldest event told, or `until` while none was. */
	from: number;
	/** The newest event told, or the bound that was asked for. */
	until: number;
	/** When it was asked for, where that was without a bound: for the newest events. */
	askedAt: number | undefined;
	/** What to ask for what is before `from`; undefined where the vault gives no more. */
	next: Partial<ActivityRequest> | undefined;
	/** When the vault said that there are no older ones. */
	endedAt: number | undefined;
	/** The ids of what was told, of the whole environment, and of the object's organization alone. */
	ofEnvironment: ReadonlySet<string>;
	ofOrganization: ReadonlySet<string>;
}

/** A stretch of which nothing was told yet: before `until`, or of the newest events. */
export function newStretch(until: number | undefined, now: number): Stretch {
	const isNewest = until === undefined;
	return {
		from: until ?? Infinity,
		until: until ?? -Infinity,
		askedAt: isNewest ? now : undefined,
		next: isNewest ? {} : { until: new Date(until) },
		endedAt: undefined,
		ofEnvironment: new Set(),
		ofOrganization: new Set(),
	};
}

/** True while nothing was told of it. */
export function isEmpty({ ofEnvironment, ofOrganization }: Stretch): boolean {
	return ofEnvironment.size + ofOrganization.size === 0;
}

/** Since when every event was told. */
export function startOfStretch({ from, endedAt }: Stretch, { keptMs }: Known): number {
	return endedAt === undefined ? from : Math.min(from, endedAt - keptMs);
}

/** Until when every event was told. */
export function endOfStretch({ until, askedAt }: Stretch): number {
	return Math.max(until, askedAt ?? -Infinity);
}

/** True where it goes back to when the object was created. */
export function isSinceCreation(stretch: Stretch, known: Known): boolean {
	const { bornAt = -Infinity } = known;
	return startOfStretch(stretch, known) <= bornAt + (stretch.endedAt === undefined ? 0 : driftMs);
}

/** True where it may go on, and there may be events of the object before it. */
export function isOpen(stretch: Stretch, known: Known): boolean {
	return stretch.next !== undefined && !isSinceCreation(stretch, known);
}

/** True where two stretches have a time in common, or one of the events that one was just told. */
export function meet(a: Stretch, b: Stretch, known: Known, events: readonly ActivityEvent[]): boolean {
	if (events.some(({ id }) => b.ofEnvironment.has(id) || b.ofOrganization.has(id))) return true;
	return startOfStretch(a, known) < b.until && startOfStretch(b, known) < a.until;
}

/** Makes one stretch of two that meet: `a` becomes both. */
export function join(a: Stretch, b: Stretch, known: Known): void {
	if (startOfStretch(b, known) < startOfStretch(a, known)) Object.assign(a, { next: b.next, endedAt: b.endedAt });
	a.from = Math.min(a.from, b.from);
	a.until = Math.max(a.until, b.until);
	if (b.askedAt !== undefined) a.askedAt = Math.max(b.askedAt, a.askedAt ?? -Infinity);
	a.ofEnvironment = new Set([...a.ofEnvironment, ...b.ofEnvironment]);
	a.ofOrganization = new Set([...a.ofOrganization, ...b.ofOrganization]);
}
