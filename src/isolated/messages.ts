/** How a text's lines end. */
export type LineEnd = '\n' | '\r\n';

/** A replaced stretch of a text in which every line end counts as one character, `\n`. */
export interface Splice {
	readonly from: number;
	readonly to: number;
	readonly insert: string;
}

/** One change: its splices in order, none overlapping, at positions in the text before it. */
export interface Change {
	readonly splices: readonly Splice[];
	/** The length of the text after it. */
	readonly length: number;
	readonly lineEnd: LineEnd;
	/** Counts the changes since the text was opened, from 1. */
	readonly sequence: number;
}

/** All that the page has. */
export interface Whole {
	readonly text: string;
	readonly lineEnd: LineEnd;
	/** Of the last change that is in it. */
	readonly sequence: number;
}

/** A text with the name that a person knows it by. */
export interface Named {
	readonly name: string;
	readonly text: string;
}

/** What the page is told. */
export type ToPage =
	/** Show one text; what was there before is forgotten, undo included. */
	| (Named & { readonly type: 'open'; readonly isReadOnly: boolean; readonly status: string })
	| { readonly type: 'compare'; readonly left: Named; readonly right: Named; readonly status: string }
	| { readonly type: 'status'; readonly status: string }
	/** Say this above the text, until it is empty again. */
	| { readonly type: 'notice'; readonly notice: string }
	/** Replace the text, as one edit that can be undone. */
	| { readonly type: 'replace'; readonly text: string }
	/** Send the whole text. */
	| { readonly type: 'send' }
	/** Forget the text, and say in its place how it is seen again. */
	| { readonly type: 'hide'; readonly sentence: string };

/** What the page tells. */
export type FromPage =
	/** It is there, and has nothing to show yet. */
	| { readonly type: 'ready' }
	| (Change & { readonly type: 'changed' })
	| (Whole & { readonly type: 'whole' })
	/** The person looks or types; once a second at most. */
	| { readonly type: 'used' };
