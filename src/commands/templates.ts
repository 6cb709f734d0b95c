import type { Layout } from '../vault/envelope';

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

/**
 * Fills the placeholder of a template. In code the text becomes a string: in the quotes that stood around what is
 * replaced, or else in double quotes. A placeholder that stands alone, or in quotes of the template, takes the bare text.
 * @param quote the quote on either side of what is replaced, or an empty text
 */
export function fill(template: string, placeholder: string, text: string, quote: string): Snippet {
	const mark = `\${${placeholder}}`;
	if (template.trim() === mark) return { text: quote === '' ? text : escaped(text, quote), takesQuotes: false };
	const parts = template.split(mark);
	const own = quote === '' ? languageQuotes : quote;
	const filled = parts.slice(1).reduce((before, after) => {
		const around = before.at(-1) ?? '';
		const isQuoted = quotes.includes(around) && after.startsWith(around);
		return before + (isQuoted ? escaped(text, around) : own + escaped(text, own) + own) + after;
	}, parts[0] ?? '');
	return { text: filled, takesQuotes: quote !== '' };
}

/** What can stand around a string. */
export const quotes: readonly string[] = ['"', "'", '`'];

function escaped(text: string, quote: string): string {
	return text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
}
