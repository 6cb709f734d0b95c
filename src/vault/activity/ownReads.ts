import type { ActivityEvent } from './activityEvent';
import { slackMs } from './stretch';

/** A call of this window's that reads an object's value. Times are by this machine's clock. */
export interface OwnRead {
	readonly sentAt: Date;
	/** When it was over, with the value where `isAnswered`. */
	readonly endedAt: Date;
	readonly isAnswered: boolean;
}

/**
 * The ids of the events that came at the time of our own calls: one for each call at most, the nearest in time. The vault
 * does not say which call an event is of, so this is no proof; a read through the dashboard is never one of them.
 */
export function ownReadEvents(events: readonly ActivityEvent[], calls: readonly OwnRead[]): ReadonlySet<string> {
	const reads = events.filter(({ kind, by }) => kind === 'read' && by.source !== 'dashboard');
	const pairs = calls.flatMap((call) =>
		reads
			.map((event) => ({ call, event, distance: distance(event.at, call) }))
			.filter((pair) => pair.distance <= slackMs),
	);
	const matched = new Set<string>();
	const used = new Set<OwnRead>();
	for (const { call, event } of pairs.sort((a, b) => a.distance - b.distance)) {
		if (used.has(call) || matched.has(event.id)) continue;
		used.add(call);
		matched.add(event.id);
	}
	return matched;
}

/** How far a moment is from a call, in ms: 0 while it ran. */
function distance(at: Date, { sentAt, endedAt }: OwnRead): number {
	return Math.max(0, sentAt.getTime() - at.getTime(), at.getTime() - endedAt.getTime());
}
