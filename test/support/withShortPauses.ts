import { mock } from 'node:test';

/** Makes the pauses between the attempts of a write a hundred times shorter. Timeouts and everything else stay. */
export function withShortPauses(): void {
	suiteSetup(() => {
		const wait = setTimeout;
		const shorter = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
			wait(run, ms >= 250 && ms <= 1500 ? ms / 100 : ms, ...args);
		mock.method(globalThis, 'setTimeout', shorter);
	});
	suiteTeardown(() => mock.restoreAll());
}
