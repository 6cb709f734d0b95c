import { byName } from '../../vault/catalog/known/objectIndex';
import type { KnownObject } from '../../vault/model';
import { Pieces } from '../../vault/pause';
import { leastBesideExact, literalFit, scatteredFit } from './likeness';
import { parseQuery, type Query, type Word } from './query';
import {
	hitIn,
	makeSearchable,
	objectsAtOnce,
	type ContextHit,
	type PairHit,
	type SearchableContext,
	type SearchableShelf,
	type SearchedCatalog,
} from './searchable';

/** How many objects are returned at most. */
const most = 100;

/** An object that a text may mean. */
export interface Match {
	readonly object: KnownObject;
	/** What matched beside the name: its id, its organization's name, or pairs of its key context. */
	readonly by: readonly ('id' | 'organization' | PairHit)[];
}

/** How sure it is that an object is meant: its letters are scattered, or there, or all of a pair's value, or all of its name. */
type Level = 0 | 1 | 2 | 3;

interface Candidate {
	readonly object: KnownObject;
	readonly name: string;
	readonly context: SearchableContext;
	readonly level: Level;
	readonly openedAt: number;
	readonly fit: number;
}

/** The objects of a catalog that a typed text may mean, the likeliest first. */
export class Ranking {
	#shelves: Promise<readonly SearchableShelf[]> | undefined;

	constructor(private readonly catalog: SearchedCatalog) {}

	/**
	 * Returns at most 100 objects: the one of this id, then those of this name, those of which it is a value of the key
	 * context or the organization's name, those that have it in one of these, and at last those whose names have its letters in
	 * this order and little between them: beside others, only those that are clearly like it. Among equals, what a person
	 * opened last is first. Of several words, an object has all. An empty text matches every object. It takes its time in pieces, until the signal is aborted.
	 */
	async best(text: string, signal?: AbortSignal): Promise<readonly Match[]> {
		const query = parseQuery(text);
		if (!query) return [];
		const shelves = await (this.#shelves ??= makeSearchable(this.catalog));
		const search = new CatalogSearch(query, this.catalog);
		const pieces = new Pieces();
		for (const shelf of shelves) {
			for (let from = 0; from < shelf.objects.length; from += objectsAtOnce) {
				search.rank(shelf, from, Math.min(from + objectsAtOnce, shelf.objects.length));
				if (pieces.isOver) await pieces.next(signal);
			}
			search.endShelf();
		}
		signal?.throwIfAborted();
		const [ofId, named] = [this.catalog.get(text), this.catalog.findByName(text)];
		const exact: Match[] = [];
		if (ofId) exact.push({ object: ofId, by: ['id'] });
		if (named && named.id !== ofId?.id) exact.push({ object: named, by: [] });
		const ids = new Set(exact.map(({ object }) => object.id));
		return [...exact, ...search.matches.filter(({ object }) => !ids.has(object.id))].slice(0, most);
	}

	/** Takes in that objects came, went or were opened. */
	outdate(): void {
		this.#shelves = undefined;
	}
}

/** A search of the catalog for one query. */
class CatalogSearch {
	/** The best so far, in order. */
	readonly #best: Candidate[] = [];
	/** The last one of this shelf that was not good enough. */
	#lost: Candidate | undefined;
	/** By word and by the context's number. */
	readonly #hits = new Map<Word, ContextHit[]>();

	constructor(
		private readonly query: Query,
		private readonly catalog: SearchedCatalog,
	) {}

	get matches(): Match[] {
		const hasExact = this.#best.some(({ level }) => level > 0);
		const least = hasExact ? leastBesideExact * this.query.words.length : 0;
		const alike = this.#best.filter(({ level, fit }) => level > 0 || fit >= least);
		return alike.map((candidate) => ({ object: candidate.object, by: this.#by(candidate) }));
	}

	rank({ objects, names, contexts }: SearchableShelf, from: number, to: number): void {
		for (let at = from; at < to; at++) {
			const [object, name, context] = [objects[at], names[at], contexts[at]];
			if (!object || name === undefined || !context) continue;
			const candidate = this.#candidate(object, name, context);
			if (candidate) this.#keep(candidate);
		}
	}

	endShelf(): void {
		this.#lost = undefined;
	}

	#candidate(object: KnownObject, name: string, context: SearchableContext): Candidate | undefined {
		const { words, phrase } = this.query;
		let level: Level = words.length === 0 ? 1 : 3;
		let fit = 0;
		for (const word of words) {
			const found = this.#find(word, name, context);
			if (!found) return undefined;
			level = Math.min(level, found.level) as Level;
			fit += found.fit;
		}
		const whole = phrase && level > 0 ? this.#find(phrase, name, context) : undefined;
		if (whole && whole.level > 0) {
			level = Math.max(level, whole.level) as Level;
			fit += whole.fit;
		}
		return { object, name, context, level, fit, openedAt: this.catalog.openedAt(object.id) };
	}

	#find(word: Word, name: string, context: SearchableContext): Pick<Candidate, 'level' | 'fit'> | undefined {
		const ofName = literalFit(word.text, name);
		const ofContext = this.#hit(word, context).fit;
		const fit = Math.max(ofName, ofContext);
		if (fit > 0) return { level: ofName === 4 ? 3 : ofContext === 4 ? 2 : 1, fit };
		const isHopeless = (this.#best[most - 1]?.level ?? 0) > 0;
		const scattered = word.pair || isHopeless ? 0 : scatteredFit(word.text, name);
		return scattered > 0 ? { level: 0, fit: scattered } : undefined;
	}

	#hit(word: Word, context: SearchableContext): ContextHit {
		let hits = this.#hits.get(word);
		if (!hits) this.#hits.set(word, (hits = []));
		return (hits[context.number] ??= hitIn(context, word));
	}

	#keep(candidate: Candidate): void {
		// A shelf is in order: what is no better than one of it that was not good enough isn't either.
		if (this.#lost && standing(this.#lost, candidate) <= 0) return;
		const last = this.#best[most - 1];
		if (last && inOrder(last, candidate) <= 0) {
			this.#lost = candidate;
			return;
		}
		this.#best.splice(placeOf(candidate, this.#best), 0, candidate);
		this.#best.length = Math.min(this.#best.length, most);
	}

	#by({ name, context }: Candidate): Match['by'] {
		const hits = this.query.words
			.map((word) => ({ hit: this.#hit(word, context), ofName: literalFit(word.text, name) }))
			.filter(({ hit, ofName }) => hit.fit > ofName);
		const pairs = new Map(hits.map(({ hit: { pair } }) => [pair?.name, pair ?? ('organization' as const)]));
		return [...pairs.values()];
	}
}

function standing(a: Candidate, b: Candidate): number {
	return b.level - a.level || b.openedAt - a.openedAt || b.fit - a.fit;
}

function inOrder(a: Candidate, b: Candidate): number {
	return standing(a, b) || byName(a.object, b.object);
}

function placeOf(candidate: Candidate, best: readonly Candidate[]): number {
	const place = best.findIndex((other) => inOrder(candidate, other) < 0);
	return place === -1 ? best.length : place;
}
