import type { Layout } from '../vault/envelope';
import { literalOf, quotes } from './textEditor/literals';

/** What goes into a document in the place of a secret, as the person set it for each language. */
export interface Templates {
	/** What a ciphertext becomes in a language; `${ciphertext}` stands for it. */
	encrypt(languageId: string): string;
	/** What reads an object's value in a language; `${name}` stands for the object's name. */
	reference(languageId: string): string;
	/** The layout that texts are encrypted in. */
	layout(): Layout;
}

/** What a text becomes in a document. */
export interface Snippet {
	readonly text: string;
	/** True where the quotes around the replaced text are part of `text`. */
	readonly takesQuotes: boolean;
}

const languageQuotes = '"';

/** Where a snippet goes: the document's language, and the quote on either side of what is replaced, or an empty text. */
export interface SnippetPlace {
	readonly languageId: string;
	readonly quote: string;
	/** What stands before it in its line, the quote included. */
	readonly before?: string | undefined;
}

/**
 * Fills the placeholder of a template. In code the text becomes a string: in the quotes that stood around what is
 * replaced, or else in double quotes. A placeholder that stands alone, or in quotes of the template, takes the bare text.
 * Undefined where the language can't hold the text there, or nobody knows how: it could become code.
 */
export function fill(template: string, placeholder: string, text: string, place: SnippetPlace): Snippet | undefined {
	const { languageId, quote, before: beforePlace = quote } = place;
	const mark = `\${${placeholder}}`;
	if (template.trim() === mark) {
		const alone = quote === '' ? onOneLine(text) : literalOf(languageId, text, quote, beforePlace);
		return alone === undefined ? undefined : { text: alone, takesQuotes: false };
	}
	const [first = '', ...parts] = template.split(mark);
	const own = quote === '' ? languageQuotes : quote;
	let filled = first;
	for (const after of parts) {
		const around = filled.at(-1) ?? '';
		const isQuoted = quotes.includes(around) && after.startsWith(around);
		const literal = isQuoted ? literalOf(languageId, text, around, filled) : literalOf(languageId, text, own, own);
		if (literal === undefined) return undefined;
		filled += (isQuoted ? literal : own + literal + own) + after;
	}
	return { text: filled, takesQuotes: quote !== '' };
}

/** A text that goes into a document without quotes, where a line break would begin something else. */
function onOneLine(text: string): string | undefined {
	return /[\p{Cc}\u2028\u2029]/u.test(text) ? undefined : text;
}
