import { cleanup, go, type KeyResult } from 'fuzzysort';
import type { Catalog } from '../vault/catalog';
import { byName } from '../vault/knownObjects';
import type { KnownObject } from '../vault/model';
import { pause } from '../vault/pause';

/** How many objects are answered at most. */
const most = 100;
const preparedAtOnce = 2_000;
/** How well a text has to match to be answered at all, and to go by when the object was opened; 1 is the name itself. */
const weak = 0.25;
const good = 0.5;

/** Objects that a person opened, the last one first, and all others. */
interface Shelves {
	readonly opened: readonly KnownObject[];
	readonly others: readonly KnownObject[];
}

/** The objects of a catalog that a typed text may mean, the likeliest first. */
export class Ranking {
	#shelves: Shelves | undefined;
	#isDisposed = false;

	constructor(private readonly catalog: Pick<Catalog, 'get' | 'findByName' | 'objects' | 'openedAt'>) {}

	/**
	 * At most 100 objects: the one whose id or exact name is the text, then good matches that a person opened, the last
	 * one first, then the best of the others. An empty text matches every object, in order of their names.
	 */
	best(text: string): readonly KnownObject[] {
		const { opened, others } = (this.#shelves ??= this.#sorted());
		if (text === '') return [...opened.slice(0, most), ...firstByName(others, most - opened.length)];
		const exact = [this.catalog.get(text), this.catalog.findByName(text)].filter((object) => object !== undefined);
		const found = [
			...go(text, opened, { key: 'name', limit: 0, threshold: weak }),
			...go(text, others, { key: 'name', limit: most, threshold: weak }),
		];
		// That a person opened an object makes no good match of letters that merely occur in its name.
		const opening = ({ obj, score }: KeyResult<KnownObject>) => (score < good ? 0 : this.catalog.openedAt(obj.id));
		found.sort((a, b) => opening(b) - opening(a) || b.score - a.score || byName(a.obj, b.obj));
		return [...new Set([...exact, ...found.map(({ obj }) => obj)])].slice(0, most);
	}

	/** Makes ready for the first letters that are typed: thousands of names in one go would hold everything up. */
	async prepare(): Promise<void> {
		const objects = [...this.catalog.objects()];
		for (let at = 0; at < objects.length && !this.#isDisposed; at += preparedAtOnce) {
			// What is found is of no use: the library keeps what it made of each name.
			go('a', objects.slice(at, at + preparedAtOnce), { key: 'name', limit: 1 });
			await pause(0);
		}
	}

	/** Takes in that objects came, went or were opened. */
	outdate(): void {
		this.#shelves = undefined;
	}

	/** Lets go of all that was prepared, which is several times as large as the names. */
	dispose(): void {
		this.#isDisposed = true;
		this.outdate();
		// The library keeps every name and every text that it saw.
		cleanup();
	}

	#sorted(): Shelves {
		const opened: KnownObject[] = [];
		const others: KnownObject[] = [];
		for (const object of this.catalog.objects()) (this.catalog.openedAt(object.id) > 0 ? opened : others).push(object);
		return { opened: opened.sort((a, b) => this.#lastOpened(a, b)), others };
	}

	#lastOpened(a: KnownObject, b: KnownObject): number {
		return this.catalog.openedAt(b.id) - this.catalog.openedAt(a.id);
	}
}

/** The first ones by name; all of a large vault are never sorted for a list of a hundred. */
function firstByName(objects: readonly KnownObject[], count: number): readonly KnownObject[] {
	const first: KnownObject[] = [];
	for (const object of objects) {
		const last = first[count - 1];
		if (count <= 0 || (last && byName(last, object) <= 0)) continue;
		const place = first.findIndex((other) => byName(object, other) < 0);
		first.splice(place === -1 ? first.length : place, 0, object);
		first.splice(count);
	}
	return first;
}
