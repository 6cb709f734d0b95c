import { folded } from './likeness';

/** More than a name or a pair of a key context can have: nothing has a longer text in it. */
const longestText = 1_000;
/** Texts between blanks; in quotes, which may not be closed yet, blanks are a part of it. */
const wordPattern = /(?:"(?:[^"\\]|\\[^])*"?|\S)+/g;
const quotedPattern = /^"((?:[^"\\]|\\[^])*)("?)$/;

/** What a person looks for: an object has all of its words. */
export interface Query {
	readonly words: readonly Word[];
	/** All of them together as they were typed, where that is more than one: a name or a value may hold blanks. */
	readonly phrase: Word | undefined;
	/** True for a text that a vault's own search can find in a name. */
	readonly isForNames: boolean;
}

/** A word of a query, folded. */
export interface Word {
	readonly text: string;
	/** How a word such as `provider=openai` is read. */
	readonly pair: Pair | undefined;
}

/** A pair of a key context: the value is its beginning, or all of it. */
interface Pair {
	readonly name: string;
	readonly value: string;
	readonly isWhole: boolean;
}

/** Reads what a person typed; undefined for a text that nothing can match. */
export function parseQuery(text: string): Query | undefined {
	const trimmed = text.trim();
	if (trimmed.length > longestText) return undefined;
	const typed = new Set(trimmed.match(wordPattern));
	const words = [...typed].map(wordOf).filter((word) => word.text !== '');
	// What folds to nothing is not in everything.
	if (words.length === 0 && trimmed !== '') return undefined;
	const isForNames = trimmed !== '' && words.every(({ pair }) => !pair);
	const phrase = isForNames && words.length > 1 ? { text: folded(trimmed), pair: undefined } : undefined;
	return { words, phrase, isForNames };
}

function wordOf(typed: string): Word {
	return { text: folded(unquoted(typed)), pair: pairOf(typed) };
}

function pairOf(typed: string): Pair | undefined {
	const [, left = '', right = ''] = /^("(?:[^"\\]|\\[^])*"|[^="]*)=([^]*)$/.exec(typed) ?? [];
	const name = folded(unquoted(left));
	if (name === '') return undefined;
	// A copied key context has commas between its pairs.
	const value = right.replace(/,$/, '');
	return { name, value: folded(unquoted(value)), isWhole: quotedPattern.exec(value)?.[2] === '"' };
}

function unquoted(text: string): string {
	const [, inner] = quotedPattern.exec(text) ?? [];
	return inner === undefined ? text : inner.replaceAll(/\\(["\\])/g, '$1');
}
