import { GoneObjects, type GoneSnapshot } from './goneObjects';
import { type ObjectIndex, type ReadonlyObjectIndex } from './objectIndex';
import { PendingObjects, type PendingSnapshot, type ReadonlyPendingObjects } from './pendingObjects';
import { isSameKeyContext, organizationIdOf } from '../../keyContext';
import type { KnownObject, ObjectMetadata, ObjectSummary } from '../../model';

export interface KnownObjectsSnapshot extends PendingSnapshot, GoneSnapshot {
	readonly environmentId?: string | undefined;
}

/** The objects of a vault: those that are known, those of which something has to be found out, and those that are gone. */
export class KnownObjects {
	readonly #objects: ObjectIndex;
	readonly #pending: PendingObjects;
	readonly #gone: GoneObjects;
	#environmentId: string | undefined;
	/** The organizations whose objects changed since somebody asked. */
	#changed = new Set<string | undefined>();

	/**
	 * @param objects those that are known so far; they are this one's from now on
	 * @param kept what else an earlier one handed on
	 */
	constructor(objects: ObjectIndex, kept?: KnownObjectsSnapshot) {
		this.#objects = objects;
		this.#pending = new PendingObjects(kept);
		this.#gone = new GoneObjects(kept);
		this.#environmentId = kept?.environmentId;
	}

	/** Those whose key context is known. */
	get objects(): ReadonlyObjectIndex {
		return this.#objects;
	}

	/** Those of which something has to be found out. */
	get pending(): ReadonlyPendingObjects {
		return this.#pending;
	}

	/** Those that are gone. */
	get gone(): Pick<GoneObjects, 'has' | 'all' | 'isGone'> {
		return this.#gone;
	}

	/** The environment that the objects are in; undefined until an object's metadata told it. */
	get environmentId(): string | undefined {
		return this.#environmentId;
	}

	/** How many objects the vault has, as far as it was listed. */
	get listed(): number {
		const { withoutContext, unreadable } = this.#pending;
		return this.#objects.size + withoutContext.size + unreadable.size;
	}

	/** The organizations whose objects changed since this was last asked (undefined: those without one). */
	drainChanged(): ReadonlySet<string | undefined> {
		const changed = this.#changed;
		this.#changed = new Set();
		return changed;
	}

	/** Takes an object in, in the place of what was known of it. */
	put(object: KnownObject | ObjectMetadata): void {
		if ('environmentId' in object) this.#environmentId = object.environmentId;
		const before = this.#objects.get(object.id);
		// Names are unique: of two, one is gone.
		if (!before) for (const namesake of this.#objects.allNamed(object.name)) this.doubt(namesake);
		if (!before || !isSame(before, object)) {
			if (before) this.#noteChanged(before);
			this.#objects.put(object);
			this.#noteChanged(object);
		}
		this.#pending.knowContext(object.id);
	}

	/** What the row of an object says of it has changed, though the object did not. */
	renew(id: string): void {
		const object = this.#objects.get(id);
		if (!object) return;
		// Who shows it compares the objects.
		this.#objects.put({ ...object });
		this.#noteChanged(object);
	}

	/** A look-up brought an object: it is there, and in no doubt. */
	putLookedUp(object: KnownObject): void {
		this.put(object);
		this.#pending.settle(object.id);
		this.#gone.forget(object.id);
	}

	/** An object was listed, and its key context is not known. */
	addWithoutContext(row: ObjectSummary): void {
		this.#pending.addWithoutContext(row);
	}

	/** A listed object can't be looked up. */
	addUnreadable(row: ObjectSummary): void {
		this.#pending.addUnreadable(row);
	}

	/** Lets go of what could not be looked up, but for those that are listed now. */
	forgetUnreadable(listed: ReadonlySet<string> = new Set()): void {
		this.#pending.forgetUnreadable((id) => !listed.has(id));
	}

	/** Neither an event nor a list has confirmed the object. */
	addUnproven(id: string): void {
		this.#pending.addUnproven(id);
	}

	/** An event or a list confirmed the object. */
	confirm(id: string): void {
		this.#pending.confirm(id);
	}

	/** Leaves it to a look-up what becomes of an object. */
	doubt(object: ObjectSummary): void {
		this.#pending.doubt(object);
	}

	/** Those that should have been confirmed by now are left to a look-up. */
	doubtUnproven(): void {
		for (const id of this.#pending.drainUnproven()) {
			const object = this.#objects.get(id);
			if (object) this.doubt(object);
		}
	}

	/** Everything will be listed anew, and has to be confirmed by that. */
	restart(): void {
		this.#pending.restart(this.#objects.all());
	}

	/** The object is gone. Returns whether it was shown or counted. */
	remove(id: string): boolean {
		const wasListed = this.#pending.unreadable.has(id) || this.#pending.withoutContext.has(id);
		this.#pending.forget(id);
		this.#gone.note(id, Date.now());
		const object = this.#objects.remove(id);
		if (object) this.#noteChanged(object);
		return wasListed || object !== undefined;
	}

	/** Another window found an object gone then, in ms. */
	noteGone(id: string, at: number): void {
		this.#gone.note(id, at);
	}

	/** An event told that an object was deleted of which nothing is known. */
	noteUnknownDeletion(name: string, at: Date): void {
		this.#gone.noteUnknown(name, at);
	}

	/** What is known besides the objects whose key context is. */
	toSnapshot(): KnownObjectsSnapshot {
		return { ...this.#pending.toSnapshot(), ...this.#gone.toSnapshot(), environmentId: this.#environmentId };
	}

	/** Another window learnt the environment. */
	mergeEnvironment({ environmentId }: Pick<KnownObjects, 'environmentId'>): void {
		this.#environmentId ??= environmentId;
	}

	#noteChanged({ keyContext }: KnownObject): void {
		this.#changed.add(organizationIdOf(keyContext));
	}
}

function isSame(a: KnownObject, b: KnownObject): boolean {
	return (
		a.name === b.name &&
		a.updatedAt.getTime() === b.updatedAt.getTime() &&
		a.updatedBy === b.updatedBy &&
		a.versionId === b.versionId &&
		isSameKeyContext(a.keyContext, b.keyContext)
	);
}
