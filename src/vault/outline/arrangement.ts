import type { KeyContext } from '../model';

/** What objects are grouped by: their organization, or the value that a name has in their key contexts. */
export type Level = { readonly by: 'organization' } | { readonly by: 'pair'; readonly name: string };

/**
 * How a person arranged the tree of a connection. It holds names and values of key contexts: it may be kept encrypted
 * only.
 */
export interface Arrangement {
	/** From the top down; none for a plain list. */
	readonly levels: readonly Level[];
	/** By name, or what changed last first. */
	readonly sortBy: 'name' | 'change';
	/** Whether the parts of names are folders. */
	readonly isTree: boolean;
	/** What the names under a row contain, by the key of the row. */
	readonly filters: Readonly<Record<string, string>>;
	/** When it was last changed, in ms: of what two windows keep, the later one stands. */
	readonly changedAt: number;
}

/** What nobody has arranged yet. */
export const firstArrangement: Arrangement = {
	levels: [{ by: 'organization' }],
	sortBy: 'name',
	isTree: true,
	filters: {},
	changedAt: 0,
};

/** How often each name occurs in key contexts of objects, the most used first. */
export function namesIn(
	contexts: ReadonlyMap<KeyContext, number>,
): { readonly name: string; readonly count: number }[] {
	const counts = new Map<string, number>();
	for (const [context, count] of contexts) {
		for (const name of Object.keys(context)) counts.set(name, (counts.get(name) ?? 0) + count);
	}
	return Array.from(counts, ([name, count]) => ({ name, count })).sort(
		(a, b) => b.count - a.count || (a.name < b.name ? -1 : 1),
	);
}
