import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../store/refusal';
import type { Environment } from './request';

const minuteMs = 60_000;

/**
 * Lets so many requests pass in each minute, and refuses the others with `rateLimited`. Every answer says how many are
 * left, and when the next minute begins (seconds since 1970).
 */
export function rateLimit(perMinute: number): MiddlewareHandler<Environment> {
	let startedAt = 0;
	let count = 0;
	return async (c, next) => {
		const now = Date.now();
		// A clock that was set back begins a new minute too: nobody waits longer than that.
		if (now - startedAt >= minuteMs || now < startedAt) {
			// On a whole second, because that is what the header can say.
			startedAt = now - (now % 1000);
			count = 0;
		}
		count++;
		const resetAt = startedAt + minuteMs;
		c.header('X-RateLimit-Limit', String(perMinute));
		c.header('X-RateLimit-Remaining', String(Math.max(0, perMinute - count)));
		c.header('X-RateLimit-Reset', String(resetAt / 1000));
		if (count > perMinute) {
			throw new Refusal('rateLimited', 'Too many requests in this minute.', Math.ceil((resetAt - now) / 1000));
		}
		await next();
	};
}
