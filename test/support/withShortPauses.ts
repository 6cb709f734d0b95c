/** Makes the pauses between the attempts of a write a hundred times shorter. Timeouts and everything else stay. */
export function withShortPauses(): void {
	const wait = setTimeout;
	suiteSetup(() => {
		// Not one of Node's mocks: they keep a stack for each call, and there are hundreds of thousands.
		const shorter = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
			wait(run, ms >= 250 && ms <= 1500 ? ms / 100 : ms, ...args);
		globalThis.setTimeout = Object.assign(shorter, wait);
	});
	suiteTeardown(() => {
		globalThis.setTimeout = wait;
	});
}
