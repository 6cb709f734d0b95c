import { pause } from '../../vault/pause';

/**
 * What Windows says of a file that another window, or a virus scanner, has open just now; and a file server of one that
 * another machine has just replaced.
 */
const busyCodes: readonly unknown[] = ['EPERM', 'EACCES', 'EBUSY', 'ESTALE'];
const usualPatienceMs = 2_000;
const firstPauseMs = 10;

/** The system's code of a failure, such as `ENOENT`; undefined where it has none. */
export function codeOf(error: unknown): string | undefined {
	return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/**
 * Does something with a file, and again after a growing pause for as long as somebody else has the file open.
 * @param patienceMs how long the pauses may be together; 2 s if not given
 * @throws what the work throws for another reason, or still throws after that
 */
export async function whileBusy<T>(work: () => T | Promise<T>, patienceMs = usualPatienceMs): Promise<T> {
	let pausedMs = 0;
	for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
		try {
			return await work();
		} catch (error) {
			if (!busyCodes.includes(codeOf(error)) || pausedMs >= patienceMs) throw error;
		}
		// Not in step with another window that waits for the same file.
		const nextMs = Math.min(pauseMs, patienceMs - pausedMs);
		pausedMs += nextMs;
		await pause(nextMs * (0.5 + Math.random() / 2));
	}
}

/** What work on a file finds; undefined where there is no such file. @throws what `whileBusy` throws */
export async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await whileBusy(work);
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}
