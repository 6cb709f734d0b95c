import type { CatalogState } from './state';

/** How often a name that events told of is looked for in a list before it counts as gone again. */
const triesForMissing = 2;

/** What a catalog knows of names that events told of. */
type NamesKnown = Pick<CatalogState, 'told' | 'missing' | 'unplaced'>;

/** The names that events told of and that no row has been found for. */
export function soughtNames({ missing, unplaced }: NamesKnown): string[] {
	return [...missing.keys()].filter((name) => !unplaced.named(name));
}

/** Takes in that a list had none of the names that were sought. Lets go of those that are gone again. */
export function noteNotFound(known: NamesKnown): void {
	const { missing, told } = known;
	for (const name of soughtNames(known)) {
		const tries = (missing.get(name) ?? 0) + 1;
		if (tries < triesForMissing) missing.set(name, tries);
		else {
			missing.delete(name);
			told.delete(name);
		}
	}
}

/** Lets go of what events told that nobody waits for, once everything is looked up. */
export function forgetTold({ missing, told }: NamesKnown): void {
	for (const name of [...told.keys()]) if (!missing.has(name)) told.delete(name);
}
