const { appendFileSync } = require('node:fs');
const vscode = require('vscode');

const tick = 20;
/** What is shorter than this, in ms, is gathered, so that little is written. */
const worthALine = 250;

/** How long the page may take to answer before it counts, in ms: with it, a second of standing still is 1.5 of 2 seconds. */
const answerTime = 500;

/**
 * Writes lines of `<time> <the longest that the host stood still since the line before, in ms>`. For VS Code the host stands
 * still where its own clock does, and as much where the page, or the way to it and back, does.
 */
exports.activate = () => {
	let last = Date.now();
	let written = last;
	let longest = 0;
	let asked;
	const ask = async () => {
		asked = Date.now();
		await vscode.commands.executeCommand('setContext', 'leakClock', asked);
		asked = undefined;
	};
	setInterval(() => {
		const now = Date.now();
		longest = Math.max(longest, now - last - tick, now - (asked ?? now) - answerTime);
		last = now;
		if (asked === undefined) void ask();
		if (now - written < worthALine) return;
		appendFileSync(process.env.LEAK_CLOCK, `${now} ${longest}\n`);
		written = now;
		longest = 0;
	}, tick);
};
