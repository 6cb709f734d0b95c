import type { ActivityRequest } from '../api';
import { hasCode } from '../errors';
import type { Page } from '../model';
import type { ActivityEvent, ActivityKind } from './activityEvent';
import { dayMs } from './days';
import {
	endOfStretch,
	isEmpty,
	isOpen,
	isSinceCreation,
	join,
	type Known,
	meet,
	newStretch,
	slackMs,
	startOfStretch,
	type Stretch,
} from './stretch';

const pageSize = 100;

/** The object whose events are looked for, and what is known of it and of its vault. */
export interface Sought extends Known {
	readonly name: string;
	readonly organizationId: string | undefined;
	/** The events that are the object's, and not of another one that had its name. */
	readonly own: readonly ActivityEvent[];
	/** The vault told an event which was so old. */
	noteKept(ms: number): void;
}

/** How far events of a kind were looked through, without a gap. */
export interface Reach {
	/** How many events were told, of the whole environment, and of the object's organization alone. */
	readonly ofEnvironment: number;
	readonly ofOrganization: number;
	/** The time of the oldest of them, in ms; undefined where there is none. */
	readonly back: number | undefined;
	/** Up to when, in ms. */
	readonly until: number;
	/** True where it begins with the newest event. */
	readonly isNewest: boolean;
	/** Why there is nothing before it: the object is not older, or the vault tells no older events. */
	readonly end: 'creation' | 'vault' | undefined;
}

/** How much of a stretch of time was looked through. */
export type Coverage = 'whole' | 'part' | 'none';

/** A request that is due, and what it is for. */
export interface Step {
	readonly request: ActivityRequest;
	readonly stretch: Stretch;
	/** Of the organization filter: with an event of the object that has to come through it, or to see whether one does. */
	readonly trial: 'expecting' | 'hoping' | undefined;
	readonly askedAt: number;
}

/**
 * What the vault told of one kind of activity, and how far back. It tells events of the whole environment, among which the
 * object's are found by its name. Asks nobody itself: `next` says what to ask, `accept` takes the answer.
 *
 * The organization filter counts only once an event of the object came through it. Where none is known, it is tried once
 * in the hope of one; an answer without any says nothing, and is forgotten.
 */
export class Trail {
	/** The newest first; no two of them meet. */
	#stretches: Stretch[] = [];
	/** The one that is gone on with. */
	#current: Stretch | undefined;
	#filter: 'untried' | 'unproven' | 'proven' | 'useless' = 'untried';
	readonly #named = new Map<string, ActivityEvent>();

	constructor(
		private readonly kinds: readonly ActivityKind[],
		private readonly sought: Sought,
	) {}

	/** True once the vault answered. */
	get isAsked(): boolean {
		return this.#stretches.length > 0;
	}

	/** When the newest events were asked for the last time, in ms. */
	get askedAt(): number | undefined {
		const times = this.#stretches.flatMap(({ askedAt }) => askedAt ?? []);
		return times.length > 0 ? Math.max(...times) : undefined;
	}

	/** The events of the object's name that were told, its own and those of others that had it. */
	get named(): readonly ActivityEvent[] {
		return [...this.#named.values()];
	}

	/** Whether an event of the object came through the organization filter; undefined where nobody tried. */
	get isFilterProven(): boolean | undefined {
		return this.#filter === 'untried' ? undefined : this.#filter === 'proven';
	}

	/** How far it was looked, the newest first. */
	get reaches(): readonly Reach[] {
		return this.#stretches.map((stretch, index) => ({
			ofEnvironment: stretch.ofEnvironment.size,
			ofOrganization: stretch.ofOrganization.size,
			back: isEmpty(stretch) ? undefined : stretch.from,
			until: endOfStretch(stretch),
			isNewest: index === 0 && stretch.askedAt !== undefined,
			end: isSinceCreation(stretch, this.sought) ? 'creation' : stretch.next ? undefined : 'vault',
		}));
	}

	/** Since when everything was told at the place that is gone on with, in ms. */
	get back(): number {
		return this.#current ? startOfStretch(this.#current, this.sought) : Infinity;
	}

	/** True where there may be more to look through: the newest events, what is before them, or what is in a gap. */
	get hasMore(): boolean {
		return this.askedAt === undefined || this.#stretches.some((stretch) => isOpen(stretch, this.sought));
	}

	/** How much of the time between two moments was looked through. */
	coverageOf(start: number, end: number): Coverage {
		const meeting = this.#stretches.filter(
			(stretch) => startOfStretch(stretch, this.sought) < end && endOfStretch(stretch) > start,
		);
		const isWhole = (stretch: Stretch) => {
			const from = startOfStretch(stretch, this.sought);
			const isFromStart = from < start || (stretch.endedAt !== undefined && from === start);
			return (isFromStart || isSinceCreation(stretch, this.sought)) && endOfStretch(stretch) >= end;
		};
		return meeting.some(isWhole) ? 'whole' : meeting.length > 0 ? 'part' : 'none';
	}

	/** Goes on with what is before a moment from now on, or with the newest events. */
	goTo(until: number | undefined, now: number): void {
		const holds = (stretch: Stretch) =>
			until !== undefined && startOfStretch(stretch, this.sought) < until && endOfStretch(stretch) >= until;
		this.#current = this.#stretches.find(holds) ?? newStretch(until, now);
	}

	/** What to ask next; undefined where nothing is left at the place, nor anywhere if `mayMove`. */
	next(now: number, mayMove: boolean): Step | undefined {
		if (mayMove && this.#current && !isOpen(this.#current, this.sought)) {
			const newest = this.askedAt === undefined ? newStretch(undefined, now) : this.#current;
			this.#current = this.#stretches.find((one) => isOpen(one, this.sought)) ?? newest;
		}
		const stretch = (this.#current ??= newStretch(undefined, now));
		if (!isOpen(stretch, this.sought)) return undefined;
		const { bornAt, keptMs } = this.sought;
		// Not where the end of the list would not tell whether the object is no older or the vault keeps no older events.
		const since = bornAt !== undefined && now - bornAt < keptMs ? new Date(bornAt - slackMs) : undefined;
		const { trial, ...page } = this.#page(stretch);
		return { request: { kinds: this.kinds, limit: pageSize, since, ...page }, stretch, trial, askedAt: now };
	}

	/** Applies the answer to a step. */
	accept({ stretch, request, trial, askedAt }: Step, { items: all, next }: Page<ActivityEvent>): void {
		const { after, until, organizationId } = request;
		// A vault that takes a bound for nothing tells what nobody asked for: that says nothing of what is before the bound.
		const items = all.filter(({ at }) => until === undefined || at < until);
		// What is said to come after today is told first each time, whatever came since: it is no mark of what was told.
		const counted = items.filter(({ at }) => at.getTime() < askedAt + dayMs);
		const [newest, oldest] = [counted[0], counted.at(-1)];
		if (oldest) this.sought.noteKept(askedAt - oldest.at.getTime());
		for (const event of items) if (event.name === this.sought.name) this.#named.set(event.id, event);
		if (trial && !this.sought.own.some(({ id }) => items.some((event) => event.id === id))) {
			this.#filter = trial === 'expecting' ? 'useless' : 'unproven';
			return;
		}
		if (trial) this.#filter = 'proven';
		const seen = organizationId === undefined ? 'ofEnvironment' : 'ofOrganization';
		const ids = counted.map(({ id }) => id);
		// A vault whose cursors run in a circle gives no more.
		const isCircle = after !== undefined && ids.length > 0 && ids.every((id) => stretch[seen].has(id));
		stretch[seen] = new Set([...stretch[seen], ...ids]);
		if (newest) stretch.until = Math.max(stretch.until, newest.at.getTime());
		if (oldest) stretch.from = Math.min(stretch.from, oldest.at.getTime());
		stretch.next = next === undefined || isCircle ? undefined : { until, organizationId, after: next };
		if (next === undefined) stretch.endedAt = askedAt;
		this.#insert(stretch, counted);
	}

	/** A step failed. Returns true where that was for a filter or a cursor that the vault does not take: there is another way. */
	acceptFailure({ stretch, request, trial }: Step, error: unknown): boolean {
		const { after, organizationId } = request;
		const isOfFilter =
			organizationId !== undefined && hasCode(error, 'forbidden', 'notFound', 'rejected', 'unexpected');
		const isOfCursor = after !== undefined && hasCode(error, 'rejected');
		if (isOfFilter) this.#filter = 'useless';
		if (!trial && isOfCursor) stretch.next = beforeStretch(stretch);
		return isOfFilter || isOfCursor;
	}

	#page(stretch: Stretch): Partial<ActivityRequest> & Pick<Step, 'trial'> {
		const { organizationId } = this.sought;
		const next = stretch.next ?? {};
		const before = isEmpty(stretch) ? next : beforeStretch(stretch);
		const isFiltered = next.organizationId !== undefined;
		if (organizationId === undefined || this.#filter === 'useless') {
			const unfiltered = isEmpty(stretch) ? { ...next, organizationId: undefined } : before;
			return { ...(isFiltered ? unfiltered : next), trial: undefined };
		}
		if (this.#filter === 'proven') return { ...(isFiltered ? next : { ...before, organizationId }), trial: undefined };
		if (isEmpty(stretch)) return { ...next, trial: undefined };
		const known = this.#oldestOwn(stretch);
		if (known) return { until: new Date(known.at.getTime() + 1), organizationId, trial: 'expecting' };
		if (this.#filter === 'untried') return { ...before, organizationId, trial: 'hoping' };
		return { ...next, trial: undefined };
	}

	#oldestOwn(stretch: Stretch): ActivityEvent | undefined {
		const isIn = ({ id }: ActivityEvent) => stretch.ofEnvironment.has(id);
		return this.sought.own.filter(isIn).sort((a, b) => a.at.getTime() - b.at.getTime())[0];
	}

	#insert(stretch: Stretch, events: readonly ActivityEvent[]): void {
		const apart = this.#stretches.filter((other) => {
			const isJoined = other !== stretch && meet(stretch, other, this.sought, events);
			if (isJoined) join(stretch, other, this.sought);
			return other !== stretch && !isJoined;
		});
		// Clocks differ: what came after the newest event of an older answer may be before the time when that was asked for.
		if (stretch.askedAt !== undefined) for (const other of apart) other.askedAt = undefined;
		this.#stretches = [stretch, ...apart.filter((other) => endOfStretch(other) > -Infinity)];
		this.#stretches.sort((a, b) => endOfStretch(b) - endOfStretch(a));
	}
}

/** What to ask for what is before a stretch, without a cursor: its oldest moment may hold more than was told. */
function beforeStretch({ from }: Stretch): Partial<ActivityRequest> {
	return { until: new Date(from + 1) };
}
