import { Pieces } from '../pause';

const visitsBetweenPauses = 256;

/** Visits every item, and lets other work go on in between: thousands in one go would hold everything up. */
export async function visitInSteps<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
	const pieces = new Pieces();
	let count = 0;
	for (const item of items) {
		visit(item);
		if (++count % visitsBetweenPauses === 0 && pieces.isOver) await pieces.next();
	}
}

/** The first `most` of the items in an order. All of a large vault are never sorted for a hundred rows. */
export async function firstInOrder<T>(
	items: readonly T[],
	most: number,
	compare: (a: T, b: T) => number,
): Promise<T[]> {
	if (most <= 0) return [];
	const first: T[] = [];
	/** What comes after this one is not among the first. */
	let last: T | undefined;
	const cut = () => {
		first.sort(compare);
		first.length = Math.min(first.length, most);
		last = first[most - 1];
	};
	await visitInSteps(items, (item) => {
		if (last !== undefined && compare(last, item) <= 0) return;
		first.push(item);
		if (first.length >= 2 * most) cut();
	});
	cut();
	return first;
}
