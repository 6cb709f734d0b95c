import type { PageRequest } from '../store/page';
import { type Reason, Refusal } from '../store/refusal';

/** The largest page of any list. */
export const MAXIMUM_LIMIT = 100;

const DEFAULT_LIMIT = 10;

/** A query parameter, or undefined; an empty one counts as not given. */
export type Query = (name: string) => string | undefined;

/** @throws {Refusal} `reason` when the limit is no whole number of 1 or more */
export function limitOf(query: Query, reason: Reason): number {
	const text = query('limit');
	if (text === undefined) return DEFAULT_LIMIT;
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

/** A date in any form that JavaScript reads: SDKs send ISO 8601 and `Date.toString()`. @throws {Refusal} `malformed` */
export function dateOf(query: Query, ...names: string[]): number | undefined {
	for (const name of names) {
		const text = query(name);
		if (text === undefined) continue;
		const time = Date.parse(text);
		if (Number.isNaN(time)) throw new Refusal('malformed', `The date in ${name} can't be read. Use ISO 8601.`);
		return time;
	}
	return undefined;
}
