import {
	escapesWithBackslash,
	hasTripleQuotes,
	isDoubled,
	isProse,
	literalLanguage,
	quotes,
	type StringAt,
} from './languages';

/** A text that is a whole string, with its quotes. */
export interface WholeString extends StringAt {
	readonly text: string;
}

const longestPrefix = 40;
const whole = /^([A-Za-z@$]{0,3})("""|'''|["'`])([^]*)\2$/;

/** The string that is open at the end of the part of a line; undefined where none is. */
export function openString(languageId: string, before: string): StringAt | undefined {
	const language = literalLanguage(languageId);
	if (isProse(language)) return undefined;
	let open: { readonly quote: string; readonly isTriple: boolean; readonly at: number } | undefined;
	const stringOf = (found: NonNullable<typeof open>) => ({
		quote: found.quote,
		isTriple: found.isTriple,
		prefix: before.slice(Math.max(0, found.at - longestPrefix), found.at),
		content: before.slice(found.at + (found.isTriple ? 3 : 1)),
	});
	let isEscaping = false;
	let isDoubling = false;
	for (let at = 0; at < before.length; at++) {
		const char = before.charAt(at);
		if (open === undefined) {
			if (!quotes.includes(char) || !mayBegin(language, before, at)) continue;
			const isTriple = hasTripleQuotes(language, char) && before.startsWith(char.repeat(3), at);
			open = { quote: char, isTriple, at };
			isEscaping = escapesWithBackslash(language, stringOf(open));
			isDoubling = isDoubled(language, stringOf(open));
			if (isTriple) at += 2;
		} else if (isEscaping && char === '\\') at++;
		else if (char === open.quote) {
			if (isDoubling && before[at + 1] === char) at++;
			else if (!open.isTriple) open = undefined;
			else if (before.startsWith(char.repeat(3), at)) {
				at += 2;
				open = undefined;
			}
		}
	}
	return open && stringOf(open);
}

/** The string that a text is, from its prefix and first quote to its last; there may be several, though. */
export function wholeString(text: string): WholeString | undefined {
	const [, prefix = '', marks = '', inner] = whole.exec(text) ?? [];
	if (inner === undefined) return undefined;
	return { quote: marks.charAt(0), isTriple: marks.length === 3, prefix, content: '', text: inner };
}

/** True where a string ends in the part of the line behind a place in it. */
export function endsIn(after: string, { quote, isTriple }: StringAt): boolean {
	return after.includes(isTriple ? quote.repeat(3) : quote);
}

/** In these languages a quote in the middle of a value is a character like others. */
function mayBegin(language: string, before: string, at: number): boolean {
	if (language !== 'yaml' && language !== 'dotenv') return true;
	let last = at - 1;
	while (last >= 0 && /\s/.test(before.charAt(last))) last--;
	const sign = before.charAt(last);
	if (language === 'dotenv') return sign === '=' || sign === ':';
	return sign === '' || '[{,'.includes(sign) || (last < at - 1 && ':-?'.includes(sign));
}
