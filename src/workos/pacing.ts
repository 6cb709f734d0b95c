import PQueue from 'p-queue';
import type { CallOptions, Priority } from '../vault/api';
import { hasCode, VaultError } from '../vault/errors';
import { Emitter, type Event } from '../vault/event';
import { growingPause, pause } from '../vault/pause';

const concurrency = 8;
const backgroundConcurrency = 5;
const backgroundShare = 0.9;
const minuteMs = 60_000;
/** The most that is waited for one answer to a 429, in seconds, where the vault does not say; longer each time. */
const rateLimitWaits = [60, 120, 240];
/** A vault that asks for more is not waited for: the person reads so at once. Seconds. */
const longestWait = 300;
/** After a wait that others were told of too, the background comes back over twice this time, in milliseconds. */
const spread = 2000;
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

interface Failures {
	refused: number;
	keyNotReady: number;
	lost: number;
}

/**
 * The one queue that all requests of a connection pass: at most `requestsPerMinute` in any minute (0 or Infinity for no
 * limit), a person's calls first, everybody waiting while the vault says 429. Background work has a limiter of its own
 * in front, because with priorities alone the person starves at the end of a minute.
 */
export class Pacing {
	readonly #queue: PQueue;
	/** The background's limiter. */
	readonly #share: PQueue;
	/** Where the background waits for one of its few places. A task has its place until it is done. */
	readonly #background: PQueue;
	readonly #paused = new Emitter<Date | undefined>();
	readonly #ended = new AbortController();
	#pausedUntil = 0;
	#backgroundPausedUntil = 0;
	#remaining = Infinity;

	/** Fires with the time until which everybody waits, and with undefined when it goes on. */
	readonly onDidPause: Event<Date | undefined> = this.#paused.event;

	constructor(
		requestsPerMinute: number,
		/** Waits `ms`, or rejects with the signal's reason; replaced in tests. */
		private readonly wait: (ms: number, signal?: AbortSignal) => Promise<void> = pause,
	) {
		const most = requestsPerMinute === 0 ? Infinity : Math.max(1, Math.floor(requestsPerMinute));
		const share = Math.max(1, Math.min(Math.floor(most * backgroundShare), most - 2));
		// What passed the limiter may wait in the queue into the next minute. There must be room for it and the person.
		const places = Math.min(backgroundConcurrency, Math.max(1, Math.ceil(most * (1 - backgroundShare)) - 1));
		this.#queue = new PQueue({ concurrency, ...inAnyMinute(most) });
		this.#share = new PQueue(inAnyMinute(share));
		this.#background = new PQueue({ concurrency: places });
	}

	/**
	 * Runs `task` in its turn and again where that is safe and may help.
	 * @throws whatever the task's last attempt threw, or the signal's reason when it was cancelled
	 */
	run<T>(task: () => Promise<T>, options: TaskOptions): Promise<T> {
		const { priority, signal } = options;
		const attempts = () => this.#attempt(task, options);
		return priority === 'background' ? this.#background.add(attempts, { ...(signal && { signal }) }) : attempts();
	}

	/**
	 * Takes in what an answer said of the limit, and lets the background, or everybody, wait before it is used up. Only a
	 * number that has fallen is heeded: a vault that always says 0 and goes on answering holds nobody up twice. Nor is a
	 * reset heeded that is over, or further away than anybody waits.
	 */
	observe({ remaining, resetAt }: RateLimit): void {
		const ms = resetAt.getTime() - Date.now();
		if (!(ms > 0 && ms <= longestWait * 1000)) return;
		const before = this.#remaining;
		this.#remaining = remaining;
		if (remaining <= 0 && before > 0) this.#pause(ms);
		else if (remaining <= concurrency && before > concurrency) this.#pauseBackground(resetAt.getTime());
	}

	/** Ends what waits by itself. Tasks end with their own signals. */
	dispose(): void {
		this.#ended.abort();
	}

	async #attempt<T>(task: () => Promise<T>, options: TaskOptions): Promise<T> {
		const failures: Failures = { refused: 0, keyNotReady: 0, lost: 0 };
		for (;;) {
			try {
				return await this.#enqueue(task, options, failures.refused);
			} catch (error) {
				const attempts = 1 + failures.refused + failures.keyNotReady + failures.lost;
				if (!(await this.#waitOut(error, failures, options))) throw withAttempts(error, attempts);
			}
		}
	}

	#enqueue<T>(task: () => Promise<T>, { priority = 'person', signal }: TaskOptions, refusals: number): Promise<T> {
		// Whoever was refused goes before those of its rank who were not: it must not fail because others were quicker.
		const place = { priority: rank[priority] + refusals / 10, ...(signal && { signal }) };
		const inTurn = () => this.#queue.add(() => this.#send(task, refusals), place);
		if (priority !== 'background') return inTurn();
		return this.#share.add(async () => {
			await this.#untilCalm(refusals > 0, signal);
			return inTurn();
		}, place);
	}

	async #send<T>(task: () => Promise<T>, refusals: number): Promise<T> {
		try {
			return await task();
		} catch (error) {
			const seconds = secondsAfter(error, refusals);
			// Before the queue hears of it, which would send one more.
			if (seconds !== undefined) this.#pause(seconds * 1000);
			throw error;
		}
	}

	/** Lets a background task wait until nobody has to, and a random bit more: first those that were refused. */
	async #untilCalm(isRefused: boolean, signal: AbortSignal | undefined): Promise<void> {
		for (let until = 0; until < this.#backgroundPausedUntil;) {
			until = this.#backgroundPausedUntil;
			const ms = until + spread * (Math.random() + (isRefused ? 0 : 1)) - Date.now();
			if (ms > 0) await this.wait(ms, signal);
		}
	}

	/** True when the task may be tried again, after the wait that is due, or in its turn once the queue goes on. */
	async #waitOut(error: unknown, failures: Failures, { isRead, signal }: TaskOptions): Promise<boolean> {
		// It waits in the stopped queue, where a person's call is the first to go on.
		if (hasCode(error, 'rateLimited')) return secondsAfter(error, failures.refused++) !== undefined;
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
		this.#pauseBackground(until);
		this.#queue.pause();
		this.#paused.fire(new Date(until));
		const goOn = () => {
			if (this.#pausedUntil !== until) return;
			this.#queue.start();
			this.#paused.fire(undefined);
		};
		void this.wait(ms, this.#ended.signal).then(goOn, () => undefined);
	}

	#pauseBackground(until: number): void {
		this.#backgroundPausedUntil = Math.max(until, this.#backgroundPausedUntil);
	}
}

/** No minute, whenever it begins, has more: so it is no matter when the vault's own minutes begin. */
function inAnyMinute(intervalCap: number) {
	return intervalCap === Infinity ? {} : { strict: true, interval: minuteMs, intervalCap };
}

/**
 * Seconds to wait after a 429; undefined where waiting is no use. A vault that says "now", and refuses again, is taken
 * for one that does not say.
 */
function secondsAfter(error: unknown, refusalsBefore: number): number | undefined {
	const fallback = rateLimitWaits[refusalsBefore];
	if (!hasCode(error, 'rateLimited') || fallback === undefined) return undefined;
	const { retryAfter = fallback } = error.details;
	const seconds = retryAfter < 1 && refusalsBefore > 0 ? fallback : retryAfter;
	return seconds <= longestWait ? seconds : undefined;
}

function withAttempts(error: unknown, attempts: number): unknown {
	return error instanceof VaultError ? new VaultError(error.code, { ...error.details, attempts }) : error;
}
