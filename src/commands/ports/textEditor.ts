import type { TextLines } from '../../vault/ciphertext/inText/base64Runs';
import type { TextRange } from '../../vault/ciphertext/inText/selection';
import type { TextPosition } from '../../vault/ciphertext/inText/search';
import type { Snippet } from '../textEditor/templates';

/** The selections of the active text editor, at one moment. */
export interface Selections {
	/** The selected texts, in document order; empty selections are left out. */
	readonly texts: readonly string[];
	/** VS Code's id of the document's language. */
	readonly languageId: string;
	/**
	 * What stands before each selected text: from the document's beginning in languages whose strings go over lines, else
	 * from the line's. And the quote on either side of it, or an empty text.
	 */
	readonly before: readonly string[];
	readonly quotes: readonly string[];
	/** The same of each place that `insert` puts a text into. */
	readonly beforeInsertion: readonly string[];
	/** Replaces the texts in one undo step; false when the document has changed or can't be written. */
	replace(snippets: readonly Snippet[]): Promise<boolean>;
	/** Puts a text in the place of all selections and cursors, in one undo step; false as `replace`. */
	insert(text: string): Promise<boolean>;
}

/** The active text editor. */
export interface TextEditor {
	selections(): Selections | undefined;
	/** The document as it stands there, saved or not, and its file's name. */
	file(): { readonly name: string; readonly text: string } | undefined;
	/** The text of the open document of an address, where it differs from its file. */
	unsaved(address: string): string | undefined;
	/** The document in it, or else the open one of a place; undefined where there is none. */
	document(position?: DocumentPosition): OpenDocument | undefined;
}

/** A place in a document, as a link or a menu hands it to a command: where, and never what. */
export interface DocumentPosition extends TextPosition {
	readonly uri: string;
}

/** A new text for a part of a document. */
export interface Replacement extends TextRange {
	readonly text: string;
}

/** An open document, at one moment. */
export interface OpenDocument {
	readonly uri: string;
	readonly lines: TextLines;
	/** VS Code's id of its language. */
	readonly languageId: string;
	/** The selected parts, in the document's order; empty ones are left out. None where a place was asked for. */
	readonly selected: readonly TextRange[];
	/** Where the cursor is, or the place that was asked for. */
	readonly position: TextPosition;
	/** Why nothing may be written into it, or no plaintext; undefined where both may. */
	obstacle(): Promise<Obstacle | undefined>;
	/**
	 * Replaces parts in one undo step. With a `preview`, which says what is done, the person sees and chooses first.
	 * Nothing is replaced where the document has changed in the meantime.
	 */
	replace(replacements: readonly Replacement[], preview?: string): Promise<'done' | 'declined' | 'changed'>;
}

/** Of a document: it can't be written, it shows or edits a vault's value, or its folder is not trusted. */
export type Obstacle = 'readOnly' | 'vaultValue' | 'untrusted';
