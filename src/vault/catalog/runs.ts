/** `stopped`: a person stopped what ran. */
export type RunPhase = 'idle' | 'scanning' | 'complete' | 'stopped' | 'failed';

/**
 * The work of a catalog, one piece after another: two that change the same at once would undo each other's work. Knows how
 * far it got.
 */
export class Runs {
	readonly #ended = new AbortController();
	#phase: RunPhase = 'idle';
	#wasComplete = false;
	#failure: unknown;
	#stop = new AbortController();
	#last: Promise<void> = Promise.resolve();
	#running: Promise<void> | undefined;
	/** By a clock that nobody sets. */
	#endedAt = -Infinity;

	constructor(private readonly onDidChange: () => void) {}

	get phase(): RunPhase {
		return this.#phase;
	}

	/** Why the last run failed, in phase `failed`. */
	get failure(): unknown {
		return this.#failure;
	}

	/** True once a run was complete. */
	get wasComplete(): boolean {
		return this.#wasComplete;
	}

	/** How long ago work last ended well, in ms; Infinity for not yet. */
	get sinceEnded(): number {
		return performance.now() - this.#endedAt;
	}

	/** The work that runs with its progress shown. */
	get running(): Promise<void> | undefined {
		return this.#running;
	}

	get isDisposed(): boolean {
		return this.#ended.signal.aborted;
	}

	/** There is nothing to do. */
	complete(): void {
		this.#enter('complete');
	}

	/** Does work whose progress is shown; the one that runs is joined. Never rejects. */
	run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
		this.#running ??= this.#runNow(work).finally(() => (this.#running = undefined));
		return this.#running;
	}

	/** Does work whose progress is not shown, after what runs. Rejects as the work does. */
	runInBackground(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
		return this.#inTurn(() => work(this.#ended.signal));
	}

	/** Stops what runs with its progress shown. */
	stop(): void {
		this.#stop.abort(new DOMException('Stopped', 'AbortError'));
	}

	/** Ends all work for good. */
	dispose(): void {
		this.#ended.abort();
	}

	async #runNow(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
		const stop = (this.#stop = new AbortController());
		this.#failure = undefined;
		this.#enter('scanning');
		try {
			await this.#inTurn(() => work(AbortSignal.any([this.#ended.signal, stop.signal])));
			this.#enter('complete');
		} catch (error) {
			if (stop.signal.aborted) return this.#enter('stopped');
			this.#failure = error;
			this.#enter('failed');
		}
	}

	#inTurn(work: () => Promise<void>): Promise<void> {
		const result = this.#last.then(work).then(() => {
			this.#endedAt = performance.now();
		});
		this.#last = result.catch(() => undefined);
		return result;
	}

	#enter(phase: RunPhase): void {
		this.#phase = phase;
		this.#wasComplete ||= phase === 'complete';
		this.onDidChange();
	}
}
