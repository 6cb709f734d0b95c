import { inEmoji, unseen } from '../../vault/unseen';
import { isProse, literalLanguage, longestRead } from './languages';
import { isKnown, quotes, styleOf, type NumberForm, type StringAt, type Style } from './stringStyles';

/** What a text in a document stands for: a value; an expression, whose value only the program knows; or nobody can tell. */
export type Meaning =
	{ readonly kind: 'value'; readonly value: string } | { readonly kind: 'expression' } | { readonly kind: 'unsure' };

const numberForms: Record<NumberForm, RegExp> = {
	// As a byte, and as a character it is the same up to here.
	x: /^x([0-7][\da-fA-F])/,
	u: /^u([\da-fA-F]{4})/,
	'u{}': /^u\{([\da-fA-F]{1,6})\}/,
	U: /^U([\da-fA-F]{8})/,
};

/** What may mean something else outside of quotes, by language; elsewhere, what is not a number may be code. */
const unsureBare: Readonly<Record<string, RegExp>> = {
	yaml: /[\r\n]|\$\(|^\s|\s$|:\s|:$|\s#|^[-&*!|>%@`"'[\]{},?#]|[$#]\{|\{\{/,
	dotenv: /[$`"'\\#\r\n]/,
	ini: /[\\$%"'`;#]/,
	properties: /[\\$%"'`;#]/,
};
/** What a text between quotes may need an escape for. */
const escapable = new RegExp(`(?<emoji>${inEmoji})|[\\\\"'\`$#\u2028\u2029${unseen}]`, 'gv');
const mark = /^[\\"'`$#]$/;
const emoji = new RegExp(inEmoji, 'gv');
const hidden = new RegExp(`[[\u2028\u2029${unseen}]--[\n\t]]`, 'v');
/** What may mean something else in a language that we don't know. */
const suspicious = /["'`\\&^]|\$\(|[$#]\{|[$%]\w|%\(|\{\{/;
/** What begins an expression in one language or another. */
const placeholder = /[$#]\{/;

/**
 * What a text is worth to its program that stands in a string of it.
 * @param isWhole whether the text is all that stands in the string
 */
export function meaningInString(languageId: string, text: string, string: StringAt, isWhole: boolean): Meaning {
	if (text.length > longestRead) return unsure;
	const language = literalLanguage(languageId);
	const style = styleOf(language, string);
	if (!style && isKnown(language)) return unsure;
	if (style && isWhole) {
		const value = unescaped(style, text, string);
		if (value === 'expression') return { kind: 'expression' };
		return value === undefined ? unsure : { kind: 'value', value: value.text };
	}
	if (style?.expression?.test(text)) return { kind: 'expression' };
	const isPlain = isHarmless(text) && (isKnown(language) || !text.includes('@'));
	return isPlain ? { kind: 'value', value: text } : unsure;
}

/** What a text is worth to its program that stands in none of its strings. */
export function meaningOutside(languageId: string, text: string): Meaning {
	const language = literalLanguage(languageId);
	const value: Meaning = { kind: 'value', value: text };
	if (isProse(language)) return value;
	if (text.length > longestRead) return unsure;
	const doubtful = unsureBare[language];
	if (doubtful) return doubtful.test(text) ? unsure : value;
	if (placeholder.test(text)) return { kind: 'expression' };
	if (language === 'shellscript') return isHarmlessBare(text) ? value : unsure;
	if (isKnown(language)) return /^\d+$/.test(text) ? value : unsure;
	return suspicious.test(text) ? unsure : value;
}

const unsure: Meaning = { kind: 'unsure' };

/** A text as a language writes it in a string; undefined where it can't, or nobody knows how. */
export function literalOf(languageId: string, text: string, string: StringAt): string | undefined {
	if (text.length > longestRead || !text.isWellFormed()) return undefined;
	const language = literalLanguage(languageId);
	const style = styleOf(language, string);
	// The text would be the name, or a part of the name, of what is put in there.
	if (language !== 'json' && /(?:#|\$\w*)$/.test(string.content)) return undefined;
	if (mayNest(language, string)) return isHarmlessWord(text) ? text : undefined;
	if (!style) return isHarmlessIn(language, text, string) ? text : undefined;
	if (style.refused?.test(text)) return undefined;
	if (style.expression && style.guarded === undefined && style.expression.test(text)) return undefined;
	if (style.letters) return escaped(style, text, string);
	if (hasHidden(text) || (!style.hasLines && text.includes('\n'))) return undefined;
	if (style.isDoubled) return text.replaceAll(string.quote, string.quote + string.quote);
	return text.includes(string.quote) ? undefined : text;
}

/** True where a place may be in a string of a string, which has the rules of both, or in an expression of one. */
function mayNest(language: string, { quote, content }: StringAt): boolean {
	const begins = language === 'shellscript' ? /[$#{}\n\\]/ : /[$#{}\n]/;
	return begins.test(content) || quotes.some((other) => other !== quote && content.includes(other));
}

/** True for a text that is the same in a string whose rules nobody knows. */
function isHarmlessIn(language: string, text: string, { quote }: StringAt): boolean {
	// What stands in backticks may be a command.
	if (language === 'shellscript' || quote === '`') return isHarmlessWord(text);
	// Bytes have no other characters than those of ASCII; some languages put something in the place of an @.
	return isHarmless(text) && (isKnown(language) ? /^[ -~]*$/.test(text) : !text.includes('@'));
}

/** Undefined where nobody can tell, such as where the quote in it ends the string. */
function unescaped(
	style: Style,
	text: string,
	{ quote, isTriple }: StringAt,
): { readonly text: string } | 'expression' | undefined {
	// Of a carriage return, languages make what they like.
	if (text.includes('\r') || (!style.hasLines && text.includes('\n')) || style.unread?.test(text)) return undefined;
	if (style.isDoubled) {
		if (style.expression?.test(text)) return 'expression';
		const isWhole = !text.replaceAll(quote + quote, '').includes(quote);
		return isWhole ? { text: text.replaceAll(quote + quote, quote) } : undefined;
	}
	if (!style.letters) {
		if (style.expression?.test(text)) return 'expression';
		return text.includes(quote) || /[^\P{Cc}\n\t]/u.test(text) ? undefined : { text };
	}
	// From one special character to the next: a text may have a million others.
	const special = new RegExp(['\\\\', quote, style.expression?.source].filter(Boolean).join('|'), 'gu');
	let value = '';
	let done = 0;
	for (let match = special.exec(text); match; match = special.exec(text)) {
		if (match[0] === quote) {
			if (!isTriple || text.startsWith(quote.repeat(3), match.index)) return undefined;
			continue;
		}
		if (match[0] !== '\\') return 'expression';
		const found = escapeAt(style, text, match.index + 1, quote);
		if (!found) return undefined;
		value += text.slice(done, match.index) + found.text;
		done = special.lastIndex = match.index + 1 + found.length;
	}
	return { text: value + text.slice(done) };
}

/** What stands behind a backslash, and how long it is. */
function escapeAt(style: Style, text: string, at: number, quote: string): { text: string; length: number } | undefined {
	const char = text.charAt(at);
	if (char === '') return undefined;
	if (char === '\\' || char === quote) return isEscapable(style) ? { text: char, length: 1 } : undefined;
	const letter = style.letters && Object.hasOwn(style.letters, char) ? style.letters[char] : undefined;
	if (letter !== undefined) return { text: letter, length: 1 };
	for (const form of style.numbers ?? []) {
		const [whole, digits] = numberForms[form].exec(text.slice(at, at + 12)) ?? [];
		const number = Number.parseInt(digits ?? '', 16);
		if (whole !== undefined && number <= 0x10ffff) return { text: numbered(number, form), length: whole.length };
	}
	// Digits, and a line break that is escaped: each language has rules of its own.
	if (/[\r\n\u2028\u2029]/.test(char) || (style.numbers && /[\dxuUNcCM]/.test(char))) return undefined;
	if (style.others === 'itself') return { text: char, length: 1 };
	return style.others === 'both' ? { text: `\\${char}`, length: 1 } : undefined;
}

/** Half a pair counts as itself: the other half comes next. */
function numbered(number: number, form: NumberForm): string {
	return form === 'u' ? String.fromCharCode(number) : String.fromCodePoint(number);
}

function escaped(style: Style, text: string, { quote }: StringAt): string | undefined {
	// Each character is looked at once: a text may be full of few.
	const forms = new Map<string, string | undefined>();
	let isWritable = true;
	const written = text.replaceAll(escapable, (char, emoji?: string) => {
		if (emoji !== undefined) return emoji;
		if (!forms.has(char)) forms.set(char, escapedCharacter(style, char, quote));
		const form = forms.get(char);
		isWritable &&= form !== undefined;
		return form ?? char;
	});
	if (!isWritable) return undefined;
	return style.guardsPlaceholders ? written.replaceAll('${', '\\${') : written;
}

/** How a character is written that may mean something in a string; undefined where it can't be. */
function escapedCharacter(style: Style, char: string, quote: string): string | undefined {
	const { letters = {}, numbers = [], guarded = '', hasLines = false } = style;
	if (char === '\\' || char === quote) return isEscapable(style) ? `\\${char}` : undefined;
	if (guarded.includes(char)) return `\\${char}`;
	if (mark.test(char)) return char;
	const letter = Object.keys(letters).find((one) => letters[one] === char);
	if (letter !== undefined) return `\\${letter}`;
	if (char === '\t' || (char === '\n' && hasLines)) return char;
	return numberOf(char, numbers);
}

/** How a character is written by its number: in two halves where a language has no other form. */
function numberOf(char: string, forms: readonly NumberForm[]): string | undefined {
	const code = char.codePointAt(0) ?? 0;
	if (code <= 0xffff && forms.includes('u')) return `\\u${hex(code, 4)}`;
	if (code < 0x80 && forms.includes('x')) return `\\x${hex(code, 2)}`;
	if (forms.includes('u{}')) return `\\u{${hex(code, 1)}}`;
	if (forms.includes('U')) return `\\U${hex(code, 8)}`;
	return forms.includes('u') ? char.replaceAll(/[^]/g, (half) => `\\u${hex(half.charCodeAt(0), 4)}`) : undefined;
}

/** True where a backslash makes a quote, or a backslash, a character like others; in .env files, readers disagree. */
function isEscapable({ numbers, others }: Style): boolean {
	return numbers !== undefined || others !== undefined;
}

function hex(code: number, digits: number): string {
	return code.toString(16).padStart(digits, '0');
}

/** True for a text with what nobody sees, or what turns its surroundings round: a tab and a line feed are none of that. */
export function hasHidden(text: string): boolean {
	return hidden.test(text) && hidden.test(text.replaceAll(emoji, ''));
}

/** True for a text that is the same wherever it stands: letters, digits and what base64 has. */
export function isHarmlessWord(text: string): boolean {
	return /^[\w./+=:-]*$/.test(text);
}

/** True for a text that is the same in every language's strings. */
function isHarmless(text: string): boolean {
	return /^[\p{L}\p{N} _.,:;/+=@!?*()|~^-]*$/u.test(text) && !hasHidden(text);
}

/** True for a text that is the same in every language, outside of strings, too: one word. */
export function isHarmlessBare(text: string): boolean {
	return /^[\p{L}\p{N}_./+=@:-]*$/u.test(text) && !hasHidden(text);
}
