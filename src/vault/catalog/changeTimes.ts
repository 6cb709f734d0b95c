/** How much later than the change itself its event may be made. */
export const eventLagMs = 1000;

/** True when `a` is a change after the one at `b`, and not the same one told with a delay. */
export function isLater(a: Date, b: Date): boolean {
	return a.getTime() - b.getTime() > eventLagMs;
}

/** True for two times of one change. */
export function isSameTime(a: Date, b: Date): boolean {
	return !isLater(a, b) && !isLater(b, a);
}

/** True where it was longer ago than this, or never; also where the clock says that it is still to come. */
export function isLongerAgo(at: number | undefined, ms: number): boolean {
	return at === undefined || Math.abs(Date.now() - at) >= ms;
}
