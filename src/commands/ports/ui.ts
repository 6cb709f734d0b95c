import type { Event } from '../../vault/event';

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

/** What `Ui.progress` answers in place of what the work made, where the person cancelled it. */
export const cancelled = Symbol('cancelled');

/** What a flow says to a person, and asks. Every question answers undefined when the person leaves it. */
export interface Ui {
	input(question: Question): Promise<string | undefined>;
	/** The note stands there whole, whatever is typed, and a screen reader says it with the question. */
	pick<T>(title: string, placeholder: string, choices: readonly Choice<T>[], note?: string): Promise<T | undefined>;
	/** The same. Returns the values of the rows that are checked in the end. */
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
	/** Tells, in a message that stands there until the person closes it. */
	say(message: string): void;
	/** The same, of what did not go as the person meant it. */
	warn(message: string): void;
	/** The same as `say`, with buttons. */
	ask<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined>;
	/** The same as `warn`, with buttons. */
	warnAndAsk<B extends string>(message: string, ...buttons: B[]): Promise<B | undefined>;
	/**
	 * Shows that something runs, and how far it is; `signal` is aborted when the person cancels. Returns what the work made,
	 * or `cancelled` where it failed after that.
	 * @throws what the work throws: a failure that nobody asks for is told all the same
	 */
	progress<T>(
		title: string,
		run: (signal: AbortSignal, showHowFar: (howFar: string) => void) => Promise<T>,
	): Promise<T | typeof cancelled>;
	/** The bytes of a file that the person chooses with a button of this name. */
	openFile(title: string, button: string): Promise<Uint8Array | undefined>;
	/** The bytes of the file at an address; undefined where the person was told that it is too large. */
	readFile(address: string): Promise<Uint8Array | undefined>;
	openUrl(url: string): Promise<void>;
	showLog(): void;
}
