import type { ActivityEvent } from './activityEvent';
import { slackMs } from './stretch';

/**
 * The events of an object among those of its name, the newest first: another one may have had the name before, and have it
 * now where this one was deleted.
 * @param createdAt when the object was created; where that is not known, what is newest is the object's
 */
export function ownEvents(events: readonly ActivityEvent[], createdAt: Date | undefined): readonly ActivityEvent[] {
	const sorted = [...events].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
	const newest = createdAt ? withoutSuccessors(sorted, createdAt) : sorted;
	const created = newest.findIndex(({ kind }) => kind === 'created');
	// What came after a deletion is of another object than what came before it.
	const deleted = newest.findIndex(({ kind }, index) => kind === 'deleted' && index > 0);
	const ends = [created < 0 ? newest.length : created + 1, deleted < 0 ? newest.length : deleted];
	return newest.slice(0, Math.min(...ends));
}

/** What is not older than the object, up to its deletion. */
function withoutSuccessors(sorted: readonly ActivityEvent[], createdAt: Date): readonly ActivityEvent[] {
	const since = createdAt.getTime() - slackMs;
	const isBefore = sorted.findIndex(({ at }) => at.getTime() < since);
	const young = isBefore < 0 ? sorted : sorted.slice(0, isBefore);
	// The deletion of the one before it may be as young.
	const created = young.findLastIndex(
		({ kind, at }) => kind === 'created' && Math.abs(at.getTime() - createdAt.getTime()) <= slackMs,
	);
	const deleted = young.findLastIndex(
		({ kind, at }, index) => kind === 'deleted' && (created < 0 ? at.getTime() > createdAt.getTime() : index < created),
	);
	return deleted < 0 ? young : young.slice(deleted);
}
