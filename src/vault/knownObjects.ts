import { organizationIdOf } from './keyContext';
import type { KeyContext, KnownObject } from './model';

/** The objects of one organization; in order of their names once they were asked for. */
interface Shelf {
	readonly objects: KnownObject[];
	isSorted: boolean;
}

/**
 * Objects in memory, found by id, by name and by organization. Names are unique: a new object of a name takes the place
 * of the one that had it. Equal key contexts and names of people are kept once.
 */
export class KnownObjects {
	readonly #byId = new Map<string, KnownObject>();
	readonly #byName = new Map<string, KnownObject>();
	readonly #shelves = new Map<string | undefined, Shelf>();
	readonly #contexts = new Map<string, KeyContext>();
	readonly #sharedContexts = new Set<KeyContext>();
	readonly #people = new Map<string, string>();

	get size(): number {
		return this.#byId.size;
	}

	get(id: string): KnownObject | undefined {
		return this.#byId.get(id);
	}

	named(name: string): KnownObject | undefined {
		return this.#byName.get(name);
	}

	all(): IterableIterator<KnownObject> {
		return this.#byId.values();
	}

	/** The ids of the organizations that there are objects of; undefined for those without one. */
	organizations(): IterableIterator<string | undefined> {
		return this.#shelves.keys();
	}

	/** The objects of one organization (undefined: those without one), by name. */
	of(organizationId: string | undefined): readonly KnownObject[] {
		const shelf = this.#shelves.get(organizationId);
		if (!shelf) return [];
		if (!shelf.isSorted) shelf.objects.sort(byName);
		shelf.isSorted = true;
		return shelf.objects;
	}

	/** How many objects of one organization (undefined: of those without one) are of a kind. */
	count(organizationId: string | undefined, isOfKind: (object: KnownObject) => boolean): number {
		return this.#shelves.get(organizationId)?.objects.filter(isOfKind).length ?? 0;
	}

	/** Takes an object in, in the place of what was known of it. */
	put(object: KnownObject): void {
		const kept = this.#shared(object);
		const before = this.#byId.get(kept.id);
		const namesake = this.#byName.get(kept.name);
		if (namesake && namesake.id !== kept.id) this.remove(namesake.id);
		if (before && before.name !== kept.name) this.#byName.delete(before.name);
		this.#byId.set(kept.id, kept);
		this.#byName.set(kept.name, kept);
		const shelf = this.#shelf(kept);
		if (before && this.#shelf(before) === shelf && before.name === kept.name) {
			shelf.objects[shelf.objects.indexOf(before)] = kept;
			return;
		}
		if (before) this.#unshelve(before);
		shelf.isSorted = false;
		shelf.objects.push(kept);
	}

	/** Forgets an object. Answers what was known of it. */
	remove(id: string): KnownObject | undefined {
		const object = this.#byId.get(id);
		if (!object) return undefined;
		this.#byId.delete(id);
		if (this.#byName.get(object.name) === object) this.#byName.delete(object.name);
		this.#unshelve(object);
		return object;
	}

	#shelf({ keyContext }: KnownObject): Shelf {
		const id = organizationIdOf(keyContext);
		let shelf = this.#shelves.get(id);
		if (!shelf) this.#shelves.set(id, (shelf = { objects: [], isSorted: true }));
		return shelf;
	}

	#unshelve(object: KnownObject): void {
		const { objects } = this.#shelf(object);
		objects.splice(objects.indexOf(object), 1);
		if (objects.length === 0) this.#shelves.delete(organizationIdOf(object.keyContext));
	}

	#sharedContext(context: KeyContext): KeyContext {
		if (this.#sharedContexts.has(context)) return context;
		const shared = one(this.#contexts, JSON.stringify(context), context);
		this.#sharedContexts.add(shared);
		return shared;
	}

	#shared(object: KnownObject): KnownObject {
		const { id, name, updatedAt, updatedBy, versionId } = object;
		const keyContext = this.#sharedContext(object.keyContext);
		const person = updatedBy === undefined ? undefined : one(this.#people, updatedBy, updatedBy);
		return { id, name, keyContext, updatedAt, updatedBy: person, versionId };
	}
}

function one<T>(pool: Map<string, T>, key: string, value: T): T {
	const kept = pool.get(key);
	if (kept === undefined) pool.set(key, value);
	return kept ?? value;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Orders objects by name, as a person counts: `key 2` before `key 10`. */
export function byName(a: KnownObject, b: KnownObject): number {
	return collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);
}
