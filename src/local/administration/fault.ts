import * as z from 'zod';
import { strictBody } from '../schema';

const whole = (least: number, most: number) => {
	const error = `must be a whole number from ${least} to ${most}`;
	return z.number({ error }).int(error).min(least, error).max(most, error);
};

/** What goes wrong: `{route, times?, status?, retry_after?, delay_ms?, cut?}`. */
export const faultBody = z
	.strictObject(
		{
			/** A method and a path: `PUT /vault/v1/kv/{id}`. `{…}` is one part of the path, `*` anything. */
			route: z
				.string({ error: 'must be a string' })
				.regex(/^([A-Z]+|\*) (\/[^\s?#]*|\*)$/, 'must be a method and a path, such as "PUT /vault/v1/kv/{id}"')
				// More of either would make matching slow, and no route needs it.
				.max(500, 'must have at most 500 characters')
				.refine((route) => route.split('*').length <= 4, 'must have at most three *'),
			/** How many requests it happens to. */
			times: whole(1, 1_000_000).default(1),
			/** The request has no effect, and this is the answer. */
			status: whole(400, 599).optional(),
			/** Seconds for the answer's Retry-After. */
			retry_after: whole(0, 86_400).optional(),
			/** Milliseconds by which the answer, the status or the cut comes later. */
			delay_ms: whole(0, 600_000).optional(),
			/** The connection is cut: before the request takes effect, or after. */
			cut: z.enum(['before', 'after'], { error: 'must be "before" or "after"' }).optional(),
		},
		strictBody,
	)
	.refine(({ status, cut }) => status === undefined || cut === undefined, 'must have status or cut, not both')
	.refine(
		({ status, cut, delay_ms: delay }) => status !== undefined || cut !== undefined || delay !== undefined,
		'must have a status, a cut or a delay_ms',
	)
	.refine(({ status, retry_after: after }) => after === undefined || status !== undefined, {
		error: 'must come with a status',
		path: ['retry_after'],
	});

/** A fault as it is asked for. */
export type Fault = z.infer<typeof faultBody>;
