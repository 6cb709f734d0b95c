/**
 * How long the extension host stood still within a time, at most, in ms; undefined while the clock's lines do not reach
 * to its end.
 * @param {string} lines what the extension in ../clock wrote
 * @param {number} begin
 * @param {number} end
 */
export function longestStall(lines, begin, end) {
	const all = lines
		.split('\n')
		.filter(Boolean)
		.map((line) => line.split(' ').map(Number));
	const last = all.findIndex(([time]) => time >= end);
	if (last === -1) return undefined;
	const stalls = all.slice(0, last + 1).filter(([time]) => time >= begin);
	return Math.max(...stalls.map(([, stall]) => stall));
}
