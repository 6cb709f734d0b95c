import type { Page } from './model';

/**
 * Every page of a list, each with only those rows that no earlier page had. Ends with the last page, and also where a
 * vault's cursors run in a circle: a page that brings nothing unseen is the last one.
 * @param after where to begin; at the first page without it
 */
export async function* unseenPages<T extends { readonly id: string }>(
	fetchPage: (after: string | undefined) => Promise<Page<T>>,
	after?: string,
): AsyncGenerator<Page<T>, void, undefined> {
	const seen = new Set<string>();
	do {
		const page = await fetchPage(after);
		const items = page.items.filter(({ id }) => !seen.has(id));
		for (const { id } of items) seen.add(id);
		after = items.length > 0 ? page.next : undefined;
		yield { items, next: after };
	} while (after !== undefined);
}
