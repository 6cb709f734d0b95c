import type { Draft } from '../../vault/drafts/draft';
import type { KnownObject } from '../../vault/model';

/** The drafts that this window has, their editors open or closed, and what is kept of them. */
export interface Drafts {
	/** The draft in the active editor, as far as its keys have come through. */
	readonly active: Draft | undefined;
	/** The draft in front, where nothing else is in front in another group: which has the focus is not always told. */
	readonly inFront: Draft | undefined;
	/**
	 * Brings a draft's text up to the last key that was typed.
	 * @throws an error while that key is not known here
	 */
	catchUp(draft: Draft): void;
	/** Keeps a draft and opens its editor, or brings that to the front. False where it is read-only: the editor can't hold its text exactly. */
	edit(draft: Draft): Promise<boolean>;
	/** Whether a draft's last words are on the disk, encrypted, and not in this window's memory alone. */
	isKept(draft: Draft): boolean;
	/** True while a draft is in memory, its editor open or closed. */
	holds(draft: Draft): boolean;
	/** True once a draft was discarded, or put away by a lock: nothing may be done with this one any more. */
	isGone(draft: Draft): boolean;
	/** The draft of an object, open, closed, or left by a window that ended. */
	draftOf(objectId: string): Promise<Draft | undefined>;
	/** Drafts that are not published, open, closed, or left by windows that ended. */
	unpublished(): Promise<readonly Draft[]>;
	/** Remembers that this window published an object's current version: that is no news to whoever sees an older one in it. */
	rememberPublished(published: KnownObject): void;
	/** Replaces the text as an edit, so that undo brings the old one back. */
	replaceText(draft: Draft, text: string): Promise<void>;
	/** Closes the editor of a draft, and forgets it. False where it holds what is not published, to the last key: then it is kept. */
	close(draft: Draft): Promise<boolean>;
	/** Forgets a draft for good and closes its editor. */
	discard(draft: Draft): Promise<void>;
}
