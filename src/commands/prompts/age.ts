const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
	['year', 365 * 86_400],
	['month', 30 * 86_400],
	['week', 7 * 86_400],
	['day', 86_400],
	['hour', 3600],
	['minute', 60],
];

/** Not "yesterday", which what was 24 hours ago need not have been. */
const format = new Intl.RelativeTimeFormat('en');

/** How long ago something was, in words: `3 hours ago`, `now` for less than a minute. */
export function age(date: Date, now = new Date()): string {
	const seconds = Math.max(0, (now.getTime() - date.getTime()) / 1000);
	for (const [unit, length] of units) {
		if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
	}
	return 'now';
}

/** A time with its zone: the extension may run on a machine in another one than the person. */
export function formatTime(date: Date): string {
	return date.toLocaleString(undefined, { timeZoneName: 'short' });
}
