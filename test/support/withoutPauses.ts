import { mock } from 'node:test';

/** Ends every pause at once in the tests of a suite, and notes how many milliseconds each was to last. */
export function withoutPauses(): number[] {
	const pauses: number[] = [];
	setup(() => {
		pauses.length = 0;
		mock.method(globalThis, 'setTimeout', (run: () => void, ms: number) => {
			pauses.push(ms);
			return setImmediate(run);
		});
	});
	teardown(() => mock.restoreAll());
	return pauses;
}
