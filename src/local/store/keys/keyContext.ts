/** What chooses the keys of an object: names and values, fixed when the object is created. */
export type KeyContext = Readonly<Record<string, string>>;

/** Whether two contexts hold the same pairs, in any order. */
export function isSameContext(one: KeyContext, other: KeyContext): boolean {
	const sorted = (context: KeyContext) => JSON.stringify(itemsOf(context).sort());
	return sorted(one) === sorted(other);
}

/** The pairs of a context, each as the text that its key is found by. */
export function itemsOf(context: KeyContext): string[] {
	return Object.entries(context).map((item) => JSON.stringify(item));
}
