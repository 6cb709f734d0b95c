import { dayAfter, dayOf, startOf, type Day } from './days';
import type { ObjectActivity } from './objectActivity';
import type { Coverage, Trail } from './trail';

/** How often something was done on a day, as far as it was looked at. */
export interface DayCount {
	readonly count: number;
	readonly coverage: Coverage;
}

/** What was done with an object on a day. */
export interface ActivityDay {
	readonly day: Day;
	readonly reads: DayCount;
	readonly changes: DayCount;
}

/**
 * Reads and changes a day, in a person's time zone: so many days up to `last`, the oldest first, those without any too. None
 * from before the object was created, and none that is still to come.
 */
export function activityDays(
	activity: ObjectActivity,
	{ timeZone, last, count, now }: { timeZone: string; last: Day; count: number; now: number },
): readonly ActivityDay[] {
	const bornAt = activity.bornAt ?? -Infinity;
	const today = dayOf(now, timeZone);
	const first = bornAt === -Infinity ? '' : dayOf(bornAt, timeZone);
	const days = Array.from({ length: count }, (_, index) => dayAfter(last, index + 1 - count));
	const counts = new Map<string, number>();
	for (const { at, kind } of activity.own) {
		const key = keyOf(dayOf(at.getTime(), timeZone), kind === 'read');
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	const countOf = (trail: Trail, day: Day, [start, end]: readonly [number, number]): DayCount => {
		// Of the day on which it was asked, there is no more to look at than was there by then.
		const until = Math.min(end, Math.max(start, trail.askedAt ?? Infinity));
		return { count: counts.get(keyOf(day, trail === activity.reads)) ?? 0, coverage: trail.coverageOf(start, until) };
	};
	return days
		.filter((day) => day >= first && day <= today)
		.map((day) => {
			const bounds = [Math.max(startOf(day, timeZone), bornAt), startOf(dayAfter(day), timeZone)] as const;
			const { reads, changes } = activity;
			return { day, reads: countOf(reads, day, bounds), changes: countOf(changes, day, bounds) };
		});
}

function keyOf(day: Day, isRead: boolean): string {
	return `${isRead ? 'read' : 'change'} ${day}`;
}
