const pieceMs = 8;

/**
 * Waits `ms`.
 * @throws the signal's reason when it is aborted before or meanwhile
 */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		signal?.throwIfAborted();
		const timer = setTimeout(() => {
			signal?.removeEventListener('abort', cancel);
			resolve();
		}, ms);
		const cancel = () => {
			clearTimeout(timer);
			reject(signal?.reason as Error);
		};
		signal?.addEventListener('abort', cancel, { once: true });
	});
}

/** When long work lets everything else have a turn. */
export type Turns = Pick<Pieces, 'isOver' | 'next'>;

/** Long work in pieces of some milliseconds: in between, everything else has its turn. */
export class Pieces {
	#begunAt = performance.now();

	/** True when a piece has lasted long enough. */
	get isOver(): boolean {
		return performance.now() - this.#begunAt > pieceMs;
	}

	/**
	 * Begins the next piece, after everything else had its turn.
	 * @throws the signal's reason when it is aborted
	 */
	async next(signal?: AbortSignal): Promise<void> {
		await pause(0, signal);
		this.#begunAt = performance.now();
	}
}

/**
 * Milliseconds to wait after the `failures`-th failure in a row: longer each time, and never the same for two clients,
 * so that those who failed together don't come back together.
 */
export function growingPause(failures: number): number {
	return 500 * 2 ** failures * (0.5 + Math.random());
}

/** The answer, unless the signal is aborted before it comes. */
export async function untilAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return answer;
	signal.throwIfAborted();
	const aborted = Promise.withResolvers<never>();
	signal.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
	return Promise.race([answer, aborted.promise]);
}
