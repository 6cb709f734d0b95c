import { organizationIdOf } from '../../keyContext';
import type { KeyContext, KnownObject } from '../../model';

/** What can be asked of an index; only the state of the catalog changes it. */
export type ReadonlyObjectIndex = Omit<ObjectIndex, 'put' | 'remove'>;

/**
 * Objects in memory, found by id, by name and by organization. Of two objects of one name, the one that was put last is
 * found by it. Equal key contexts and names of people are kept once.
 */
export class ObjectIndex {
	readonly #byId = new Map<string, KnownObject>();
	readonly #byName = new Map<string, KnownObject>();
	/** Ids of objects that have one name, where there are several. */
	readonly #namesakes = new Map<string, Set<string>>();
	/** The objects of each organization, in order of their names. */
	readonly #shelves = new Map<string | undefined, KnownObject[]>();
	readonly #contexts = new Map<string, KeyContext>();
	/** The organization of each key context that is kept. */
	readonly #organizations = new Map<KeyContext, string | undefined>();
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

	/** How many objects have which key context. */
	contexts(): Map<KeyContext, number> {
		const counts = new Map<KeyContext, number>();
		for (const { keyContext } of this.#byId.values()) counts.set(keyContext, (counts.get(keyContext) ?? 0) + 1);
		return counts;
	}

	/** The ids of the organizations that there are objects of; undefined for those without one. */
	organizations(): IterableIterator<string | undefined> {
		return this.#shelves.keys();
	}

	/** The objects of one organization (undefined: those without one), by name. */
	of(organizationId: string | undefined): readonly KnownObject[] {
		return this.#shelves.get(organizationId) ?? [];
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
		this.#shelve(kept, before);
	}

	/** Forgets an object. Returns what was known of it. */
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

	/** Puts an object in its place at once: to sort thousands in one go would hold everything up. */
	#shelve(object: KnownObject, before: KnownObject | undefined): void {
		const organization = this.#organizations.get(object.keyContext);
		if (before) {
			const shelf = this.#shelves.get(organization);
			const at = shelf && before.name === object.name ? indexIn(shelf, before) : -1;
			if (shelf && at >= 0) {
				shelf[at] = object;
				return;
			}
			this.#unshelve(before);
		}
		const shelf = this.#shelves.get(organization);
		if (!shelf) this.#shelves.set(organization, [object]);
		else insert(object, shelf);
	}

	#unshelve(object: KnownObject): void {
		const organization = this.#organizations.get(object.keyContext);
		const shelf = this.#shelves.get(organization);
		if (!shelf) return;
		shelf.splice(indexIn(shelf, object), 1);
		if (shelf.length === 0) this.#shelves.delete(organization);
	}

	#sharedContext(context: KeyContext): KeyContext {
		if (this.#organizations.has(context)) return context;
		const shared = one(this.#contexts, JSON.stringify(context), context);
		if (shared === context) this.#organizations.set(context, organizationIdOf(context));
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

/** Puts an object among others that are in order. */
function insert(object: KnownObject, shelf: KnownObject[]): void {
	const last = shelf.at(-1);
	// What was kept comes in order.
	if (!last || byName(last, object) < 0) shelf.push(object);
	else shelf.splice(positionFor(object, shelf), 0, object);
}

/** Where an object stands among others that are in order. */
function indexIn(shelf: readonly KnownObject[], object: KnownObject): number {
	const at = positionFor(object, shelf);
	return shelf[at] === object ? at : shelf.indexOf(object);
}

/** Where an object belongs among others that are in order, and not all before it. */
function positionFor(object: KnownObject, shelf: readonly KnownObject[]): number {
	let [low, high] = [0, shelf.length - 1];
	while (low < high) {
		const middle = (low + high) >>> 1;
		const there = shelf[middle];
		if (there && byName(there, object) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Orders objects by name. */
export function byName(a: KnownObject, b: KnownObject): number {
	return compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1);
}

/** Orders names as a person counts: `key 2` before `key 10`. */
export function compareNames(a: string, b: string): number {
	return collator.compare(a, b);
}
