import { literalLanguage } from './languages';

/** What can stand around a string. */
export const quotes: readonly string[] = ['"', "'", '`'];

/** A string of a program, or a quoted value, as far as the line tells in which it begins. */
export interface StringAt {
	readonly quote: string;
	/** True where three quotes begin it. */
	readonly isTriple: boolean;
	/** What stands before its first quote, as far as it can touch the string. */
	readonly prefix: string;
	/** What of it stands before the place that was asked about. */
	readonly content: string;
}

/** A string of nothing but two quotes. */
export function plainString(quote: string): StringAt {
	return { quote, isTriple: false, prefix: '', content: '' };
}

/** How a language writes a text between two quotes. */
export interface Style {
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
	/** True where `${` is guarded: quotes in a template of several lines look like a string of their own. */
	readonly guardsPlaceholders?: boolean;
	/** True where a line break is a part of the text. */
	readonly hasLines?: boolean;
	/** What is never written, as some readers take it for something else. */
	readonly refused?: RegExp;
	/** Where it occurs, nobody can tell. */
	readonly unread?: RegExp;
}

export type NumberForm = 'x' | 'u' | 'u{}' | 'U';

const control = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const raw: Style = { hasLines: true };
const json: Style = { letters: { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '/': '/' }, numbers: ['u'] };
const script: Style = {
	letters: { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
	numbers: ['x', 'u', 'u{}'],
	others: 'itself',
	guardsPlaceholders: true,
};
const scriptTemplate: Style = {
	...script,
	guardsPlaceholders: false,
	expression: /\$\{/,
	guarded: '$',
	hasLines: true,
};
const python: Style = { letters: { ...control, "'": "'", '"': '"' }, numbers: ['x', 'u', 'U'], others: 'both' };
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
	refused: /<\?/,
};
const csharp: Style = { letters: control, numbers: ['u', 'U'] };
/** What programs that read YAML put something else in the place of: workflows, Compose, templates of Helm and Ansible. */
const inYamlFiles = /\$\{|\{\{/;
const yaml: Style = {
	letters: { ...control, e: '\x1b', ' ': ' ', '/': '/', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
	numbers: ['x', 'u', 'U'],
	refused: /[\ufffe\uffff]/,
	unread: inYamlFiles,
};
const dotenv: Style = {
	letters: { n: '\n', r: '\r' },
	expression: /\$[\w{(]|`/,
	hasLines: true,
	refused: /[$`]/,
};
/** Python's reader puts something in the place of `${…}`, and some take a backslash for the beginning of an escape. */
const dotenvSingle: Style = { hasLines: true, refused: /\$\{|\\/, unread: /\$\{|\\(?:['\\]|$)/ };
const shell: Style = {
	letters: { $: '$', '`': '`' },
	others: 'both',
	expression: /[$`]/,
	guarded: '$`',
	hasLines: true,
};

/** An element's attribute has no escapes, but entities. */
const attribute: Style = { hasLines: true, unread: /&/, refused: /[&<>\n]/ };
/** What may be a program's string as well as an attribute, or a text between elements: what all of them read alike. */
const anyOfElements: Style = { unread: /[\\&{}<>]/, refused: /[\\&{}<>"'`\n]/ };

/** The styles of a language by a string's quotes and what stands before them. */
type Styles = (string: StringAt) => Style | undefined;

/** Words behind which a template is no tag's. */
const keyword = /(?:^|[^\w.$])(?:return|case|typeof|await|yield|in|of|default|throw|void|new|delete|do|else)\s+$/;

const ofScript: Styles = ({ quote, prefix }) => {
	// Elements may stand in any script.
	if (quote !== '`') return mayBeAttribute(prefix) ? anyOfElements : script;
	// A tag makes what it likes of its template.
	return /[\w$)\]>/]\s*$/.test(prefix) && !keyword.test(prefix) && !/=>\s*$/.test(prefix) ? undefined : scriptTemplate;
};
/** What stands before a string of a program; a text between elements may have the last of it, too. */
const beforeCode = /(?:\s=|[(,:[?+]|=>|\b(?:return|case|from|import))\s*$/;
const ofElements: Styles = (string) => {
	const { prefix, quote } = string;
	if (isAttribute(string)) return attribute;
	if (quote === '`') return ofScript(string);
	return beforeCode.test(prefix) && !/<[A-Za-z/]|\/>/.test(prefix) ? { ...script, refused: /[{}<>]/ } : anyOfElements;
};
/** True where an element's attribute may have its value, as its element may begin lines before. */
function mayBeAttribute(prefix: string): boolean {
	return /[\w-]=$/.test(prefix);
}
const ofYaml: Styles = ({ quote }) =>
	quote === '"' ? yaml : quote === "'" ? { isDoubled: true, unread: inYamlFiles } : undefined;

const styles: Readonly<Record<string, Styles>> = {
	json: ({ quote }) => (quote === '"' ? json : undefined),
	javascript: ofScript,
	javascriptreact: ofElements,
	python({ prefix, isTriple }) {
		const letters = /(?:^|\W)([bfrtu]{0,2})$/i.exec(prefix)?.[1]?.toLowerCase() ?? '';
		if (/[bt]/.test(letters) || letters.length > 1 || /\bf["']/i.test(prefix)) return undefined;
		if (letters === 'r') return { refused: /\\/ };
		return { ...python, hasLines: isTriple, ...(letters === 'f' && { expression: /[{}]/ }) };
	},
	go: ({ quote }) => (quote === '`' ? raw : quote === '"' ? go : undefined),
	ruby: ({ quote }) => (quote === '"' ? ruby : quote === "'" ? single : undefined),
	php({ quote, prefix }) {
		// Outside of the program, there are elements.
		if (/<[A-Za-z][^<>]*=$/.test(prefix)) return undefined;
		if (mayBeAttribute(prefix)) return anyOfElements;
		return quote === '"' ? php : quote === "'" ? single : undefined;
	},
	csharp({ quote, prefix, isTriple }) {
		// Quotes in the expressions of a string look like those of another one.
		if (quote !== '"' || isTriple || /\$@?"/.test(prefix)) return undefined;
		const isVerbatim = /@\$?$/.test(prefix);
		const expression = /\$@?$/.test(prefix) ? { expression: /[{}]/ } : {};
		return isVerbatim ? { isDoubled: true, hasLines: true, ...expression } : { ...csharp, ...expression };
	},
	yaml: ofYaml,
	dotenv: ({ quote }) => (quote === '"' ? dotenv : quote === "'" ? dotenvSingle : undefined),
	shellscript({ quote, prefix }) {
		// Quotes behind a dollar have rules of their own.
		if (prefix.endsWith('$')) return undefined;
		return quote === '"' ? shell : quote === "'" ? raw : undefined;
	},
};

/** True for a language whose strings are known here. */
export function isKnown(language: string): boolean {
	return Object.hasOwn(styles, language);
}

/** True where a text that stands in no quotes is no text, but code or a number. */
export function needsQuotes(languageId: string): boolean {
	const language = literalLanguage(languageId);
	return isKnown(language) && !['yaml', 'dotenv', 'shellscript'].includes(language);
}

/** True where a quote that is written three times begins a string. */
export function hasTripleQuotes(language: string, quote: string): boolean {
	return !isKnown(language) || language === 'python' || (language === 'csharp' && quote === '"');
}

/** True where a backslash in a string keeps the next quote from ending it. */
export function escapesWithBackslash(language: string, string: StringAt): boolean {
	const style = styleOf(language, string);
	return style ? style.letters !== undefined || language === 'python' || language === 'dotenv' : true;
}

/** True for a string that does not end with its line. */
export function goesOverLines(language: string, string: StringAt): boolean {
	if (['ruby', 'php', 'shellscript', 'yaml', 'dotenv'].includes(language) || string.isTriple) return true;
	return string.quote === '`' || (language === 'csharp' && /@\$?$/.test(string.prefix));
}

/** True where a quote that is written twice in a string is one. */
export function isDoubled(language: string, string: StringAt): boolean {
	return styleOf(language, string)?.isDoubled ?? false;
}

/** True for a string that is the value of an element's attribute. */
function isAttribute({ prefix }: StringAt): boolean {
	return /<[A-Za-z][^<>]*\s[\w:-]+=$/.test(prefix);
}

/** True where code can't take the place of a string without more: an attribute may have its value there. */
export function needsBraces(languageId: string, string: StringAt): boolean {
	const isScript = ['javascript', 'javascriptreact'].includes(literalLanguage(languageId));
	return isAttribute(string) || (isScript && mayBeAttribute(string.prefix));
}

/** How a language writes a text in a string; undefined where nobody knows. */
export function styleOf(language: string, string: StringAt): Style | undefined {
	return isKnown(language) ? styles[language]?.(string) : undefined;
}
