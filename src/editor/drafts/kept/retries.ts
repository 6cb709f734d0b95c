const firstRetryMs = 2_000;
const longestRetryMs = 60_000;

/** Work that the disk refused, and that is begun again after growing pauses until it takes it. */
export class Retries {
	readonly #waiting = new Map<string, { again: () => Promise<void>; timer: NodeJS.Timeout; nextMs: number }>();
	#isDisposed = false;

	has(id: string): boolean {
		return this.#waiting.has(id);
	}

	/** Begins the work again later, later each time; instead of what waited under this id. */
	add(id: string, again: () => Promise<void>): void {
		const delayMs = this.#waiting.get(id)?.nextMs ?? firstRetryMs;
		this.end(id);
		if (this.#isDisposed) return;
		const timer = setTimeout(() => void again().catch(() => undefined), delayMs);
		this.#waiting.set(id, { again, timer, nextMs: Math.min(2 * delayMs, longestRetryMs) });
	}

	/** Begins all of it again at once. Resolves when that has come to an end. */
	async flush(): Promise<void> {
		await Promise.allSettled([...this.#waiting.values()].map(({ again }) => again()));
	}

	end(id: string): void {
		clearTimeout(this.#waiting.get(id)?.timer);
		this.#waiting.delete(id);
	}

	dispose(): void {
		this.#isDisposed = true;
		for (const id of this.#waiting.keys()) this.end(id);
	}
}
