import type { ReadonlyListedObjects } from './listedObjects';
import type { RowLists, RowNumbers } from './rows';
import type { KeyContext, VaultEvent } from '../../model';

/** How often a name that events announced is looked for in a list before it counts as gone again. */
const triesForMissing = 2;

/** An event that tells a key context. */
export type ContextEvent = Extract<VaultEvent, { readonly kind: 'created' | 'updated' }>;

/** The key context that an event announced for a name. */
export interface AnnouncedContext {
	readonly name: string;
	readonly at: Date;
	readonly keyContext: KeyContext;
	readonly by: string;
}

export interface AnnouncementsSnapshot {
	/** Name, key context, time, who. */
	readonly told: readonly (readonly [string, number, number, number])[];
	/** Name, and how often it was not found. */
	readonly missing: readonly (readonly [string, number])[];
}

/** What events announced of objects that no list has brought yet, and which event told of a known object last. */
export class Announcements {
	readonly #contexts = new Map<string, AnnouncedContext>();
	/** How often a list had none of a name. */
	readonly #missing: Map<string, number>;
	/** The last event of the known version of an object, by the object's id; none until it was heard. */
	readonly #lastEvents = new Map<string, string>();

	/** @param kept what an earlier one handed on */
	constructor(kept?: AnnouncementsSnapshot & RowLists) {
		this.#missing = new Map(kept?.missing);
		for (const [name, context, at, by] of kept?.told ?? []) {
			const keyContext = kept?.contexts[context] ?? {};
			this.#contexts.set(name, { name, at: new Date(at), keyContext, by: kept?.people[by] ?? '' });
		}
	}

	/** The key context that was announced for a name. */
	get(name: string): AnnouncedContext | undefined {
		return this.#contexts.get(name);
	}

	/** True while a row of this name is looked for. */
	isMissing(name: string): boolean {
		return this.#missing.has(name);
	}

	/** True while there are names that no list was asked for. */
	get hasUnsought(): boolean {
		return [...this.#missing.values()].includes(0);
	}

	/** The names that events announced and that no row has been found for. */
	sought(listed: ReadonlyListedObjects): string[] {
		return [...this.#missing.keys()].filter((name) => !listed.named(name));
	}

	/** Keeps a key context until a row of its name is listed. */
	announce({ name, at, keyContext, by }: ContextEvent): AnnouncedContext {
		const announced = { name, at, keyContext, by };
		this.#contexts.set(name, announced);
		return announced;
	}

	/** A row of this name has to be found. */
	miss(name: string): void {
		this.#missing.set(name, 0);
	}

	/** An object of this name came. Returns whether it was missing. */
	find(name: string): boolean {
		return this.#missing.delete(name);
	}

	/** The key context of this name has found its object, or is known from elsewhere. */
	forgetContext(name: string): void {
		this.#contexts.delete(name);
	}

	/** The object of this name is gone. */
	forget(name: string): void {
		this.#contexts.delete(name);
		this.#missing.delete(name);
	}

	/** A list had none of the names that were sought. Lets go of those that are gone again. */
	noteNotFound(listed: ReadonlyListedObjects): void {
		for (const name of this.sought(listed)) {
			const tries = (this.#missing.get(name) ?? 0) + 1;
			if (tries < triesForMissing) this.#missing.set(name, tries);
			else this.forget(name);
		}
	}

	/** Everything is looked up: lets go of what nobody waits for. */
	forgetUnneeded(): void {
		for (const name of this.#contexts.keys()) if (!this.#missing.has(name)) this.#contexts.delete(name);
	}

	/** Everything will be listed anew: what was announced before counts no more. */
	restart(): void {
		this.#contexts.clear();
		this.#missing.clear();
	}

	/** Keeps which event told of an object. Returns the one before it. */
	noteEvent(objectId: string, eventId: string): string | undefined {
		const before = this.#lastEvents.get(objectId);
		this.#lastEvents.set(objectId, eventId);
		return before;
	}

	/** The known version of the object is another one now, of which no event was heard. */
	forgetEvent(objectId: string): void {
		this.#lastEvents.delete(objectId);
	}

	merge(theirs: Announcements): void {
		for (const [name, announced] of theirs.#contexts) {
			if (!this.#contexts.has(name)) this.#contexts.set(name, announced);
		}
		for (const [name, tries] of theirs.#missing) if (!this.#missing.has(name)) this.#missing.set(name, tries);
	}

	toSnapshot({ contexts, people }: RowNumbers): AnnouncementsSnapshot {
		return {
			told: Array.from(
				this.#contexts.values(),
				({ name, keyContext, at, by }) => [name, contexts.of(keyContext), at.getTime(), people.of(by)] as const,
			),
			missing: [...this.#missing],
		};
	}
}
