/** What can stand around a string. */
export const quotes: readonly string[] = ['"', "'", '`'];

/** What a text in a document stands for: a value; an expression, whose value only the program knows; or nobody can tell. */
export type Meaning =
	{ readonly kind: 'value'; readonly value: string } | { readonly kind: 'expression' } | { readonly kind: 'unsure' };

/** How a language writes a text between two quotes. */
interface Style {
	/** What a letter behind a backslash stands for; without it, a backslash is a character like others. */
	readonly letters?: Readonly<Record<string, string>>;
	/** Forms of a character's number, behind a backslash. */
	readonly numbers?: readonly NumberForm[];
	/** What any other character behind a backslash stands for: itself, or both, as they stand. Else nobody can tell. */
	readonly others?: 'itself' | 'both';
	/** True where the quote is written twice to be one. */
	readonly isDoubled?: boolean;
	/** What begins an expression. */
	readonly expression?: RegExp;
	/** Characters that could begin one. */
	readonly guarded?: string;
	/** True where a line break is a part of the text. */
	readonly hasLines?: boolean;
}

type NumberForm = 'x' | 'u' | 'u{}' | 'U';

const numberForms: Record<NumberForm, RegExp> = {
	// As a byte, and as a character it is the same up to here.
	x: /^x([0-7][\da-fA-F])/,
	u: /^u([\da-fA-F]{4})/,
	'u{}': /^u\{([\da-fA-F]{1,6})\}/,
	U: /^U([\da-fA-F]{8})/,
};

const control = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const raw: Style = { hasLines: true };
const json: Style = { letters: { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '/': '/' }, numbers: ['u'] };
const script: Style = {
	letters: { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
	numbers: ['x', 'u', 'u{}'],
	others: 'itself',
};
const scriptTemplate: Style = { ...script, expression: /\$\{/, guarded: '$', hasLines: true };
/** A line break stands in it where its quotes are three. */
const python: Style = { letters: control, numbers: ['x', 'u', 'U'], others: 'both', hasLines: true };
const go: Style = { letters: control, numbers: ['x', 'u', 'U'] };
const ruby: Style = {
	letters: { ...control, e: '\x1b', s: ' ' },
	numbers: ['x', 'u', 'u{}'],
	others: 'itself',
	expression: /#[{$@]/,
	guarded: '#',
	hasLines: true,
};
const single: Style = { letters: {}, others: 'both', hasLines: true };
const php: Style = {
	letters: { n: '\n', r: '\r', t: '\t', v: '\v', f: '\f', e: '\x1b', $: '$' },
	numbers: ['x', 'u{}'],
	others: 'both',
	expression: /\$[\p{L}_{]|\{\$/u,
	guarded: '$',
	hasLines: true,
};
const csharp: Style = { letters: control, numbers: ['u', 'U'] };
const yaml: Style = {
	letters: { ...control, e: '\x1b', ' ': ' ', '/': '/', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
	numbers: ['x', 'u', 'U'],
};
const dotenv: Style = { letters: { n: '\n', r: '\r' }, expression: /\$[\w{]/, hasLines: true };
const shell: Style = {
	letters: { $: '$', '`': '`' },
	others: 'both',
	expression: /[$`]/,
	guarded: '$`',
	hasLines: true,
};

/** The styles of a language by its quotes; `prefix` is what touches the opening one. */
type Styles = (quote: string, prefix: string) => Style | undefined;

const ofScript: Styles = (quote, prefix) => {
	if (quote !== '`') return script;
	// A tag makes what it likes of its template.
	return /[\w)\]]$/.test(prefix) ? undefined : scriptTemplate;
};
const ofYaml: Styles = (quote) => (quote === '"' ? yaml : quote === "'" ? { isDoubled: true } : undefined);

const styles: Readonly<Record<string, Styles>> = {
	json: (quote) => (quote === '"' ? json : undefined),
	javascript: ofScript,
	python(_quote, prefix) {
		const letters = /(?:^|\W)([bfrtu]{0,2})$/i.exec(prefix)?.[1]?.toLowerCase() ?? '';
		if (/[bft]/.test(letters)) return letters === 'f' ? { ...python, expression: /[{}]/ } : undefined;
		return letters.includes('r') ? { hasLines: false } : python;
	},
	go: (quote) => (quote === '`' ? raw : quote === '"' ? go : undefined),
	ruby: (quote) => (quote === '"' ? ruby : quote === "'" ? single : undefined),
	php: (quote) => (quote === '"' ? php : quote === "'" ? single : undefined),
	csharp(quote, prefix) {
		if (quote !== '"') return undefined;
		const isVerbatim = /@\$?$/.test(prefix);
		const expression = /\$@?$/.test(prefix) ? { expression: /[{}]/ } : {};
		return isVerbatim ? { isDoubled: true, hasLines: true, ...expression } : { ...csharp, ...expression };
	},
	yaml: ofYaml,
	dotenv: (quote) => (quote === '"' ? dotenv : raw),
	shellscript: (quote) => (quote === '"' ? shell : quote === "'" ? raw : undefined),
};

const sameAs: Readonly<Record<string, string>> = {
	jsonc: 'json',
	jsonl: 'json',
	javascriptreact: 'javascript',
	typescript: 'javascript',
	typescriptreact: 'javascript',
	dockercompose: 'yaml',
	'github-actions-workflow': 'yaml',
};

/** Languages in which a text without quotes is what it says. */
const plainLanguages = ['plaintext', 'markdown', 'yaml', 'dotenv', 'ini', 'properties', 'csv', 'log'];

/** What may mean something else in a language that we don't know. */
const suspicious = /\\|[$#]\{|[$%]\w|%\(|\{\{/;

/** The language by whose rules another one writes its strings. */
export function literalLanguage(languageId: string): string {
	return sameAs[languageId] ?? languageId;
}

/**
 * What a text that stands in a document is worth to its program.
 * @param quote the quote on either side of it, or an empty text
 * @param before what stands before it in its line, the quote included
 */
export function meaningOf(languageId: string, text: string, quote: string, before: string): Meaning {
	const language = literalLanguage(languageId);
	if (quote !== '') return inQuotes(language, text, quote, prefixOf(before, quote));
	const own = text.charAt(0);
	const isQuoted = text.length > 1 && quotes.includes(own) && text.endsWith(own);
	if (isQuoted && Object.hasOwn(styles, language)) return inQuotes(language, text.slice(1, -1), own, before);
	if (language === 'dotenv' && /\$[\w{]/.test(text)) return { kind: 'unsure' };
	if (plainLanguages.includes(language) || !suspicious.test(text)) return { kind: 'value', value: text };
	return /[$#]\{/.test(text) ? { kind: 'expression' } : { kind: 'unsure' };
}

/**
 * A text as a language writes it between two quotes; undefined where it can't, or nobody knows how.
 * @param before what stands before it in its line, the quote included
 */
export function literalOf(languageId: string, text: string, quote: string, before: string): string | undefined {
	const language = literalLanguage(languageId);
	const style = styleOf(language, quote, prefixOf(before, quote));
	if (!style) return Object.hasOwn(styles, language) || !isHarmless(text) ? undefined : text;
	if (style.expression && style.guarded === undefined && style.expression.test(text)) return undefined;
	if (style.letters) return escaped(style, text, quote);
	if (!style.hasLines && /[\r\n]/.test(text)) return undefined;
	if (style.isDoubled) return text.replaceAll(quote, quote + quote);
	return text.includes(quote) || text.includes('\r') || (language === 'python' && text.includes('\\'))
		? undefined
		: text;
}

function inQuotes(language: string, text: string, quote: string, prefix: string): Meaning {
	const style = styleOf(language, quote, prefix);
	if (!style) {
		const isKnown = Object.hasOwn(styles, language);
		if (isKnown || suspicious.test(text) || text.includes(quote)) return { kind: 'unsure' };
		return { kind: 'value', value: text };
	}
	const value = unescaped(style, text, quote);
	if (value === 'expression') return { kind: 'expression' };
	return value === undefined ? { kind: 'unsure' } : { kind: 'value', value: value.text };
}

function styleOf(language: string, quote: string, prefix: string): Style | undefined {
	return Object.hasOwn(styles, language) ? styles[language]?.(quote, prefix) : undefined;
}

function prefixOf(before: string, quote: string): string {
	let end = before.length;
	while (end > 0 && before[end - 1] === quote) end--;
	return before.slice(Math.max(0, end - 20), end);
}

function unescaped(style: Style, text: string, quote: string): { readonly text: string } | 'expression' | undefined {
	if (!style.hasLines && /[\r\n]/.test(text)) return undefined;
	if (style.isDoubled) {
		if (style.expression?.test(text)) return 'expression';
		const isWhole = !text.replaceAll(quote + quote, '').includes(quote);
		return isWhole ? { text: text.replaceAll(quote + quote, quote) } : undefined;
	}
	if (!style.letters) return style.expression?.test(text) ? 'expression' : { text };
	// From one special character to the next: a text may have a million others.
	const special = new RegExp(['\\\\', style.expression?.source].filter(Boolean).join('|'), 'gu');
	let value = '';
	let done = 0;
	for (let match = special.exec(text); match; match = special.exec(text)) {
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
	if (/[\dxuUNcCM\r\n]/.test(char) && style.numbers) return undefined;
	if (style.others === 'itself') return { text: char, length: 1 };
	return style.others === 'both' ? { text: `\\${char}`, length: 1 } : undefined;
}

/** Half a pair counts as itself: the other half comes next. */
function numbered(number: number, form: NumberForm): string {
	return form === 'u' ? String.fromCharCode(number) : String.fromCodePoint(number);
}

function escaped(style: Style, text: string, quote: string): string | undefined {
	const { letters = {}, numbers = [], guarded = '', hasLines = false } = style;
	const byText = new Map(Object.entries(letters).map(([letter, value]) => [value, letter]));
	let written = '';
	for (const char of text) {
		const letter = byText.get(char);
		if (char === '\\' || char === quote) {
			if (!isEscapable(style)) return undefined;
			written += `\\${char}`;
		} else if (guarded.includes(char)) written += `\\${char}`;
		else if (letter !== undefined && /\p{Cc}/u.test(char)) written += `\\${letter}`;
		else if (/[\p{Cc}\u2028\u2029]/u.test(char)) {
			if (char === '\t' || (char === '\n' && hasLines)) written += char;
			else if (numbers.includes('u')) written += `\\u${hex(char, 4)}`;
			else if (numbers.includes('x') && char < '\x80') written += `\\x${hex(char, 2)}`;
			else return undefined;
		} else written += char;
	}
	return written;
}

/** True where a backslash makes a quote, or a backslash, a character like others; in .env files, readers disagree. */
function isEscapable({ numbers, others }: Style): boolean {
	return numbers !== undefined || others !== undefined;
}

function hex(char: string, digits: number): string {
	return char.charCodeAt(0).toString(16).padStart(digits, '0');
}

/** True for a text that is the same in every language's strings. */
function isHarmless(text: string): boolean {
	return /^[\p{L}\p{N} _.,:;/+=@!?*()<>|~^-]*$/u.test(text);
}
