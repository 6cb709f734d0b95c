import type { KnownObject, ObjectSummary } from '../model';
import { firstArrangement, isArrangement, type Arrangement } from '../outline/arrangement';
import { isLater, isSameTime } from './changeTimes';
import {
	Announcements,
	type AnnouncedContext,
	type AnnouncementsSnapshot,
	type ContextEvent,
} from './known/announcements';
import { Attention, type AttentionSnapshot } from './known/attention';
import { EventProgress, type EventMark, type EventsSnapshot } from './known/eventProgress';
import { KnownObjects, type KnownObjectsSnapshot } from './known/knownObjects';
import { KnownOrganizations, type OrganizationsSnapshot } from './known/knownOrganizations';
import { ListingProgress, type ListingSnapshot } from './known/listingProgress';
import { ObjectIndex } from './known/objectIndex';
import type { RowLists, RowNumbers } from './known/rows';

/** What a state knows besides the objects whose key context is known, as plain data. */
export interface StateSnapshot
	extends
		KnownObjectsSnapshot,
		ListingSnapshot,
		EventsSnapshot,
		AnnouncementsSnapshot,
		OrganizationsSnapshot,
		AttentionSnapshot {
	readonly arrangement?: Arrangement | undefined;
}

/**
 * What a catalog knows, and the rules by which one part of it changes with another; `applyEvents.ts` has those of events.
 * Calls nobody. Where two sources disagree, neither is believed: the object is in doubt until it was looked up.
 */
export class CatalogState {
	readonly listing: ListingProgress;
	readonly events: EventProgress;
	readonly announcements: Announcements;
	readonly organizations: KnownOrganizations;
	readonly #known: KnownObjects;
	readonly #attention: Attention;
	#arrangement: Arrangement;

	/**
	 * @param objects those that are known so far; they are this state's from now on
	 * @param kept what else an earlier state handed on
	 */
	constructor(objects = new ObjectIndex(), kept?: StateSnapshot & RowLists) {
		this.#known = new KnownObjects(objects, kept);
		this.listing = new ListingProgress(kept);
		this.events = new EventProgress(kept);
		this.announcements = new Announcements(kept);
		this.organizations = new KnownOrganizations(kept);
		this.#attention = new Attention(kept, (id) => objects.get(id) !== undefined);
		this.#arrangement = isArrangement(kept?.arrangement) ? kept.arrangement : firstArrangement;
	}

	/** The objects. Other parts change with one that is looked up or removed: the state itself does that. */
	get known(): Omit<KnownObjects, 'putLookedUp' | 'remove' | 'renew' | 'restart'> {
		return this.#known;
	}

	/** What a person has looked at. What a row says changes with an opened object: the state itself does that. */
	get attention(): Omit<Attention, 'open' | 'forget'> {
		return this.#attention;
	}

	/** How a person arranged what is known. */
	get arrangement(): Arrangement {
		return this.#arrangement;
	}

	/** True until everything was listed and each key context was found out. */
	get isUnfinished(): boolean {
		return this.listing.cursor !== undefined || this.#known.pending.withoutContext.size > 0;
	}

	/** A list has this row. A known object costs nothing more: its key context never changes. */
	applyRow(row: ObjectSummary): void {
		const { id, name, updatedAt } = row;
		const before = this.#known.objects.get(id);
		this.#known.confirm(id);
		if (before) {
			if (!updatedAt || isSameTime(updatedAt, before.updatedAt)) return;
			// What our own call brought meanwhile is newer than this answer, or the vault's clock was set back.
			if (updatedAt < before.updatedAt) return this.#known.doubt(before);
			this.#known.put({ ...before, updatedAt, updatedBy: undefined, versionId: undefined });
			this.announcements.forgetEvent(id);
			this.#attention.markUnseen(id, undefined);
			return;
		}
		const announced = this.announcements.get(name);
		if (this.#known.gone.has(id)) this.#known.doubt(row);
		else if (announced && isOf(announced, row)) this.#identify(row, announced);
		else this.#known.addWithoutContext(row);
	}

	/**
	 * An event announced a key context, where events are read from the newest on. The listed object that it is of gets it.
	 * Returns whether it is news.
	 */
	applyOlderEvent(event: ContextEvent): boolean {
		const { at, name } = event;
		if (this.announcements.get(name)) return false;
		const known = this.#known.objects.named(name);
		if (known && !isLater(at, known.updatedAt)) return false;
		this.announce(event);
		return true;
	}

	/** A look-up brought an object. */
	applyLookedUp(object: KnownObject): void {
		const isNews = !this.#known.objects.get(object.id) && this.announcements.find(object.name);
		this.#known.putLookedUp(object);
		this.announcements.forgetContext(object.name);
		if (isNews) this.#attention.markUnseen(object.id, object.updatedBy);
	}

	/** A look-up found an object gone. Where an event announced its name, that was of another one. */
	applyNotFound({ id, name }: ObjectSummary): void {
		const wasDoubted = this.#known.pending.doubted.has(id);
		this.remove(id);
		const isAnother = wasDoubted && this.announcements.get(name) !== undefined;
		if (isAnother && !this.announcements.isMissing(name)) this.announcements.miss(name);
	}

	/** A call of our own brought an object. Its answer may be older than what is known: then it is looked up again. */
	applyAnswer(object: KnownObject): void {
		const { id, name, updatedAt } = object;
		const before = this.#known.objects.get(id);
		const isOlder = before && isLater(before.updatedAt, updatedAt);
		const isGone = !before && this.#known.gone.isGone(object);
		this.announcements.find(name);
		this.#known.put(object);
		if (!before) this.#known.addUnproven(id);
		else if (updatedAt > before.updatedAt) this.announcements.forgetEvent(id);
		if (isOlder || isGone) this.#known.doubt(object);
	}

	/** Forgets an object that is gone. Returns whether it was shown or counted. */
	remove(id: string): boolean {
		this.announcements.forgetEvent(id);
		this.#attention.forget(id);
		return this.#known.remove(id);
	}

	/** A person opened it: what others changed has been seen. */
	open(id: string): void {
		if (this.#attention.open(id)) this.#known.renew(id);
	}

	/** A person arranged the tree. */
	arrange(arrangement: Arrangement): void {
		this.#arrangement = arrangement;
	}

	/** Begins to read events from a mark on. Everything is to be listed after it. @param more where older events go on */
	begin(mark: EventMark, more: string | undefined): void {
		this.events.begin(mark, more);
		this.listing.restart();
		this.organizations.restart();
		this.announcements.restart();
		this.#known.restart();
	}

	/** Everything is listed that was asked for then, in ms. */
	endListing(askedAt: number): void {
		this.listing.end(askedAt);
		this.#known.doubtUnproven();
	}

	/** Keeps the key context that an event announced, until a row of that name is listed, or gives it to the one that is. */
	announce(event: ContextEvent): void {
		const announced = this.announcements.announce(event);
		const row = this.#known.pending.withoutContext.named(event.name);
		if (row && isOf(announced, row)) this.#identify(row, announced);
	}

	/** What is known besides the objects whose key context is, as plain data. */
	toSnapshot(numbers: RowNumbers): StateSnapshot {
		return {
			...this.#known.toSnapshot(),
			...this.listing.toSnapshot(),
			...this.events.toSnapshot(),
			...this.announcements.toSnapshot(numbers),
			...this.organizations.toSnapshot(),
			...this.#attention.toSnapshot(),
			arrangement: this.#arrangement,
		};
	}

	/** The key context of a listed object is found. */
	#identify({ id, name, updatedAt }: ObjectSummary, { keyContext, by, at }: AnnouncedContext): void {
		this.#known.put({ id, name, keyContext, updatedAt: updatedAt ?? at, updatedBy: by, versionId: undefined });
		this.announcements.forgetContext(name);
		if (this.announcements.find(name)) this.#attention.markUnseen(id, by);
	}
}

/** True when the event is the last change of the listed object: neither missed one in between, nor is it of another object. */
function isOf({ at }: AnnouncedContext, { updatedAt }: ObjectSummary): boolean {
	return updatedAt !== undefined && isSameTime(at, updatedAt);
}
