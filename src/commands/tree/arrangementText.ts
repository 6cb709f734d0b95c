import type { Arrangement, Level } from '../../vault/outline/arrangement';

/** What the tree is grouped by, from the top down: `organization`, `provider, then organization` or `nothing`. */
export function groupingText(levels: readonly Level[]): string {
	const labels = levels.map((level) => (level.by === 'organization' ? 'organization' : level.name));
	return labels.length === 0 ? 'nothing' : labels.join(', then ');
}

/** How a tree is grouped and sorted, as far as that is another way than at first; empty where it is not. */
export function describeArrangement({ levels, sortBy }: Pick<Arrangement, 'levels' | 'sortBy'>): string {
	const isByOrganization = levels.length === 1 && levels[0]?.by === 'organization';
	const parts = [
		...(isByOrganization ? [] : [`grouped by ${groupingText(levels)}`]),
		...(sortBy === 'name' ? [] : ['sorted by last change']),
	];
	const text = parts.join(' · ');
	return text.charAt(0).toUpperCase() + text.slice(1);
}
