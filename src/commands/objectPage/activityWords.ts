import type { ActivityEvent, ActivityKind } from '../../vault/activity/activityEvent';
import type { ActivityDay, DayCount } from '../../vault/activity/dayCounts';
import { dayOf, type Day } from '../../vault/activity/days';
import type { ObjectActivity } from '../../vault/activity/objectActivity';
import type { Reach, Trail } from '../../vault/activity/trail';
import { age } from '../prompts/age';

/** Who reads the words, and when. */
export interface Reader {
	readonly timeZone: string;
	/** In ms. */
	readonly now: number;
}

/** A row of the list of what was done with an object. */
export interface EventWords {
	readonly what: string;
	/** Who did it, as the vault names them; undefined where it does not. */
	readonly by: string | undefined;
	readonly through: string;
	readonly age: string;
	/** The time, with its zone. */
	readonly time: string;
	/** Said of an event that may be of a read of this window's own. */
	readonly note: string | undefined;
}

/** A row of the table of days. */
export interface DayWords {
	readonly day: string;
	readonly reads: string;
	readonly changes: string;
}

interface Nouns {
	readonly one: string;
	readonly many: string;
	/** What somebody did with an object, where nobody knows whether. */
	readonly did: string;
}

const ofReads: Nouns = { one: 'read', many: 'reads', did: 'read' };
const ofChanges: Nouns = { one: 'change', many: 'changes', did: 'changed' };
const verbs: Readonly<Record<ActivityKind, string>> = {
	created: 'Created',
	updated: 'Changed',
	deleted: 'Deleted',
	read: 'Read',
};

/** The words for one event. That a read is one's own is told by its time alone, and said so. */
export function wordsOfEvent({ kind, by, at }: ActivityEvent, isAtOwnRead: boolean, reader: Reader): EventWords {
	const what = verbs[kind];
	const actor = by.name === '' ? undefined : by.name;
	const through = { api: 'through the API', dashboard: 'in the dashboard', unknown: 'the vault does not say how' };
	return {
		what,
		by: actor,
		through: through[by.source ?? 'unknown'],
		age: age(at, new Date(reader.now)),
		time: timeOf(at.getTime(), reader),
		note: isAtOwnRead ? 'at the time of a read from this window' : undefined,
	};
}

/** How far the events were looked through, and what follows from that: a sentence or two for each kind. */
export function wordsOfReach(activity: ObjectActivity, reader: Reader): readonly string[] {
	if (activity.refusal) {
		const why =
			activity.refusal === 'forbidden'
				? 'The vault does not let this API key read its events'
				: 'This vault tells no events';
		return [`${why}, so who read or changed this object is not known here.`];
	}
	return [
		wordsOfTrail(activity, activity.reads, ofReads, reader),
		wordsOfTrail(activity, activity.changes, ofChanges, reader),
	];
}

/** The words for a day of the table. */
export function wordsOfDay({ day, reads, changes }: ActivityDay): DayWords {
	const name = nameOf(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
	return {
		day: name,
		reads: wordsOfCount(reads),
		changes: wordsOfCount(changes),
	};
}

/** A sentence on the last read of an object that is known: there may be later ones. */
export function wordsOfLastRead(at: Date, now = new Date()): string {
	const ago = age(at, now);
	return `The last read of it that is known here was ${ago === 'now' ? 'just now' : ago}.`;
}

function wordsOfTrail(activity: ObjectActivity, trail: Trail, nouns: Nouns, reader: Reader): string {
	const [first, ...others] = trail.reaches;
	if (!first) return `${capital(nouns.many)} were not asked for yet: “Look Further Back” asks for them.`;
	const sentences = [wordsOfFirst(first, countIn(activity, trail, first), nouns, reader)];
	for (const reach of others) {
		const count = countIn(activity, trail, reach);
		sentences.push(
			`Then ${count} among ${wordsOfStretch(reach, nouns, reader)}; what is in between was not looked at.`,
		);
	}
	if (trail.isFilterProven === false && first.end !== 'creation') {
		sentences.push(
			`Asked for the ${nouns.many} of its organization alone, the vault named none of this object’s. That says nothing: an event need not name an organization.`,
		);
	}
	return sentences.join(' ');
}

function wordsOfFirst(reach: Reach, count: number, nouns: Nouns, reader: Reader): string {
	const { many, did } = nouns;
	const unknown = `Whether somebody ${did} this object`;
	if (reach.back === undefined) {
		if (reach.end === 'creation') return `No ${nouns.one} of this object since it was created.`;
		const where = reach.isNewest ? 'in this environment' : `before ${momentOf(reach.until, reader)}`;
		return `The vault tells of no ${many} ${where}. ${unknown} is not known.`;
	}
	const found = `${count === 0 ? `No ${nouns.one}` : plural(count, nouns)} of this object among ${wordsOfStretch(reach, nouns, reader)}.`;
	if (reach.end === 'vault') return `${found} The vault tells of no earlier ones. ${unknown} before that is not known.`;
	return count === 0 && reach.end === undefined ? `${found} ${unknown} before that is not known.` : found;
}

/** Such as: the last 500 reads of this environment, back to 12 November. */
function wordsOfStretch(reach: Reach, nouns: Nouns, reader: Reader): string {
	const { ofEnvironment, ofOrganization, back, until, isNewest, end } = reach;
	const counts = [
		...(ofEnvironment > 0 ? [`${among(ofEnvironment, nouns, isNewest)} of this environment`] : []),
		...(ofOrganization > 0 ? [`${among(ofOrganization, nouns, isNewest)} of its organization`] : []),
	];
	const what = counts.length === 0 ? `no ${nouns.many}` : counts.join(' and ');
	const to = end === 'creation' ? 'when it was created' : momentOf(back ?? until, reader);
	if (isNewest) return `${what}, back to ${to}`;
	// A day ends where the next one begins.
	const from = momentOf(until - 1, reader);
	return from === to ? `${what} on ${to}` : `${what} from ${from} back to ${to}`;
}

function among(count: number, nouns: Nouns, isNewest: boolean): string {
	if (count === 1) return `the one ${nouns.one}`;
	return `${isNewest ? 'the last ' : ''}${plural(count, nouns)}`;
}

/** How many of the object's own events are in what was looked through. */
function countIn(activity: ObjectActivity, trail: Trail, { back = Infinity, until }: Reach): number {
	const named = new Set(trail.named.map(({ id }) => id));
	const isIn = (at: number) => at >= back && at <= until;
	return activity.own.filter(({ id, at }) => named.has(id) && isIn(at.getTime())).length;
}

function wordsOfCount({ count, coverage }: DayCount): string {
	if (coverage === 'whole') return String(count);
	if (count > 0) return `at least ${count}`;
	return coverage === 'part' ? 'none found, looked at in part' : 'not looked at';
}

function plural(count: number, { one, many }: Nouns): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A day, with the time where it is today, and with the year where it is another. */
function momentOf(at: number, { timeZone, now }: Reader): string {
	const [day, today] = [dayOf(at, timeZone), dayOf(now, timeZone)];
	if (day === today) return `today, ${format(at, { timeZone, hour: '2-digit', minute: '2-digit' })}`;
	const isThisYear = day.slice(0, 4) === today.slice(0, 4);
	return nameOf(day, { day: 'numeric', month: 'long', ...(!isThisYear && { year: 'numeric' }) });
}

/** A time in the reader's zone, which it names. */
export function timeOf(at: number, { timeZone }: Reader): string {
	return format(at, {
		...{ timeZone, day: 'numeric', month: 'long', year: 'numeric' },
		...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
	});
}

function nameOf(day: Day, options: Intl.DateTimeFormatOptions): string {
	return format(Date.parse(`${day}T00:00:00Z`), { ...options, timeZone: 'UTC' });
}

function format(at: number, options: Intl.DateTimeFormatOptions): string {
	return new Intl.DateTimeFormat('en-GB', options).format(at);
}
