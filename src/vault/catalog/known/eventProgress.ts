import type { ListCursor } from './listingProgress';
import type { VaultEvent, VaultEventMark } from '../../model';
import { isLongerAgo } from '../changeTimes';

/** How long events are not asked for after they were refused. */
const refusedForMs = 24 * 60 * 60_000;

/** Up to where events were applied. `behind` is the event before it: no cursor that leads on from here tells of that. */
export interface EventMark extends VaultEventMark {
	readonly behind: string | undefined;
}

/** Before the first event. */
export const beforeAll: EventMark = { id: '', at: new Date(0), behind: undefined };

export interface EventsSnapshot {
	readonly reading?: ListCursor | undefined;
	/** Id, time, and the event before it. */
	readonly marks?: readonly (readonly [string, number, string | undefined])[] | undefined;
	readonly refusedEventsAt?: number | undefined;
	readonly followedAt: number;
}

/** Which of the vault's events were read, and whether the vault tells them. */
export class EventProgress {
	#olderEvents: ListCursor | undefined;
	#marks: readonly EventMark[] | undefined;
	#isDistrusted = false;
	#refusedAt: number | undefined;
	#readAt = 0;

	/** @param kept what an earlier one handed on */
	constructor(kept?: EventsSnapshot) {
		if (!kept) return;
		this.#olderEvents = kept.reading;
		// In JSON there is null for what is undefined.
		this.#marks = kept.marks?.map(([id, at, behind]) => ({ id, at: new Date(at), behind: behind ?? undefined }));
		this.#refusedAt = kept.refusedEventsAt;
		this.#readAt = kept.followedAt;
	}

	/** Where the first reading of key contexts goes on; undefined when it is done, or not begun. */
	get olderEvents(): ListCursor | undefined {
		return this.#olderEvents;
	}

	/** The newest events that were applied, one for each window that applied some; undefined before the first. */
	get marks(): readonly EventMark[] | undefined {
		return this.#marks;
	}

	/** True once a cursor was of no use, until one is. */
	get isDistrusted(): boolean {
		return this.#isDistrusted;
	}

	/** True where the vault has refused to tell events, not long ago. */
	get isRefused(): boolean {
		return !isLongerAgo(this.#refusedAt, refusedForMs);
	}

	/** When events were last read, in ms by this machine's clock; 0 for never. */
	get readAt(): number {
		return this.#readAt;
	}

	/** @param more where events older than the mark go on */
	begin(mark: EventMark, more: string | undefined): void {
		this.#marks = [mark];
		this.#olderEvents = more === undefined ? undefined : { after: more };
	}

	/** A page of older events was read. */
	reachOlder(after: string | undefined): void {
		this.#olderEvents = { after };
	}

	endOlder(): void {
		this.#olderEvents = undefined;
	}

	/** Events after a mark were applied. Returns the mark in its place, and in that of those that were met on the way. */
	advance(mark: EventMark, events: readonly VaultEvent[]): EventMark {
		const [behind, newest] = [mark, ...events].slice(-2);
		if (!behind || !newest) return mark;
		const moved = { id: newest.id, at: newest.at, behind: behind.id };
		const isMet = ({ id }: EventMark) => id === mark.id || events.some((event) => event.id === id);
		this.#marks = [moved, ...(this.#marks ?? []).filter((one) => !isMet(one))];
		return moved;
	}

	/** Nothing was left after any of the marks: one of them is enough. */
	join(end: EventMark): void {
		this.#marks = [end];
	}

	noteRead(at: number): void {
		this.#readAt = at;
	}

	trust(): void {
		this.#isDistrusted = false;
	}

	distrust(): void {
		this.#isDistrusted = true;
	}

	noteRefused(): void {
		this.#refusedAt = Date.now();
	}

	/** @param isReplaced whether their marks stand for what is known here, too */
	merge(theirs: EventProgress, isReplaced: boolean): void {
		this.#marks = isReplaced ? theirs.#marks : this.#marks && marksOfBoth(this.#marks, theirs.#marks ?? []);
		this.#refusedAt ??= theirs.#refusedAt;
		this.#readAt = Math.max(this.#readAt, theirs.#readAt);
	}

	toSnapshot(): EventsSnapshot {
		return {
			reading: this.#olderEvents,
			marks: this.#marks?.map(({ id, at, behind }) => [id, at.getTime(), behind] as const),
			refusedEventsAt: this.#refusedAt,
			followedAt: this.#readAt,
		};
	}
}

/** The older ones first: the way from there mostly leads over the newer ones. */
function marksOfBoth(ours: readonly EventMark[], theirs: readonly EventMark[]): readonly EventMark[] {
	const marks = new Map([...ours, ...theirs].map((mark) => [mark.id, mark]));
	return [...marks.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}
