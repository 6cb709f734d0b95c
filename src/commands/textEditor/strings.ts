import { commentsOf } from './comments';
import { isProse, literalLanguage } from './languages';
import { escapesWithBackslash, goesOverLines, hasTripleQuotes, isDoubled, quotes, type StringAt } from './stringStyles';

/** A text that is a whole string, with its quotes. */
export interface WholeString extends StringAt {
	readonly text: string;
}

const longestPrefix = 40;
/** So many characters before a value tell whether it begins there. */
const longestKey = 500;
/** What begins a comment, a heredoc or an escape in one language or another. */
const mayBeSkipped = new Set(['/', '#', '<', '\\']);
const whole = /^([A-Za-z@$]{0,3})("""|'''|["'`])([^]*)\2$/;

/**
 * The string that is open at the end of what stands before a place, as far as it is told: from the document's beginning in
 * languages whose strings go over lines, else from the line's. Undefined where none is. A heredoc counts as one without a
 * quote.
 */
export function openString(languageId: string, before: string): StringAt | undefined {
	const language = literalLanguage(languageId);
	if (isProse(language)) return undefined;
	let open: { readonly quote: string; readonly isTriple: boolean; readonly at: number } | undefined;
	const stringOf = (found: NonNullable<typeof open>) => ({
		quote: found.quote,
		isTriple: found.isTriple,
		prefix: lineBefore(before, found.at, longestPrefix),
		content: before.slice(found.at + (found.isTriple ? 3 : 1)),
	});
	let isEscaping = false;
	let isDoubling = false;
	let hasLines = false;
	const lastLine = before.lastIndexOf('\n') + 1;
	for (let at = 0; at < before.length; at++) {
		const char = before.charAt(at);
		if (open === undefined) {
			const skipped = skippedAt(language, before, at, lastLine);
			if (skipped > at) {
				if (skipped > before.length) return { quote: '', isTriple: false, prefix: '', content: before.slice(at) };
				at = skipped - 1;
				continue;
			}
			if (!quotes.includes(char) || !mayBegin(language, before, at)) continue;
			const isTriple = hasTripleQuotes(language, char) && before.startsWith(char.repeat(3), at);
			open = { quote: char, isTriple, at };
			isEscaping = escapesWithBackslash(language, stringOf(open));
			isDoubling = isDoubled(language, stringOf(open));
			hasLines = goesOverLines(language, stringOf(open));
			if (isTriple) at += 2;
		} else if (isEscaping && char === '\\') at++;
		else if (char === '\n' && !hasLines) open = undefined;
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

/**
 * Where a comment, a heredoc or an escaped character ends that begins at a place outside of strings; the place itself where
 * none does, and a place behind the end for a heredoc that is open there.
 */
function skippedAt(language: string, before: string, at: number, lastLine: number): number {
	if (!mayBeSkipped.has(before.charAt(at))) return at;
	const { line, isBlock, heredoc, isHeredocEndAlone = false, escape } = commentsOf(language);
	if (escape && before[at] === '\\') return Math.min(at + 2, before.length);
	if (line.some((mark) => before.startsWith(mark, at)) && (before[at] !== '#' || !/\S/.test(before.charAt(at - 1)))) {
		return endOf(before, '\n', at);
	}
	if (isBlock && before.startsWith('/*', at)) return endOf(before, '*/', at + 2);
	if (!heredoc || before[at] !== '<') return at;
	heredoc.lastIndex = at;
	const [all, ...words] = heredoc.exec(before) ?? [];
	const word = words.find((found) => found !== undefined);
	if (all === undefined || word === undefined || before[at - 1] === '<') return at;
	// What else stands in its line is no part of it.
	if (at >= lastLine) return at + all.length;
	const lineEnd = before.indexOf('\n', at);
	const literal = word.replaceAll(/[^\w]/g, '\\$&');
	const end = new RegExp(isHeredocEndAlone ? `^\\t*${literal}$` : `^[ \\t]*${literal}\\b`, 'm').exec(
		before.slice(lineEnd + 1),
	);
	return end ? lineEnd + 1 + end.index + end[0].length : before.length + 1;
}

const endOf = (text: string, mark: string, from: number): number => {
	const at = text.indexOf(mark, from);
	return at < 0 ? text.length : at + mark.length;
};

/** What stands before a place in its line, as far as a limit. */
function lineBefore(text: string, at: number, most: number): string {
	const part = text.slice(Math.max(0, at - most), at);
	return part.slice(part.lastIndexOf('\n') + 1);
}

/** The string that a text is, from its prefix and first quote to its last; there may be several, though. */
export function wholeString(languageId: string, text: string): WholeString | undefined {
	const [, prefix = '', marks = '', inner] = whole.exec(text) ?? [];
	if (inner === undefined || (prefix !== '' && !hasPrefixes(literalLanguage(languageId)))) return undefined;
	if (marks.length === 3 && !hasTripleQuotes(literalLanguage(languageId), marks.charAt(0))) return undefined;
	return { quote: marks.charAt(0), isTriple: marks.length === 3, prefix, content: '', text: inner };
}

/** True where letters before a string may be a part of it. */
function hasPrefixes(language: string): boolean {
	return !['json', 'yaml', 'dotenv', 'ini', 'properties', 'shellscript', 'go', 'ruby', 'php'].includes(language);
}

/** True where what stands before a string may be a part of it, such as a prefix or a tag. */
export function touches(before: string): boolean {
	return /[\p{L}\p{N}_@$]$/u.test(before);
}

/** True where a string ends in the part of the line behind a place in it. */
export function endsIn(after: string, { quote, isTriple }: StringAt): boolean {
	return after.includes(isTriple ? quote.repeat(3) : quote);
}

/** In these languages a quote in the middle of a value is a character like others. */
function mayBegin(language: string, before: string, at: number): boolean {
	if (language !== 'yaml' && language !== 'dotenv') return true;
	const line = lineBefore(before, at, longestKey);
	if (language === 'dotenv') return /^\s*(?:export\s+)?[\w.-]+\s*[=:]\s*$/.test(line);
	const text = line.trimEnd();
	const sign = text.slice(-1);
	if (sign === '' || '[{'.includes(sign)) return true;
	if (sign === ',') return /[[{]/.test(text);
	if (line.length === text.length) return false;
	return sign === ':' || ('-?'.includes(sign) && /^\s*(?:[^\s:]+:\s+)?(?:[-?]\s+)*[-?]$/.test(text));
}
