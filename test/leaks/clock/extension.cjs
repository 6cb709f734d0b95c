const { appendFileSync } = require('node:fs');
const vscode = require('vscode');

const tick = 20;
/** What is shorter than this, in ms, is gathered, so that little is written. */
const worthALine = 250;
/** How often the page has to answer, one after the other, until VS Code has saved a document: will-save, stat, write, stat. */
const answersOfASave = 4;
/** How long that may take before it counts, in ms: with it, a second of standing still is 1.5 of the 2 until a backup. */
const timeOfASave = 500;

const isDraftDirty = () =>
	vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.scheme === 'workos-vault-draft');

/**
 * Writes lines of `<time> <the longest that the host stood still since the line before, in ms>`. While a draft waits to be
 * saved, the host stands still for VS Code where the page does too, or the way to it and back.
 */
exports.activate = () => {
	let last = Date.now();
	let written = last;
	let longest = 0;
	let asked;
	const answers = [];
	const ask = async () => {
		asked = Date.now();
		await vscode.commands.executeCommand('setContext', 'leakClock', asked);
		answers.push(Date.now() - asked);
		if (answers.length >= answersOfASave) answers.shift();
		asked = undefined;
	};
	setInterval(() => {
		const now = Date.now();
		const save = answers.reduce((sum, time) => sum + time, now - (asked ?? now));
		longest = Math.max(longest, now - last - tick, isDraftDirty() ? save - timeOfASave : 0);
		last = now;
		if (asked === undefined) void ask();
		if (now - written < worthALine) return;
		appendFileSync(process.env.LEAK_CLOCK, `${now} ${longest}\n`);
		written = now;
		longest = 0;
	}, tick);
};
