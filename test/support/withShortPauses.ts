/**
 * Makes pauses a hundred times shorter: those between the attempts of a write, if not told which. Timeouts and everything
 * else stay.
 */
export function withShortPauses(isShortened = (ms: number): boolean => ms >= 250 && ms <= 1500): void {
	const wait = setTimeout;
	suiteSetup(() => {
		// Not one of Node's mocks: they keep a stack for each call, and there are hundreds of thousands.
		const shorter = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
			wait(run, isShortened(ms) ? ms / 100 : ms, ...args);
		// With what Node's `promisify` finds at it.
		globalThis.setTimeout = Object.assign(shorter, wait);
	});
	suiteTeardown(() => {
		globalThis.setTimeout = wait;
	});
}
