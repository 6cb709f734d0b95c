/** A part of the page that comes with an answer of the vault. `unasked`: nobody has asked yet, and a person can. */
export type Part<T> =
	| { readonly state: 'unasked' }
	| { readonly state: 'loading' }
	| { readonly state: 'failed'; readonly sentence: string }
	| { readonly state: 'shown'; readonly value: T };

/** A label with what belongs to it. */
export interface Detail {
	readonly label: string;
	readonly text: string;
}

/** A row of the list of versions. */
export interface VersionLine {
	readonly id: string;
	readonly number: number;
	/** When it was published, in words: how long ago, and the time. */
	readonly age: string;
	readonly time: string;
	readonly size: string;
	readonly isCurrent: boolean;
	/** The oldest version of the same value, by its number. */
	readonly sameAs: number | undefined;
}

/** The list of versions, newest first. */
export interface VersionLines {
	readonly lines: readonly VersionLine[];
	/** How many more are known than `lines` has. */
	readonly left: number;
	/** Why the values of older ones are not to be had, in a sentence, or an empty text. */
	readonly withheld: string;
}

/** A line of code, or a command, that reads the object. */
export interface CodeLine {
	readonly language: string;
	readonly text: string;
}

/** A row of the list of what was done with the object. */
export interface ActivityLine {
	readonly kind: 'created' | 'updated' | 'deleted' | 'read';
	/** The kind in words. */
	readonly what: string;
	readonly by: string;
	readonly through: string;
	readonly age: string;
	readonly time: string;
	readonly note: string;
}

/** Reads and changes of a day: as figures for the chart, and in words, which also tell what was not looked at. */
export interface ActivityDay {
	readonly day: string;
	readonly reads: string;
	readonly changes: string;
	readonly readCount: number;
	readonly changeCount: number;
}

/** Who read and who changed the object, as far as it was looked for. */
export interface ActivityContent {
	/** How far it was looked, and what follows from that. */
	readonly reach: readonly string[];
	readonly lines: readonly ActivityLine[];
	/** How many more are known than `lines` has. */
	readonly left: number;
	/** The oldest first. */
	readonly days: readonly ActivityDay[];
	readonly isAsking: boolean;
	readonly hasMore: boolean;
	/** Why the last look failed, in a sentence, or an empty text. */
	readonly failure: string;
}

/** A pair of the key context. */
export interface Chip {
	readonly name: string;
	readonly value: string;
}

/** All that the page shows of an object: every text as it is drawn. Never a value. */
export interface ObjectContent {
	readonly name: string;
	readonly organization: string;
	readonly connection: string;
	readonly isProduction: boolean;
	/** What others changed, in a sentence, or an empty text. */
	readonly changedByOthers: string;
	readonly chips: readonly Chip[];
	readonly versions: Part<VersionLines>;
	readonly activity: ActivityContent;
	readonly use: readonly CodeLine[];
	readonly details: readonly Detail[];
	/** What may be a mistake in its key context or its name, each in a sentence. */
	readonly hints: readonly string[];
	/** What could not be learnt for the details, in a sentence, or an empty text. */
	readonly detailsFailure: string;
	/** True on a page that VS Code restored: it asks nobody until the person wants it. */
	readonly isRestored: boolean;
}

/** A value, for as long as a person looks at it. */
export interface ShownValue {
	readonly text: string;
	/** What it is, where it is more than a text. */
	readonly kind: string | undefined;
	readonly facts: readonly Detail[];
}

/** What the page offers where it shows no object. */
export type WayOut = 'unlock' | 'connect' | 'refresh';

/** What the page is told. */
export type ToObjectPage =
	| { readonly type: 'show'; readonly content: ObjectContent }
	| { readonly type: 'value'; readonly value: ShownValue }
	/** Forget the value, and say this in its place. */
	| { readonly type: 'hide'; readonly sentence: string }
	/** Forget the object, and say why, with a button that helps. */
	| { readonly type: 'blank'; readonly sentence: string; readonly wayOut: WayOut | undefined };

/** What a person did in the page. */
export type ObjectAct =
	| {
			readonly act:
				| 'reveal'
				| 'hide'
				| 'openValue'
				| 'edit'
				| 'copyValue'
				| 'copyName'
				| 'copyLink'
				| 'insert'
				| 'delete'
				| 'look'
				| WayOut;
	  }
	| { readonly act: 'lookFurtherBack' | 'cancelLooking' }
	/** Look at the events of a day, as `2026-11-12`. */
	| { readonly act: 'jump'; readonly day: string }
	/** Show in the tree what has this pair of the key context: the one at this place. */
	| { readonly act: 'filter'; readonly index: number }
	| { readonly act: 'revealVersion' | 'compare' | 'restore'; readonly versionId: string }
	| { readonly act: 'copyLine'; readonly index: number }
	/** Copy a field of the value that is shown. */
	| { readonly act: 'copyField'; readonly text: string };

/** What the page tells. */
export type FromObjectPage =
	/** It is there, and has nothing to show yet. Its clock is the person's: the extension may run elsewhere. */
	| { readonly type: 'ready'; readonly timeZone: string }
	/** The person looks; once a second at most. */
	| { readonly type: 'used' }
	| ({ readonly type: 'act' } & ObjectAct);
