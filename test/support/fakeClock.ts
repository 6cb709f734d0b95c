import { mock } from 'node:test';

const start = Date.UTC(2026, 0, 1);

/** Lets a number of seconds pass, with everything that becomes due, a second or so many milliseconds at a time. */
export async function pass(seconds: number, step = 1000): Promise<void> {
	for (let passed = 0; passed <= seconds * 1000; passed += step) {
		if (passed > 0) mock.timers.tick(step);
		for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve));
	}
}

/** The second of a time, from the clock's start on. */
export const secondOf = (time: Date): number => (time.getTime() - start) / 1000;

/** Gives each test of a suite a clock of its own, and tasks that note when they start. */
export function withFakeClock(): {
	/** A task that fails with each of `failures` in turn, then answers its name. */
	task: (name: string, ...failures: Error[]) => () => Promise<string>;
	/** In which seconds tasks started, all or those of one name. */
	seconds: (name?: string) => number[];
	/** Which tasks started, with the second of their start. */
	starts: () => readonly (readonly [name: string, second: number])[];
} {
	let started: [name: string, second: number][] = [];
	setup(() => {
		mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: start });
		started = [];
	});
	teardown(() => mock.timers.reset());
	return {
		task:
			(name, ...failures) =>
			() => {
				started.push([name, Math.round(secondOf(new Date()))]);
				const failure = failures.shift();
				return failure === undefined ? Promise.resolve(name) : Promise.reject(failure);
			},
		seconds: (name) => started.filter(([of]) => name === undefined || of === name).map(([, at]) => at),
		starts: () => started,
	};
}
