import { isOfOrganization } from '../keyContext';
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
	/** When each part was last changed, in ms: of what two windows keep, the later one stands. */
	readonly changedAt: Readonly<Partial<Record<ArrangementPart, number>>>;
}

/** What a person arranges by itself. */
export type ArrangementPart = 'levels' | 'sortBy' | 'isTree' | 'filters';

/** What nobody has arranged yet. */
export const firstArrangement: Arrangement = {
	levels: [{ by: 'organization' }],
	sortBy: 'name',
	isTree: true,
	filters: {},
	changedAt: {},
};

/** An arrangement with some of its parts changed now. */
export function withChange(before: Arrangement, change: Partial<Pick<Arrangement, ArrangementPart>>): Arrangement {
	const changedAt = { ...before.changedAt };
	// Later than the one before it, also where the clock was set back.
	for (const part of Object.keys(change) as ArrangementPart[]) {
		changedAt[part] = Math.max(Date.now(), (changedAt[part] ?? 0) + 1);
	}
	return { ...before, ...change, changedAt };
}

/** Of two arrangements, each part as it was changed last. */
export function laterOf(ours: Arrangement, theirs: Arrangement): Arrangement {
	const isTheirs = (part: ArrangementPart) => (theirs.changedAt[part] ?? 0) > (ours.changedAt[part] ?? 0);
	return (['levels', 'sortBy', 'isTree', 'filters'] as const).filter(isTheirs).reduce(
		(arrangement, part) => ({
			...arrangement,
			[part]: theirs[part],
			changedAt: { ...arrangement.changedAt, [part]: theirs.changedAt[part] },
		}),
		ours,
	);
}

/** Whether this is an arrangement, as far as the tree relies on it: another version may have kept another form. */
export function isArrangement(value: unknown): value is Arrangement {
	const { levels, sortBy, isTree, filters, changedAt } = (value ?? {}) as Partial<Record<keyof Arrangement, unknown>>;
	return (
		Array.isArray(levels) &&
		levels.every(isLevel) &&
		(sortBy === 'name' || sortBy === 'change') &&
		typeof isTree === 'boolean' &&
		isRecordOf('string', filters) &&
		isRecordOf('number', changedAt)
	);
}

function isLevel(value: unknown): value is Level {
	const { by, name } = (value ?? {}) as { readonly by?: unknown; readonly name?: unknown };
	return by === 'organization' || (by === 'pair' && typeof name === 'string');
}

function isRecordOf(type: 'string' | 'number', value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.values(value).every((entry) => typeof entry === type);
}

/** How often each name occurs in key contexts of objects, the most used first: without those that only name the organization. */
export function namesIn(
	contexts: ReadonlyMap<KeyContext, number>,
): { readonly name: string; readonly count: number }[] {
	const counts = new Map<string, number>();
	const others = new Set<string>();
	for (const [context, count] of contexts) {
		for (const name of Object.keys(context)) {
			counts.set(name, (counts.get(name) ?? 0) + count);
			if (!isOfOrganization(name, context)) others.add(name);
		}
	}
	return Array.from(counts, ([name, count]) => ({ name, count }))
		.filter(({ name }) => others.has(name))
		.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
