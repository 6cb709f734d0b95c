import type { Catalog } from '../../vault/catalog/catalog';
import { organizationIdOf } from '../../vault/keyContext';
import type { KeyContext, KnownObject } from '../../vault/model';
import { Pieces } from '../../vault/pause';
import { folded, literalFit, type Fit } from './likeness';
import type { Word } from './query';

/** How many objects are looked at before the time is. */
export const objectsAtOnce = 64;

/** What a search reads of a catalog. */
export type SearchedCatalog = Pick<
	Catalog,
	'get' | 'findByName' | 'objectsOf' | 'organizationIds' | 'organizations' | 'openedAt'
>;

/** The objects of one organization, in order of their names, with what is searched of each at the same place. */
export interface SearchableShelf {
	readonly objects: readonly KnownObject[];
	readonly names: string[];
	readonly contexts: SearchableContext[];
}

/** A key context as it is searched, one for all objects that share it. All texts are folded. */
export interface SearchableContext {
	readonly number: number;
	readonly context: KeyContext;
	/** In the order of the names in `context`. */
	readonly values: readonly string[];
	/** The name of the organization that it belongs to; empty where none is known. */
	readonly organization: string;
}

/** How well a word fits a key context, and where: in a pair, or, without one, in the organization's name. */
export interface ContextHit {
	readonly fit: Fit;
	readonly pair: PairHit | undefined;
}

/** Where a word is in the value of a pair: about there, since case and accents are left out. */
export interface PairHit {
	readonly name: string;
	readonly at: number;
}

const noHit: ContextHit = { fit: 0, pair: undefined };

/** Makes all objects of a catalog ready for being searched. It takes its time, in pieces. */
export async function makeSearchable(catalog: SearchedCatalog): Promise<readonly SearchableShelf[]> {
	const shelves = [...catalog.organizationIds(), undefined].map((id): SearchableShelf => {
		// A copy: what comes meanwhile would move the others.
		return { objects: [...catalog.objectsOf(id)], names: [], contexts: [] };
	});
	const { items, lookedUp } = catalog.organizations;
	const organizations = new Map([...items, ...lookedUp].map(({ id, name }) => [id, name]));
	const contexts = new Map<KeyContext, SearchableContext>();
	const pieces = new Pieces();
	for (const { objects, names, contexts: ofObjects } of shelves) {
		for (const { name, keyContext } of objects) {
			names.push(folded(name));
			let context = contexts.get(keyContext);
			if (!context) {
				const organization = organizations.get(organizationIdOf(keyContext) ?? '') ?? '';
				const values = Object.values(keyContext).map(folded);
				context = { number: contexts.size, context: keyContext, values, organization: folded(organization) };
				contexts.set(keyContext, context);
			}
			ofObjects.push(context);
			if (names.length % objectsAtOnce === 0 && pieces.isOver) await pieces.next();
		}
		if (pieces.isOver) await pieces.next();
	}
	return shelves;
}

/** Where a word fits a key context best. */
export function hitIn({ context, values, organization }: SearchableContext, { text, pair }: Word): ContextHit {
	let hit = noHit;
	const names = Object.keys(context);
	for (const [index, value] of values.entries()) {
		const name = names[index] ?? '';
		const ofPair = pair && folded(name) === pair.name ? literalFit(pair.value, value) : 0;
		const isPair = ofPair === 4 || (ofPair === 3 && !pair?.isWhole);
		const fit = isPair ? ofPair : literalFit(text, value);
		if (fit > hit.fit) hit = { fit, pair: { name, at: isPair ? 0 : value.indexOf(text) } };
	}
	const fit = literalFit(text, organization);
	// Its id may well have the same text, and says less.
	return fit > 0 && fit >= hit.fit ? { fit, pair: undefined } : hit;
}
