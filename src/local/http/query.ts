import type { PageRequest } from '../store/page';
import { type Reason, Refusal } from '../store/refusal';

/** The largest page of any list. */
export const maxLimit = 100;

const defaultLimit = 10;

/** A query parameter, or undefined; an empty one counts as not given. */
export type Query = (name: string) => string | undefined;

/** @throws {Refusal} `reason` when the limit is no whole number of 1 or more */
export function limitOf(query: Query, reason: Reason): number {
	const text = query('limit');
	if (text === undefined) return defaultLimit;
	if (!/^0*[1-9]\d*$/.test(text)) throw new Refusal(reason, 'The limit must be a whole number of at least 1.');
	return Number(text);
}

/** Both cursors. @throws {Refusal} `reason` when both are given */
export function cursorsOf(query: Query, reason: Reason): Pick<PageRequest, 'before' | 'after'> {
	const [before, after] = [query('before'), query('after')];
	if (before !== undefined && after !== undefined) {
		throw new Refusal(reason, 'Only one of before and after can be given.');
	}
	return { before, after };
}

/** A date as SDKs send it: ISO 8601, or what `Date.toString()` says. @throws {Refusal} `malformed` */
export function dateOf(query: Query, ...names: string[]): number | undefined {
	for (const name of names) {
		const text = query(name);
		if (text === undefined) continue;
		const time = isDate(text) ? Date.parse(text) : Number.NaN;
		if (Number.isNaN(time)) throw new Refusal('malformed', `The date in ${name} can't be read. Use ISO 8601.`);
		return time;
	}
	return undefined;
}

const iso = /^(\d{4}|\+\d{6})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const ofJavaScript = new RegExp(
	`^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (${months.join('|')}) (\\d\\d) (\\d{4,6}) \\d\\d:\\d\\d:\\d\\d GMT[+-][01]\\d[0-5]\\d(?: \\(.*\\))?$`,
);

/** JavaScript itself reads much more, such as "foo 12", and takes February 31st for March 3rd. */
function isDate(text: string): boolean {
	const [, year, month, day] = iso.exec(text) ?? [];
	if (year !== undefined) return hasDay(Number(year), Number(month), Number(day));
	const [, name = '', second, third] = ofJavaScript.exec(text) ?? [];
	return name !== '' && hasDay(Number(third), months.indexOf(name) + 1, Number(second));
}

function hasDay(year: number, month: number, day: number): boolean {
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
