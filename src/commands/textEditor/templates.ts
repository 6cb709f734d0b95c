import type { Layout } from '../../vault/ciphertext/envelope';
import { isProse, longestBefore } from './languages';
import { hasHidden, isHarmlessBare, literalOf } from './literals';
import { openString, touches, wholeString } from './strings';
import { needsBraces, needsQuotes, plainString } from './stringStyles';

/** What goes into a document in the place of a secret, as the person set it for each language. */
export interface Templates {
	/** What a ciphertext becomes in a language; `${ciphertext}` stands for it. */
	encrypt(languageId: string): string;
	/** What reads an object's value in a language; `${name}` stands for the object's name. */
	reference(languageId: string): string;
	/** The languages that have a template of their own for reading a value, by VS Code's ids. */
	languages(): readonly string[];
	/** The layout that texts are encrypted in. */
	layout(): Layout;
}

/** What a text becomes in a document. */
export interface Snippet {
	readonly text: string;
	/** True where the quotes around the replaced text are part of `text`. */
	readonly takesQuotes: boolean;
}

const usualQuote = '"';

/** Where a snippet goes: the document's language, and the quote on either side of what is replaced, or an empty text. */
export interface SnippetPlace {
	readonly languageId: string;
	readonly quote: string;
	/** What stands before it, the quote included: as `Selections` has it. */
	readonly before: string;
	/** What is replaced, if anything. */
	readonly text?: string;
}

/**
 * Fills the placeholder of a template. In code the text becomes a string: in the quotes that stood around what is
 * replaced, or else in double quotes. A placeholder that stands alone, or in quotes of the template, takes the bare text.
 * Undefined where the language can't hold the text there, or nobody knows how, and where the template makes code that would
 * be a part of a string, or touch what stands before it: {@link canFill} tells that from a text's fault.
 */
export function fill(template: string, placeholder: string, text: string, place: SnippetPlace): Snippet | undefined {
	const mark = `\${${placeholder}}`;
	if (template.trim() === mark) {
		const alone = fillAlone(text, place);
		return alone === undefined ? undefined : { text: alone, takesQuotes: false };
	}
	const { languageId, quote } = place;
	if (!mayBeCode(place)) return undefined;
	const [first = '', ...parts] = template.split(mark);
	const own = wholeString(languageId, place.text ?? '')?.quote ?? (quote === '' ? usualQuote : quote);
	let filled = first;
	for (const after of parts) {
		const around = openString(languageId, filled);
		const literal = literalOf(languageId, text, around ?? plainString(own));
		if (literal === undefined) return undefined;
		filled += (around ? literal : own + literal + own) + after;
	}
	return { text: filled, takesQuotes: quote !== '' };
}

/** Whether a place can take what a template makes of a harmless text. */
export function canFill(template: string, placeholder: string, place: SnippetPlace): boolean {
	return fill(template, placeholder, 'x', place) !== undefined;
}

function fillAlone(text: string, { languageId, before, text: replaced = '' }: SnippetPlace): string | undefined {
	if (isProse(languageId)) return /[\n\t]/.test(text) || hasHidden(text) ? undefined : text;
	if (before.length > longestBefore) return isHarmlessBare(text) ? text : undefined;
	const open = openString(languageId, before);
	if (open) return literalOf(languageId, text, open);
	const quote = wholeString(languageId, replaced)?.quote ?? (needsQuotes(languageId) ? usualQuote : undefined);
	if (quote === undefined) return isHarmlessBare(text) ? text : undefined;
	const literal = literalOf(languageId, text, plainString(quote));
	return literal === undefined ? undefined : quote + literal + quote;
}

/** Whether a place is in the text of an element, which shows code as it stands. */
function isInElement(languageId: string, before: string): boolean {
	return (
		languageId.endsWith('react') && /<[A-Za-z/][^<>]*>[^<>{}()=;]*$/.test(before.slice(before.lastIndexOf('\n') + 1))
	);
}

/** Whether code can stand in the place of what is replaced: in that of a whole string, and in no part of one. */
function mayBeCode({ languageId, quote, before, text = '' }: SnippetPlace): boolean {
	if (isProse(languageId)) return true;
	if (before.length > longestBefore) return false;
	const open = openString(languageId, before);
	if (!open)
		return quote === '' && !(wholeString(languageId, text) && touches(before)) && !isInElement(languageId, before);
	const isWhole = open.content === '' && open.quote === quote && !open.isTriple;
	return isWhole && !touches(open.prefix) && !needsBraces(languageId, open);
}
