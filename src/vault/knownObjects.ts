import { organizationIdOf } from './keyContext';
import type { KeyContext, KnownObject } from './model';

/** The objects of one organization; in order of their names once they were asked for. */
interface Shelf {
	readonly objects: KnownObject[];
	isSorted: boolean;
}

/**
 * Objects in memory, found by id, by name and by organization. Of two objects of one name, the one that was put last is
 * found by it. Equal key contexts and names of people are kept once.
 */
export class KnownObjects {
	readonly #byId = new Map<string, KnownObject>();
	readonly #byName = new Map<string, KnownObject>();
	/** Ids of objects that have one name, where there are several. */
	readonly #namesakes = new Map<string, Set<string>>();
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

	/** All objects of a name: while one is taken for another, there may be several. */
	allNamed(name: string): KnownObject[] {
		const ids = this.#namesakes.get(name);
		if (ids) return [...ids].flatMap((id) => this.#byId.get(id) ?? []);
		return [this.#byName.get(name) ?? []].flat();
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
		if (before && before.name !== kept.name) this.#unname(before);
		const namesake = this.#byName.get(kept.name);
		if (namesake && namesake.id !== kept.id) {
			const ids = this.#namesakes.get(kept.name) ?? new Set([namesake.id]);
			this.#namesakes.set(kept.name, ids.add(kept.id));
		}
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
		this.#unname(object);
		this.#unshelve(object);
		return object;
	}

	#unname({ id, name }: KnownObject): void {
		const ids = this.#namesakes.get(name);
		ids?.delete(id);
		if (this.#byName.get(name)?.id === id) this.#byName.delete(name);
		const [left] = ids ?? [];
		const namesake = left === undefined ? undefined : this.#byId.get(left);
		if (namesake && !this.#byName.has(name)) this.#byName.set(name, namesake);
		if (ids && ids.size < 2) this.#namesakes.delete(name);
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
