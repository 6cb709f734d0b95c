import type { MiddlewareHandler } from 'hono';
import { type Reason, Refusal } from '../store/refusal';
import type { Environment } from './request';

/**
 * Refuses a parameter that is given twice and takes one value: whichever of the two counted, one would be dropped.
 * @param lists those that may be given more often
 */
export function onlyOnce(reason: Reason, lists: readonly string[] = []): MiddlewareHandler<Environment> {
	return async (c, next) => {
		const repeated = Object.entries(c.req.queries()).find(
			([name, values]) => values.length > 1 && !lists.includes(name) && !name.endsWith(']'),
		);
		if (repeated) throw new Refusal(reason, `The parameter "${repeated[0].slice(0, 60)}" is given more than once.`);
		await next();
	};
}
