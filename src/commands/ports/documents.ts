import type { Draft } from '../../vault/drafts/draft';
import type { KnownObject } from '../../vault/model';

/** What a value comes from; `comparison` is that of two versions, `conflict` that with a draft. */
export type Source = 'object' | 'version' | 'comparison' | 'conflict' | 'ciphertext' | 'dataKey' | 'report';

/** A value on its way into a virtual document. */
export interface RevealedValue {
	/** What the tab says. */
	readonly title: string;
	readonly value: string;
	readonly source: Source;
	/** Where it was an object's current value: of which one, and when that was last changed. */
	readonly of?: { readonly objectId: string; readonly updatedAt: Date } | undefined;
	/** How it is shown once more; absent where nobody can tell that from the value alone. */
	readonly again?: Again | undefined;
}

/** What showed a value, to be done once more. */
export interface Again {
	/** The same whenever the same is shown. */
	readonly id: string;
	readonly run: () => Promise<void>;
}

/** The documents that values are shown and edited in. */
export interface Documents {
	reveal(value: RevealedValue): Promise<void>;
	/** Reveals a value where no other extension can read it. */
	revealInIsolation(value: RevealedValue): Promise<void>;
	compare(left: RevealedValue, right: RevealedValue): Promise<void>;
	/** Blanks every revealed value. */
	hideAll(): void;
	/** How what a document shows, or showed before it was hidden, is shown once more: that of an address, else the one in front. */
	againFor(address: string | undefined): Again | undefined;
	/** Keeps a draft and opens its editor, or brings that to the front. False where it is read-only: the editor can't hold its text exactly. */
	edit(draft: Draft): Promise<boolean>;
	compareWithDraft(theirs: RevealedValue, draft: Draft): Promise<void>;
	/** The draft in the active editor, with every key that was typed so far in it. */
	activeDraft(): Draft | undefined;
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
	/** Takes in that this window published an object's current version: that is no news to whoever sees an older one in it. */
	takeInPublished(published: KnownObject): void;
	/** Replaces the text as an edit, so that undo brings the old one back. */
	replaceText(draft: Draft, text: string): Promise<void>;
	/** Closes the editor of a draft, and forgets it. False where it holds what is not published, to the last key: then it is kept. */
	close(draft: Draft): Promise<boolean>;
	/** Forgets a draft for good and closes its editor. */
	discard(draft: Draft): Promise<void>;
}
