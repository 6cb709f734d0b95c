/** A request that was answered; times as `performance.now()` tells them, status undefined where no answer came. */
export interface Answered {
	readonly path: string;
	readonly status: number | undefined;
	readonly sentAt: number;
	readonly answeredAt: number;
}

/**
 * The most requests that were sent one after the answer to another: how many round trips there were at most to wait for.
 * Unlike a time divided by the latency, it does not grow where the machine is slow.
 */
export function longestChain(answers: readonly Answered[]): number {
	let length = 0;
	let freeAt = -Infinity;
	for (const { sentAt, answeredAt } of answers.toSorted((a, b) => a.answeredAt - b.answeredAt)) {
		if (sentAt < freeAt) continue;
		length++;
		freeAt = answeredAt;
	}
	return length;
}
