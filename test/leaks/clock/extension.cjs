const { appendFileSync } = require('node:fs');

const tick = 20;
/** What is shorter than this, in ms, is gathered, so that little is written. */
const worthALine = 250;

/** Writes lines of `<time> <the longest that the host stood still since the line before, in ms>`. */
exports.activate = () => {
	let last = Date.now();
	let written = last;
	let longest = 0;
	setInterval(() => {
		const now = Date.now();
		longest = Math.max(longest, now - last - tick);
		last = now;
		if (now - written < worthALine) return;
		appendFileSync(process.env.LEAK_CLOCK, `${now} ${longest}\n`);
		written = now;
		longest = 0;
	}, tick);
};
