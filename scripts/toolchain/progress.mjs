const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** An error whose message is all that a person needs: no stack is printed for it. */
export class PlainError extends Error {}

/**
 * Says what is being done while it is done: a line at the start, a sign of life with the time while it lasts, a line at the end.
 * @template T
 * @param {string} title a sentence without its full stop, such as "Installing the test host (about 250 MB, once)"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what the work promises
 */
export async function step(title, work) {
	const start = Date.now();
	const live = Boolean(process.stdout.isTTY);
	process.stdout.write(live ? `${title}…` : `${title}…\n`);
	const beat = live
		? setInterval(() => process.stdout.write(`\r${title}… ${seconds(start)}`), 500)
		: setInterval(() => console.log(`  still at it after ${seconds(start)}`), 10_000);
	const end = (word) =>
		process.stdout.write(live ? `\r${title}… ${word} ${seconds(start)}\n` : `  ${word} ${seconds(start)}\n`);
	try {
		const result = await work();
		end('done in');
		return result;
	} catch (error) {
		end('failed after');
		throw error;
	} finally {
		clearInterval(beat);
	}
}

/** Runs a command's main function; a failure is said on stderr and ends the process with code 1. */
export async function runMain(main) {
	try {
		process.exitCode = (await main()) ?? 0;
	} catch (error) {
		console.error(`\n${error instanceof PlainError ? error.message : error.stack}`);
		process.exit(1);
	}
}
