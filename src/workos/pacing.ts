import PQueue from 'p-queue';
import type { CallOptions, Priority } from '../vault/api';
import { hasCode, VaultError } from '../vault/errors';
import { Emitter, type Event } from '../vault/event';
import { growingPause, pause } from '../vault/pause';

const concurrency = 8;
const backgroundConcurrency = 5;
const backgroundShare = 0.9;
const minute = 60_000;
/** The most that is waited for one answer to a 429, in seconds, where the vault does not say; longer each time. */
const rateLimitWaits = [60, 120, 240];
/** A vault that asks for more is not waited for: the person reads so at once. Seconds. */
const longestWait = 300;
const maxReadAttempts = 3;
const keyNotReadyAttempts = 20;
const rank: Record<Priority, number> = { person: 2, visible: 1, background: 0 };

/** What a vault says of its limit in `X-RateLimit-Remaining` and `X-RateLimit-Reset` (seconds since 1970). */
export interface RateLimit {
	readonly remaining: number;
	readonly resetAt: Date;
}

/** How a task is sent. Only what changes nothing is sent again by itself when its answer was lost. */
export interface TaskOptions extends CallOptions {
	readonly isRead: boolean;
}

/**
 * The one queue that all requests of a connection pass: at most `requestsPerMinute`, a person's calls first, everybody
 * waiting while the vault says 429. Background work has a limiter of its own in front, because with priorities alone the
 * person starves at the end of a minute.
 */
export class Pacing {
	readonly #queue: PQueue;
	readonly #background: PQueue;
	readonly #paused = new Emitter<Date | undefined>();
	#pausedUntil = 0;

	/** Fires with the time until which everybody waits, and with undefined when it goes on. */
	readonly onDidPause: Event<Date | undefined> = this.#paused.event;

	constructor(
		requestsPerMinute: number,
		/** Waits `ms`, or rejects with the signal's reason; replaced in tests. */
		private readonly wait: (ms: number, signal?: AbortSignal) => Promise<void> = pause,
	) {
		const intervalCap = Math.max(1, Math.floor(requestsPerMinute));
		this.#queue = new PQueue({ concurrency, interval: minute, intervalCap });
		this.#background = new PQueue({
			// In any minute, not in each: two of its minutes may meet in one of the queue’s.
			strict: true,
			concurrency: backgroundConcurrency,
			interval: minute,
			intervalCap: Math.max(1, Math.floor(intervalCap * backgroundShare)),
		});
	}

	/**
	 * Runs `task` in its turn and again where that is safe and may help.
	 * @throws whatever the task's last attempt threw, or the signal's reason when it was cancelled
	 */
	async run<T>(task: () => Promise<T>, options: TaskOptions): Promise<T> {
		const failures = { rateLimited: 0, keyNotReady: 0, lost: 0 };
		for (;;) {
			try {
				return await this.#enqueue(task, options);
			} catch (error) {
				const attempts = 1 + failures.rateLimited + failures.keyNotReady + failures.lost;
				if (!(await this.#waitOut(error, failures, options))) throw withAttempts(error, attempts);
			}
		}
	}

	/** Takes in what an answer said of the limit, and lets the background wait before it is used up. */
	observe({ remaining, resetAt }: RateLimit): void {
		const now = Date.now();
		const ms = resetAt.getTime() - now;
		// A reset that lies in the past, or an hour away, is not believed.
		if (remaining > concurrency || ms <= 0 || ms > 60 * minute) return;
		if (remaining === 0) this.#pause(ms);
		else if (!this.#background.isPaused) {
			this.#background.pause();
			void this.wait(ms).then(() => this.#background.start());
		}
	}

	#enqueue<T>(task: () => Promise<T>, { priority = 'person', signal }: TaskOptions): Promise<T> {
		const place = { priority: rank[priority], ...(signal && { signal }) };
		const inTurn = () => this.#queue.add(task, place);
		return priority === 'background' ? this.#background.add(inTurn, place) : inTurn();
	}

	/** True when the task may be tried again, after the wait that is due, or in its turn once the queue goes on. */
	async #waitOut(
		error: unknown,
		failures: { rateLimited: number; keyNotReady: number; lost: number },
		{ isRead, signal }: TaskOptions,
	): Promise<boolean> {
		if (hasCode(error, 'rateLimited')) {
			const fallback = rateLimitWaits[failures.rateLimited++];
			const seconds = error.details.retryAfter ?? fallback;
			if (fallback === undefined || seconds === undefined || seconds > longestWait) return false;
			// It waits in the stopped queue, where a person's call is the first to go on.
			this.#pause(seconds * 1000);
			return true;
		}
		if (hasCode(error, 'keyNotReady')) {
			if (++failures.keyNotReady >= keyNotReadyAttempts) return false;
			await this.wait(1000, signal);
			return true;
		}
		// Not an answer that can't be read: the next one is hardly better.
		if (isRead && hasCode(error, 'unavailable', 'offline')) {
			if (++failures.lost >= maxReadAttempts) return false;
			await this.wait(growingPause(failures.lost), signal);
			return true;
		}
		return false;
	}

	/** Stops the queue for everybody. A later end wins over an earlier one. */
	#pause(ms: number): void {
		const until = Date.now() + ms;
		if (until <= this.#pausedUntil) return;
		this.#pausedUntil = until;
		this.#queue.pause();
		this.#paused.fire(new Date(until));
		void this.wait(ms).then(() => {
			if (this.#pausedUntil !== until) return;
			this.#queue.start();
			this.#paused.fire(undefined);
		});
	}
}

function withAttempts(error: unknown, attempts: number): unknown {
	return error instanceof VaultError ? new VaultError(error.code, { ...error.details, attempts }) : error;
}
