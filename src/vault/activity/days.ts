/** A day in somebody's time zone, as `2026-11-12`. Days sort like their texts. */
export type Day = string;

/** By zone and day: found by dozens of conversions each. */
const starts = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();
/** Days begin at a quarter of an hour, everywhere. */
const quarterMs = 15 * 60_000;
/** No place on earth is further from UTC than this, in quarters of an hour. */
const mostOffset = 15 * 4;
export const dayMs = 24 * 60 * 60_000;

/** The day of a moment in a time zone, such as `Europe/Berlin`. */
export function dayOf(moment: number, timeZone: string): Day {
	let format = formats.get(timeZone);
	if (!format) {
		const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
		format = new Intl.DateTimeFormat('en-US', { ...parts, timeZone, calendar: 'gregory', numberingSystem: 'latn' });
		formats.set(timeZone, format);
	}
	const [month, day, year] = format.format(moment).split('/');
	return `${year}-${month}-${day}`;
}

/** When a day begins in a time zone, in ms: at its first moment, which is not midnight where clocks are changed then. */
export function startOf(day: Day, timeZone: string): number {
	const key = `${timeZone} ${day}`;
	const known = starts.get(key);
	if (known !== undefined) return known;
	const start = findStart(day, timeZone);
	starts.set(key, start);
	return start;
}

function findStart(day: Day, timeZone: string): number {
	const atUtc = Date.parse(`${day}T00:00:00Z`);
	let [before, from] = [-mostOffset, mostOffset];
	while (from - before > 1) {
		const middle = Math.floor((before + from) / 2);
		if (dayOf(atUtc + middle * quarterMs, timeZone) < day) before = middle;
		else from = middle;
	}
	return atUtc + from * quarterMs;
}

/** The day that is so many days later, or earlier. */
export function dayAfter(day: Day, count = 1): Day {
	return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}
