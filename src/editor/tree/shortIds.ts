/** An id that WorkOS or an application made: a word, and 26 letters and digits after `_`; or a UUID. */
const ids = /\b([a-z][a-z_]{0,30}_)([0-9A-HJKMNP-TV-Z]{26})\b|\b([0-9a-f]{8})-(?:[0-9a-f]{4}-){3}([0-9a-f]{12})\b/gi;
const begin = 3;
const end = 6;

/**
 * A name with the middle of its ids left out: ids that were made one after another begin alike, and a row is cut off
 * before they differ.
 */
export function withShortIds(name: string): string {
	return name.replaceAll(ids, (id: string, kind?: string, letters?: string, first?: string, last?: string) => {
		if (kind !== undefined && letters !== undefined) return `${kind}${letters.slice(0, begin)}…${letters.slice(-end)}`;
		return first === undefined || last === undefined ? id : `${first.slice(0, begin)}…${last.slice(-end)}`;
	});
}
