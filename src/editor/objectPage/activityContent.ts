import { wordsOfDay, wordsOfEvent, wordsOfReach, type Reader } from '../../commands/objectPage/activityWords';
import type { ActivityContent } from '../../isolated/object/messages';
import { activityDays } from '../../vault/activity/dayCounts';
import { dayOf } from '../../vault/activity/days';
import type { ObjectActivity } from '../../vault/activity/objectActivity';
import { ownReadEvents, type OwnRead } from '../../vault/activity/ownReads';
import { describe } from '../errorMessages';
import { visible } from '../visibleText';

/** So many events are listed. */
const maxLines = 50;
/** So many days are counted, up to today. */
const shownDays = 28;

/** What the page says of who read and who changed its object. */
export function activityContentOf(
	activity: ObjectActivity,
	ownReads: readonly OwnRead[],
	failure: unknown,
	reader: Reader,
): ActivityContent {
	const { own, isAsking, hasMore, refusal } = activity;
	const ours = ownReadEvents(own, ownReads);
	const lines = own.slice(0, maxLines).map((event) => {
		const { what, by, through, age, time, note } = wordsOfEvent(event, ours.has(event.id), reader);
		return { kind: event.kind, what, by: visible(by ?? 'somebody'), through, age, time, note: note ?? '' };
	});
	const { timeZone, now } = reader;
	const days = activityDays(activity, { timeZone, now, last: dayOf(now, timeZone), count: shownDays });
	return {
		reach: wordsOfReach(activity, reader).map(visible),
		lines,
		left: own.length - lines.length,
		days: days.map((day) => {
			const words = wordsOfDay(day);
			return {
				day: words.day,
				reads: words.reads,
				changes: words.changes,
				readCount: day.reads.count,
				changeCount: day.changes.count,
			};
		}),
		isAsking,
		hasMore: hasMore && refusal === undefined,
		failure: failure === undefined ? '' : visible(describe(failure).sentence),
	};
}
