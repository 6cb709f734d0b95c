import { setTimeout as pause } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { errorAnswer } from '../http/answer';
import type { Environment } from '../http/request';
import type { Fault } from './fault';

interface PendingFault extends Fault {
	readonly id: number;
	readonly pattern: RegExp;
	remaining: number;
}

/** What goes wrong on purpose, so that a client's handling of it can be tested. In memory, for this process. */
export class Faults {
	readonly #pending: PendingFault[] = [];
	#lastId = 0;

	constructor(faults: readonly Fault[] = []) {
		for (const fault of faults) this.add(fault);
	}

	/** The next matching requests meet it, after those that were added before. Answers how it is listed. */
	add(fault: Fault): object {
		const pending = { ...fault, id: ++this.#lastId, pattern: patternOf(fault.route), remaining: fault.times };
		this.#pending.push(pending);
		return listed(pending);
	}

	/** Those that have not happened as often as they are to, oldest first. */
	list(): object[] {
		return this.#pending.map(listed);
	}

	clear(): void {
		this.#pending.length = 0;
	}

	/** Lets a request meet the first fault that matches it. */
	get middleware(): MiddlewareHandler<Environment> {
		return async (c, next) => {
			const fault = this.#next(`${c.req.method} ${c.req.path}`);
			if (!fault) return next();
			const { delay_ms: delay = 0 } = fault;
			if (fault.status === undefined && fault.cut !== 'before') {
				// First the effect: whoever does not wait for the answer has had it all the same.
				await next();
			}
			await pause(delay);
			if (fault.status !== undefined) {
				if (fault.retry_after !== undefined) c.header('Retry-After', String(fault.retry_after));
				// The numbers from 400 to 599 are what Hono's type spells out one by one.
				return errorAnswer(c, fault.status as ContentfulStatusCode, 'A fault that was asked for.');
			}
			if (fault.cut === undefined) return;
			c.env.incoming.socket.destroy();
			c.res = RESPONSE_ALREADY_SENT;
		};
	}

	#next(request: string): Fault | undefined {
		const index = this.#pending.findIndex(({ pattern }) => pattern.test(request));
		const fault = this.#pending[index];
		if (fault && --fault.remaining === 0) this.#pending.splice(index, 1);
		return fault;
	}
}

function patternOf(route: string): RegExp {
	const parts = route.split(/(\{[^{}/]*\}|\*+)/).map((part, index) => {
		if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		return part.startsWith('*') ? '.*' : '[^/]+';
	});
	return new RegExp(`^${parts.join('')}$`);
}

function listed({ id, route, times, remaining, status, retry_after, delay_ms, cut }: PendingFault): object {
	return { id, route, times, remaining, status, retry_after, delay_ms, cut };
}
