import type { Draft } from '../../vault/drafts/draft';

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

/** The documents that values are shown in. */
export interface Documents {
	reveal(value: RevealedValue): Promise<void>;
	/** Reveals a value where no other extension can read it. */
	revealInIsolation(value: RevealedValue): Promise<void>;
	compare(left: RevealedValue, right: RevealedValue): Promise<void>;
	/** Keeps a draft, and opens it beside what somebody else published. */
	compareWithDraft(theirs: RevealedValue, draft: Draft): Promise<void>;
	/** Blanks every revealed value. */
	hideAll(): void;
	/** Has VS Code save what is in front. */
	saveInFront(): Promise<void>;
	/** The same. @returns false, and saves nothing, where a value is in front in any group, on either side of a comparison */
	saveUnlessValue(): Promise<boolean>;
	/** How what a document shows, or showed before it was hidden, is shown once more: that of an address, else the one in front. */
	againFor(address: string | undefined): Again | undefined;
}
