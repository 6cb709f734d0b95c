import { isSameKeyContext, organizationIdOf } from './keyContext';
import { KnownObjects } from './knownObjects';
import { ListedObjects } from './listedObjects';
import type { KeyContext, KnownObject, ObjectSummary, Organization, VaultEvent, VaultEventMark } from './model';

/** How much later than the change itself its event may be made, in ms. */
const eventLag = 1000;

/** An event that tells a key context. */
export type ContextEvent = Extract<VaultEvent, { readonly kind: 'created' | 'updated' }>;

/** A key context that was told for a name. */
export interface ToldContext extends VaultEventMark {
	readonly name: string;
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

/**
 * What a catalog knows, and the rules by which it learns. Calls nobody. `touched` collects the organizations whose
 * objects changed, until somebody takes it.
 */
export class CatalogState {
	readonly objects = new KnownObjects();
	/** Objects that were listed, and that have to be looked up: mostly, their key context is not known yet. */
	readonly unplaced = new ListedObjects();
	/** Listed objects that can't be looked up, each for a reason of its own. */
	readonly unreadable = new Map<string, ObjectSummary>();
	/** Key contexts that events told, of names that were not listed yet. */
	readonly told = new Map<string, ToldContext>();
	/** Names that events told of after everything was listed: they are in a list by now, or gone again. */
	readonly missing = new Set<string>();
	/** When objects were found gone, in ms by this machine's clock, by id. */
	readonly gone = new Map<string, number>();
	readonly unseen = new Map<string, Unseen>();
	/** When a person last opened an object, in ms, by id. */
	readonly opened = new Map<string, number>();
	/** Organizations by id, in the vault's order; undefined until the first page was there. */
	organizations: readonly Organization[] | undefined;
	/** Where the list of organizations goes on. */
	moreOrganizations: string | undefined;
	/** How far the first list of all objects is; undefined when it is done. */
	listing: Place | undefined = { after: undefined };
	/** How far the first reading of key contexts from events is; undefined when it is done. */
	reading: Place | undefined = { after: undefined };
	/** The newest event that was taken in. */
	mark: VaultEventMark | undefined;
	/** When the vault last refused to tell events, in ms. */
	refusedEventsAt: number | undefined;
	/** When everything was last listed, in ms. */
	listedAt: number | undefined;
	/** Changes that were made before this time, in ms by the vault's clock, are known. */
	knownUntil = 0;
	/** When events were last followed, in ms by this machine's clock. */
	followedAt = 0;
	touched = new Set<string | undefined>();

	/** How many objects the vault has, as far as it was listed. */
	get listed(): number {
		return this.objects.size + this.unplaced.size + this.unreadable.size;
	}

	/**
	 * Takes in a row of a list that was asked for at `askedAt`. A known object costs nothing more: its key context never
	 * changes.
	 */
	takeRow(row: ObjectSummary, askedAt: number): void {
		const { id, name, updatedAt } = row;
		if ((this.gone.get(id) ?? 0) >= askedAt) return;
		this.gone.delete(id);
		const known = this.objects.get(id);
		if (known) {
			if (!updatedAt || !isLater(updatedAt, known.updatedAt)) return;
			this.put({ ...known, updatedAt, updatedBy: undefined, versionId: undefined });
			this.#markUnseen(id, undefined);
			return;
		}
		const told = this.told.get(name);
		if (told && isOf(told, row)) this.#place(row, told);
		else this.unplaced.put(row);
	}

	/** Takes in the first rows of a list: what changed before the latest of these changes is in it, or was known already. */
	noteStart(rows: readonly ObjectSummary[]): void {
		for (const { updatedAt } of rows) this.knownUntil = Math.max(this.knownUntil, updatedAt?.getTime() ?? 0);
	}

	/**
	 * Takes in a key context that an event told, whichever way events are read, and gives it to the listed object that it
	 * is of. Answers whether it is news.
	 */
	takeContext(event: ContextEvent): boolean {
		const { id, at, name, keyContext, by } = event;
		const before = this.told.get(name);
		if (before && !isAfter(event, before)) return false;
		const known = this.objects.named(name);
		if (known && !isLater(at, known.updatedAt)) return false;
		const told = { id, at, name, keyContext, by };
		this.told.set(name, told);
		const row = this.unplaced.named(name);
		if (row && isOf(told, row)) this.#place(row, told);
		return before === undefined;
	}

	/** Takes in what happened after the mark; events come in the order in which they happened. */
	follow(event: VaultEvent): void {
		switch (event.kind) {
			case 'created':
			case 'updated':
				this.#followChange(event);
				break;
			case 'deleted':
				this.#followDeletion(event.name, event.at);
				break;
			case 'organization':
				this.#followOrganization(event.organization);
				break;
			case 'organizationDeleted':
				this.organizations = this.organizations?.filter(({ id }) => id !== event.organizationId);
				break;
			case 'dataKey':
				break;
		}
		this.mark = { id: event.id, at: event.at };
	}

	put(object: KnownObject): void {
		const before = this.objects.get(object.id);
		if (!before || !isSame(before, object)) {
			if (before) this.#touch(before);
			this.objects.put(object);
			this.#touch(object);
		}
		this.unplaced.delete(object.id);
		this.unreadable.delete(object.id);
		this.gone.delete(object.id);
	}

	/** Forgets an object that is gone. */
	remove(id: string): void {
		this.unplaced.delete(id);
		this.unreadable.delete(id);
		this.unseen.delete(id);
		this.opened.delete(id);
		this.gone.set(id, Date.now());
		const object = this.objects.remove(id);
		if (object) this.#touch(object);
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

	/** Lets go of names that events told of and no list has: they are gone again. */
	forgetMissing(): void {
		for (const name of this.missing) this.told.delete(name);
		this.missing.clear();
	}

	#followChange(event: ContextEvent): void {
		const { name, at, by, kind } = event;
		const known = this.objects.named(name);
		if (known && !isLater(at, known.updatedAt)) return;
		if (known && kind === 'updated') {
			this.put({ ...known, updatedAt: at, updatedBy: by, versionId: undefined });
			this.#markUnseen(known.id, by);
			return;
		}
		// Another object of this name: the one that we know was deleted before.
		if (known) this.remove(known.id);
		this.missing.add(name);
		this.takeContext(event);
	}

	#followDeletion(name: string, at: Date): void {
		const known = this.objects.named(name);
		if (known && known.updatedAt <= at) this.remove(known.id);
		const row = this.unplaced.named(name);
		if (row?.updatedAt && row.updatedAt <= at) this.remove(row.id);
		const told = this.told.get(name);
		if (told && told.at <= at) this.told.delete(name);
		this.missing.delete(name);
	}

	#followOrganization(organization: Organization): void {
		const known = this.organizations;
		if (!known) return;
		const isKnown = known.some(({ id }) => id === organization.id);
		// The vault lists the newest first.
		this.organizations = isKnown
			? known.map((one) => (one.id === organization.id ? organization : one))
			: [organization, ...known];
	}

	#place({ id, name, updatedAt }: ObjectSummary, { keyContext, by, at }: ToldContext): void {
		this.put({ id, name, keyContext, updatedAt: updatedAt ?? at, updatedBy: by, versionId: undefined });
		this.told.delete(name);
		if (this.missing.delete(name)) this.#markUnseen(id, by);
	}

	#markUnseen(id: string, by: string | undefined): void {
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

/** True when the event is the last change of the listed object: neither missed one in between, nor is it of another object. */
function isOf({ at }: ToldContext, { updatedAt }: ObjectSummary): boolean {
	return updatedAt !== undefined && Math.abs(at.getTime() - updatedAt.getTime()) <= eventLag;
}

function isAfter(a: VaultEventMark, b: VaultEventMark): boolean {
	return a.at.getTime() - b.at.getTime() > 0 || (a.at.getTime() === b.at.getTime() && a.id > b.id);
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
