import { ErasedNames } from './erasedNames';
import { isSameKeyContext, organizationIdOf } from '../keyContext';
import { KnownObjects } from './knownObjects';
import { ListedObjects } from './listedObjects';
import type {
	KeyContext,
	KnownObject,
	ObjectMetadata,
	ObjectSummary,
	Organization,
	VaultEvent,
	VaultEventMark,
} from '../model';
import { firstArrangement, type Arrangement } from '../outline/arrangement';

/** How much later than the change itself its event may be made, in ms. */
export const eventLag = 1000;

/** An event that tells a key context. */
export type ContextEvent = Extract<VaultEvent, { readonly kind: 'created' | 'updated' }>;

/** A key context that was told for a name. */
export interface ToldContext {
	readonly name: string;
	readonly at: Date;
	readonly keyContext: KeyContext;
	readonly by: string;
}

/** A change by somebody else that nobody here has looked at: who made it, where that is known, and when it was heard of. */
export interface Unseen {
	readonly by: string | undefined;
	readonly at: number;
}

/** How far a first list of all objects has come: to this cursor, or not begun. Undefined in the state: it is done. */
export interface Place {
	readonly after: string | undefined;
}

/** Up to where events were taken in. `behind` is the event before it: no cursor that leads on from here tells of that. */
export interface FollowMark extends VaultEventMark {
	readonly behind: string | undefined;
}

/** Before the first event. */
export const beforeAll: FollowMark = { id: '', at: new Date(0), behind: undefined };

/**
 * What a catalog knows, and the rules by which it learns; `catalog/followEvents.ts` has those of events. Calls nobody.
 * Where two sources disagree, neither is believed: the object is in doubt until it was looked up. `touched` collects the
 * organizations whose objects changed, until somebody takes it.
 */
export class CatalogState {
	readonly objects = new KnownObjects();
	/** Objects that were listed, and whose key context is not known yet. */
	readonly unplaced = new ListedObjects();
	/** Ids of objects that neither an event nor a list has confirmed: known before the mark, or from an answer that may be older. */
	readonly unproven = new Set<string>();
	/** Objects that may be gone, or another than they are taken for, by id: only a look-up tells. */
	readonly doubted = new Map<string, ObjectSummary>();
	/** Listed objects that can't be looked up, each for a reason of its own. */
	readonly unreadable = new Map<string, ObjectSummary>();
	/** Key contexts that events told, of names that were not listed yet. */
	readonly told = new Map<string, ToldContext>();
	/** Names that events told of after everything was listed, and how often a list had none of that name. */
	readonly missing = new Map<string, number>();
	/** The last event that told of the known version of an object, by the object's id; none until it was heard. */
	readonly heard = new Map<string, string>();
	/** When objects were found gone, in ms by this machine's clock, by id. */
	readonly gone = new Map<string, number>();
	readonly unseen = new Map<string, Unseen>();
	/** When a person last opened an object, in ms, by id. */
	readonly opened = new Map<string, number>();
	/** Organizations by id, in the vault's order; undefined until the first page was there. */
	organizations: readonly Organization[] | undefined;
	/** Where the list of organizations goes on. */
	moreOrganizations: string | undefined;
	/** Those that were looked up one by one, by id. */
	readonly lookedUpOrganizations = new Map<string, Organization>();
	/** True where organizations may have changed of which no event will tell. */
	areOrganizationsStale = false;
	/** How often organizations changed, or began to be followed. */
	organizationChanges = 0;
	/** How far the first list of all objects is; undefined when it is done. */
	listing: Place | undefined = { after: undefined };
	/** Where the first reading of key contexts from events goes on; undefined when it is done, or not begun. */
	reading: Place | undefined;
	/** The newest events that were taken in, one for each window that took in some; undefined before the first. */
	marks: readonly FollowMark[] | undefined;
	/** True once a cursor was of no use, until one is. */
	isDistrusted = false;
	/** When the vault last refused to tell events, in ms. */
	refusedEventsAt: number | undefined;
	/** When everything was last listed, in ms. */
	listedAt: number | undefined;
	/** Changes that were made before this time, in ms by the vault's clock, are known. */
	knownUntil = 0;
	/** When events were last followed, in ms by this machine's clock. */
	followedAt = 0;
	/** The environment that the objects are in; undefined until an object's metadata told it. */
	environmentId: string | undefined;
	/** How a person arranged what is known. */
	arrangement: Arrangement = firstArrangement;
	touched = new Set<string | undefined>();
	readonly erased = new ErasedNames();

	/** How many objects the vault has, as far as it was listed. */
	get listed(): number {
		return this.objects.size + this.unplaced.size + this.unreadable.size;
	}

	/** Takes in a row of a list. A known object costs nothing more: its key context never changes. */
	takeRow(row: ObjectSummary): void {
		const { id, name, updatedAt } = row;
		const known = this.objects.get(id);
		this.unproven.delete(id);
		if (known) {
			if (!updatedAt || isSameTime(updatedAt, known.updatedAt)) return;
			// What our own call brought meanwhile is newer than this answer, or the vault's clock was set back.
			if (updatedAt < known.updatedAt) return this.doubt(known);
			this.put({ ...known, updatedAt, updatedBy: undefined, versionId: undefined });
			this.heard.delete(id);
			this.markUnseen(id, undefined);
			return;
		}
		const told = this.told.get(name);
		if (this.gone.has(id)) this.doubt(row);
		else if (told && isOf(told, row)) this.#place(row, told);
		else this.unplaced.put(row);
	}

	/** Until when changes are known once all of a list is taken in, by its first rows, in ms. */
	knownAfter(rows: readonly ObjectSummary[]): number {
		return rows.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt?.getTime() ?? 0), this.knownUntil);
	}

	/**
	 * Takes in a key context that an event told, where events are read from the newest on, and gives it to the listed
	 * object that it is of. Returns whether it is news.
	 */
	takeContext(event: ContextEvent): boolean {
		const { at, name } = event;
		if (this.told.has(name)) return false;
		const known = this.objects.named(name);
		if (known && !isLater(at, known.updatedAt)) return false;
		this.keepTold(event);
		return true;
	}

	/** Takes in an object as it was looked up. */
	takeLookedUp(object: KnownObject): void {
		const isNews = !this.objects.get(object.id) && this.missing.delete(object.name);
		this.put(object);
		this.unproven.delete(object.id);
		this.doubted.delete(object.id);
		this.gone.delete(object.id);
		this.told.delete(object.name);
		if (isNews) this.markUnseen(object.id, object.updatedBy);
	}

	/** Takes in what a call of our own brought. Its answer may be older than what is known: then it is looked up again. */
	takeAnswer(object: KnownObject): void {
		const { id, name, updatedAt } = object;
		const before = this.objects.get(id);
		const erasedAt = this.erased.get(name);
		const isOlder = before && isLater(before.updatedAt, updatedAt);
		const isGone = !before && (this.gone.has(id) || (erasedAt && !isLater(updatedAt, erasedAt)));
		this.missing.delete(name);
		this.put(object);
		if (!before) this.unproven.add(id);
		else if (updatedAt > before.updatedAt) this.heard.delete(id);
		if (isOlder || isGone) this.doubt(object);
	}

	/** Leaves it to a look-up what becomes of an object. */
	doubt({ id, name, updatedAt }: ObjectSummary): void {
		this.unplaced.delete(id);
		this.unreadable.delete(id);
		this.doubted.set(id, { id, name, updatedAt });
	}

	/** Forgets an object that is gone. */
	remove(id: string): void {
		this.unplaced.delete(id);
		this.doubted.delete(id);
		this.unreadable.delete(id);
		this.unproven.delete(id);
		this.heard.delete(id);
		this.unseen.delete(id);
		this.opened.delete(id);
		this.gone.set(id, Date.now());
		const object = this.objects.remove(id);
		if (object) this.#touch(object);
	}

	/** Takes in that a look-up found an object gone. Where an event told of its name, that was of another one. */
	removeLookedUp({ id, name }: ObjectSummary): void {
		const wasDoubted = this.doubted.has(id);
		this.remove(id);
		if (wasDoubted && this.told.has(name) && !this.missing.has(name)) this.missing.set(name, 0);
	}

	/** Takes in that a listed object can't be looked up. */
	takeUnreadable(row: ObjectSummary): void {
		this.unplaced.delete(row.id);
		this.doubted.delete(row.id);
		this.unreadable.set(row.id, row);
	}

	/** A person opened it: what others changed has been seen. */
	open(id: string): void {
		this.opened.set(id, Date.now());
		const object = this.objects.get(id);
		// Another one: what its row says of it has changed.
		if (this.unseen.delete(id) && object) {
			this.objects.put({ ...object });
			this.#touch(object);
		}
	}

	/** Begins to follow events from a mark on. Everything is to be listed after it. @param more where older events go on */
	begin(mark: FollowMark, more: string | undefined): void {
		this.marks = [mark];
		this.reading = more === undefined ? undefined : { after: more };
		this.listing = { after: undefined };
		this.organizationChanges++;
		this.unplaced.clear();
		this.told.clear();
		this.missing.clear();
		for (const { id } of this.objects.all()) this.unproven.add(id);
	}

	/** Takes in that everything is listed. */
	endListing(askedAt: number): void {
		this.listing = undefined;
		this.listedAt = askedAt;
		this.doubtUnproven();
	}

	/** Leaves it to a look-up what becomes of objects that should have been confirmed by now. */
	doubtUnproven(): void {
		for (const id of this.unproven) {
			const object = this.objects.get(id);
			if (object) this.doubt(object);
		}
		this.unproven.clear();
	}

	/** Keeps the key context that an event told, until a row of that name is listed, or gives it to the one that is. */
	keepTold({ name, at, keyContext, by }: ContextEvent): void {
		const told = { name, at, keyContext, by };
		this.told.set(name, told);
		const row = this.unplaced.named(name);
		if (row && isOf(told, row)) this.#place(row, told);
	}

	#place({ id, name, updatedAt }: ObjectSummary, { keyContext, by, at }: ToldContext): void {
		this.put({ id, name, keyContext, updatedAt: updatedAt ?? at, updatedBy: by, versionId: undefined });
		this.told.delete(name);
		if (this.missing.delete(name)) this.markUnseen(id, by);
	}

	/** Takes an object in, in the place of what was known of it. */
	put(object: KnownObject | ObjectMetadata): void {
		if ('environmentId' in object) this.environmentId = object.environmentId;
		const before = this.objects.get(object.id);
		// Names are unique: of two, one is gone.
		if (!before) for (const namesake of this.objects.allNamed(object.name)) this.doubt(namesake);
		if (!before || !isSame(before, object)) {
			if (before) this.#touch(before);
			this.objects.put(object);
			this.#touch(object);
		}
		this.unplaced.delete(object.id);
		this.unreadable.delete(object.id);
	}

	/** Marks an object as changed by somebody else. */
	markUnseen(id: string, by: string | undefined): void {
		this.unseen.set(id, { by, at: Date.now() });
	}

	#touch({ keyContext }: KnownObject): void {
		this.touched.add(organizationIdOf(keyContext));
	}
}

/** True when `a` is a change after the one at `b`, and not the same one told with a delay. */
export function isLater(a: Date, b: Date): boolean {
	return a.getTime() - b.getTime() > eventLag;
}

/** True for two times of one change. */
export function isSameTime(a: Date, b: Date): boolean {
	return !isLater(a, b) && !isLater(b, a);
}

/** True when the event is the last change of the listed object: neither missed one in between, nor is it of another object. */
function isOf({ at }: ToldContext, { updatedAt }: ObjectSummary): boolean {
	return updatedAt !== undefined && isSameTime(at, updatedAt);
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
