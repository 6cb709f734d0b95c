import type { KnownActivity } from '../vault/activity/knownActivity';
import type { VaultApi } from '../vault/api';
import type { TextLines } from '../vault/base64Runs';
import type { Catalog } from '../vault/catalog';
import type { TextRange } from '../vault/ciphertextChoice';
import type { TextPosition } from '../vault/ciphertextSearch';
import type { Draft } from '../vault/draft';
import type { Event } from '../vault/event';
import type { KnownObject } from '../vault/model';
import type { Outline } from '../vault/outline';
import type { OutlineNode } from '../vault/outline/nodes';
import type { Snippet, Templates } from './templates';

/** An API key with its endpoint. The key itself is in SecretStorage only. */
export interface Connection {
	readonly id: string;
	readonly name: string;
	/** The vault's address; for Local Vault the word `local`, whose address changes with each start. */
	readonly endpoint: string;
	readonly isProduction: boolean;
}

/** The endpoint that stands for Local Vault. */
export const localEndpoint = 'local';

/** A connection in use. */
export interface Session {
	readonly connection: Connection;
	readonly api: VaultApi;
	readonly catalog: Catalog;
	readonly outline: Outline;
	readonly activity: KnownActivity;
}

/** What is known of a vault without asking it. */
export interface KnownVault {
	/** Undefined as long as no object's metadata told it. */
	readonly environmentId: string | undefined;
	get(id: string): KnownObject | undefined;
}

/** The connections of this person, and the one that is in use in this window. */
export interface Connections {
	readonly session: Session | undefined;
	readonly onDidChangeSession: Event<void>;
	list(): readonly Connection[];
	/** What this machine keeps of a connection's catalog; undefined where it keeps none. No vault is asked. */
	known(connection: Connection): Promise<KnownVault | undefined>;
	/**
	 * Makes two real calls with a key, and keeps nothing.
	 * @throws VaultError when the vault refuses the key or can't be reached
	 */
	probe(endpoint: string, apiKey: string): Promise<void>;
	/** Keeps a connection with its key and uses it. */
	add(connection: Connection, apiKey: string): Promise<void>;
	/** Replaces a connection's key. */
	replaceKey(connection: Connection, apiKey: string): Promise<void>;
	/** Starts Local Vault where it does not run yet, and uses it; with `mayBeEmpty` also where the key of the one before is gone. */
	useLocalVault(mayBeEmpty?: boolean): Promise<void>;
	use(connection: Connection): Promise<void>;
	/** Removes a connection and its key, here and in every other window. */
	remove(connection: Connection): Promise<void>;
	/** Ids of the API keys on this machine that belong to no connection in the list. */
	strayKeys(): Promise<readonly string[]>;
	/** Deletes such keys. */
	removeStrayKeys(ids: readonly string[]): Promise<void>;
	/** Marks a connection as one to a production environment, or takes the mark away. */
	setProduction(connection: Connection, isProduction: boolean): Promise<void>;
}

/** What keeps values from view, in every window of this person. */
export interface Privacy {
	/** While locked, no key is in memory, nothing is shown, and drafts are kept encrypted. */
	readonly isLocked: boolean;
	/** In presentation mode values are withheld altogether. */
	readonly isPresenting: boolean;
	/** Resolves when it took in this window. */
	setLocked(isLocked: boolean): Promise<void>;
	setPresenting(isPresenting: boolean): Promise<void>;
}

/** Until when production connections may be changed, in this window. Without an allowance they are read-only. */
export interface Allowances {
	readonly onDidChange: Event<void>;
	/** Until when a connection may be changed; undefined where it is read-only. */
	until(connectionId: string): Date | undefined;
	/** Allows changes for ten minutes from now on. */
	allow(connectionId: string): void;
	/** Takes back what was allowed. */
	revokeAll(): void;
}

/** One row of a list to pick from. */
export interface Choice<T> {
	readonly label: string;
	readonly value: T;
	readonly description?: string | undefined;
	readonly detail?: string | undefined;
	readonly icon?: string | undefined;
}

/** One row of a list to pick several from. */
export interface CheckedChoice<T> extends Choice<T> {
	/** Whether the row is checked before the person touches it. */
	readonly isChecked: boolean;
}

/** A question with a line of text as its answer. */
export interface Question {
	readonly title: string;
	readonly prompt: string;
	readonly placeholder?: string;
	readonly value?: string;
	readonly isMasked?: boolean;
	/** A sentence that says what is wrong with the text, or undefined. Asked while the person types, and on Enter. */
	readonly validate?: (text: string) => string | undefined | Promise<string | undefined>;
}

/** A list that is searched while a person types. */
export interface Search<T> {
	readonly title: string;
	readonly placeholder: string;
	/**
	 * What is known, the likeliest first, without a request. Asked with every key, and whenever more became known; the
	 * signal is aborted when nobody waits for the answer any more.
	 */
	readonly known: (text: string, signal: AbortSignal) => Promise<readonly Choice<T>[]>;
	/**
	 * What the vault finds, to stand below that. Asked in a pause of the typing, never for an empty text. Its failure ends
	 * the search only where nothing is known.
	 */
	readonly find: (text: string, signal: AbortSignal) => Promise<readonly Choice<T>[]>;
	/** What stands in the list where nothing matches, after the vault was asked; it can't be picked. */
	readonly none: (text: string) => Choice<undefined>;
	/** Fires when `known` may answer something else. */
	readonly onDidLearn: Event<unknown>;
}

/** What a flow says to a person, and asks. Every question answers undefined when the person leaves it. */
export interface Ui {
	input(question: Question): Promise<string | undefined>;
	/** The note stands there whole, whatever is typed, and a screen reader says it with the question. */
	pick<T>(title: string, placeholder: string, choices: readonly Choice<T>[], note?: string): Promise<T | undefined>;
	/** The same. Answers the values of the rows that are checked in the end. */
	pickMany<T>(
		title: string,
		placeholder: string,
		choices: readonly CheckedChoice<T>[],
		note?: string,
	): Promise<T[] | undefined>;
	/** The texts come trimmed. Nothing is listed twice, and the row that a person is on stays theirs. */
	search<T extends { readonly id: string }>(search: Search<T>): Promise<T | undefined>;
	/** A modal question before something that can't be taken back. */
	confirm(message: string, detail: string, action: string): Promise<boolean>;
	/**
	 * Tells, by eye and by ear, of a change of state that the person caused: in one short sentence that goes by itself. It
	 * never holds a secret.
	 */
	announce(message: string): void;
	say<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined>;
	warn<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined>;
	/**
	 * Shows that something runs, and how far it is, as it tells; `signal` is aborted when the person cancels. Answers
	 * undefined when it fails then.
	 */
	progress<T>(
		title: string,
		run: (signal: AbortSignal, tell: (howFar: string) => void) => Promise<T>,
	): Promise<T | undefined>;
	/** The bytes of a file that the person chooses with a button of this name. */
	openFile(title: string, button: string): Promise<Uint8Array | undefined>;
	/** The bytes of the file at an address; undefined where the person was told that it is too large. */
	readFile(address: string): Promise<Uint8Array | undefined>;
	openUrl(url: string): Promise<void>;
	showLog(): void;
}

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

/** The clipboard. */
export interface Clipboard {
	copy(text: string): Promise<void>;
	/** Copies a value, and clears it after a while if it is still there. Answers that while, in seconds. */
	copySecret(text: string): Promise<number>;
	/** Clears a copied value at once, if it is still there. */
	clearSecret(): Promise<void>;
	read(): Promise<string>;
}

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
	document(place?: Place): OpenDocument | undefined;
}

/** A place in a document, as a link or a menu hands it to a command: where, and never what. */
export interface Place extends TextPosition {
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

/** The tree view. */
export interface View {
	/** The rows that the person selected, as they are now. */
	selection(): readonly OutlineNode[];
	/** What a row stands for now that was drawn for `element`. */
	current(element: OutlineNode): OutlineNode;
	/** Draws all rows anew, for where the editor no longer knows what one of them stands for. */
	redraw(): void;
	/** Selects an object and scrolls to it. */
	show(object: KnownObject): Promise<void>;
	/** Opens an object's page. */
	open(object: KnownObject): Promise<void>;
	/** The row that takes the place of others where these are removed: the next one, else the one before or above. */
	beside(rows: readonly OutlineNode[]): OutlineNode | undefined;
	/** True while it is seen and no editor is open: what has the focus is in it, most likely. */
	readonly isAlone: boolean;
	/** Puts the focus on a row that is there still, else on the view. */
	focus(row?: OutlineNode): Promise<void>;
}

/** Links that lead to objects. */
export interface Links {
	/** What stands before a link's path. */
	readonly origin: string;
	/** Whether this window can't open them: it is in a browser. */
	readonly isElsewhere: boolean;
}

/** Organizations that selections were encrypted for in this window, the last used first. */
export interface RecentOrganizations {
	readonly ids: readonly string[];
	use(id: string): void;
}

/** What a command works with. */
export interface App {
	readonly ui: Ui;
	readonly connections: Connections;
	readonly privacy: Privacy;
	readonly allowances: Allowances;
	readonly documents: Documents;
	readonly clipboard: Clipboard;
	readonly textEditor: TextEditor;
	readonly view: View;
	readonly recentOrganizations: RecentOrganizations;
	readonly templates: Templates;
	readonly links: Links;
	/** `WORKOS_API_KEY` of the environment, where it is set. */
	readonly environmentKey: string | undefined;
}

/** What a command was called on: rows of the tree or a file of the workspace; nothing when it comes from the palette. */
export interface Target {
	readonly nodes: readonly OutlineNode[];
	/** Whether all rows in it are meant, as with a key; a row's button means its own row, wherever the selection is. */
	readonly isOfAllRows?: boolean;
	readonly file?: { readonly name: string; readonly address: string };
	/** Whether a button of the view was used, which may be gone when its work is done. */
	readonly isFromView?: boolean;
	/** The place in a document that it was called on, in place of the cursor. */
	readonly place?: Place | undefined;
}
