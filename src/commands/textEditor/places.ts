import type { TextLines } from '../../vault/ciphertext/inText/base64Runs';
import type { TextRange } from '../../vault/ciphertext/inText/selection';
import { hasStringsOverLines } from './comments';
import { hasComposeVariable, isProse, literalLanguage, longestBefore, longestRead } from './languages';
import { isHarmlessBare, isHarmlessWord, literalOf } from './literals';
import { endsIn, openString } from './strings';
import { plainString } from './stringStyles';

/** Words that YAML takes for something else than a text. */
const yamlWord = /^(?:~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan)$/i;
const yamlPlain = /^[A-Za-z_][\w./+=@-]*$/;
const dotenvPlain = /^[\w./+=@%:,-]+$/;
/** What begins a block of lines: a key or a dash, then `|` or `>`. */
const blockHeader = /^\s*(?:-\s+)*(?:[^\s"'#[{&*!|>%@`][^"'#]*:\s+)?([|>])([-+]?)\s*(?:\s#.*)?$/;
/** What may begin one, in another form. */
const likeBlockHeader = /[|>][-+\d]*\s*(?:#.*)?$/;
/** What stands before and after a value that is whole, and not a part of one: only then can it get quotes. */
const wholeInYaml = { before: /(?:^|^[\s-]*\s|:\s+)$/, after: /^(?:\s+#.*|\s*)$/ };
const wholeInFlow = { before: /[[{,:]\s*$/, after: /^\s*[,\]}]/ };
const wholeInDotenv = { before: /^[^=:]*[=:]\s*$/, after: /^(?:\s+#.*|\s*)$/ };

/**
 * A text as it has to be written in a document in the place of what stands there, so that whoever reads the document finds
 * the text; undefined where the place can't hold it, or nobody knows how.
 */
export function writtenAt(languageId: string, lines: TextLines, range: TextRange, text: string): string | undefined {
	const before = lines.lineAt(range.start.line).slice(0, range.start.offset);
	const after = lines.lineAt(range.end.line).slice(range.end.offset);
	if (isProse(languageId)) return text;
	if (hasComposeVariable(languageId, text)) return undefined;
	if (text.length > longestRead) return undefined;
	const language = literalLanguage(languageId);
	const block = language === 'yaml' ? blockAround(lines, range.start.line) : undefined;
	if (block !== undefined) return inBlock(block, before, after, text);
	const whole = textBefore(languageId, lines, range.start);
	if (whole === undefined) return isHarmlessBare(text) ? text : undefined;
	const string = openString(languageId, whole);
	// A quote in a block, or in lines without quotes, begins none: what is open there is not.
	if (language === 'yaml' && string?.content.includes('\n')) return isYamlWord(text) ? text : undefined;
	if (string && (endsIn(after, string) || string.content.includes('\n'))) return literalOf(languageId, text, string);
	if (language === 'yaml') return isPartOfLines(lines, range) ? undefined : inYaml([before, after], text);
	if (language === 'dotenv') return inDotenv([before, after], text);
	return isHarmlessBare(text) ? text : undefined;
}

/**
 * What tells which string a place is in: what stands before it in its document, or in its line where strings end with it.
 * Undefined where that is too long to look at.
 */
function textBefore(languageId: string, lines: TextLines, { line, offset }: TextRange['start']): string | undefined {
	const parts = [lines.lineAt(line).slice(0, offset)];
	let { length } = parts[0] ?? '';
	for (let above = line - 1; hasStringsOverLines(languageId) && above >= 0; above--) {
		const content = lines.lineAt(above);
		length += content.length + 1;
		parts.push(content);
		if (length > longestBefore) break;
	}
	if (length > longestBefore) return undefined;
	return parts.reverse().join('\n');
}

type Around = readonly [before: string, after: string];

function inYaml([before, after]: Around, text: string): string | undefined {
	if (isYamlWord(text)) return text;
	const isFlow = depthOf(before) > 0;
	const whole = isFlow ? wholeInFlow : wholeInYaml;
	if (!whole.before.test(before) || !whole.after.test(after)) return undefined;
	const literal = literalOf('yaml', text, plainString('"'));
	return literal === undefined ? undefined : `"${literal}"`;
}

/** True for a text that is the same in YAML without quotes. */
function isYamlWord(text: string): boolean {
	return yamlPlain.test(text) && !yamlWord.test(text);
}

/** How many brackets are open that begin a flow: in the middle of a value they are characters like others. */
function depthOf(before: string): number {
	return (before.match(/(?<=(?:^|[:\-,[{])\s*)[[{]/g)?.length ?? 0) - (before.match(/[\]}]/g)?.length ?? 0);
}

/** True where a value goes over several lines: what stands in one of them is a part of it. */
function isPartOfLines(lines: TextLines, { start, end }: TextRange): boolean {
	const column = /^\s*(?:-\s+)*/.exec(lines.lineAt(start.line))?.[0].length ?? 0;
	const next = neighbour(lines, end.line, 1);
	if (next !== undefined && indentOf(next) > column) return true;
	const isFirst = lines.lineAt(start.line).slice(0, start.offset).trim() !== '';
	const above = neighbour(lines, start.line, -1);
	return !isFirst && above !== undefined && !/[:-]\s*(?:#.*)?$/.test(above);
}

/** The next line above or below that is not blank. */
function neighbour(lines: TextLines, from: number, step: 1 | -1): string | undefined {
	for (let at = from + step; at >= 0 && at < lines.lineCount; at += step) {
		const line = lines.lineAt(at);
		if (line.trim() !== '') return line;
	}
	return undefined;
}

/** A block of lines: its style, "?" for a form that is not known, and whether the line stands deeper in it than its first. */
interface Block {
	readonly style: '|' | '>' | '?';
	readonly isDeeper: boolean;
}

/** The block of lines that a line is in. */
function blockAround(lines: TextLines, line: number): Block | undefined {
	const own = indentOf(lines.lineAt(line));
	let indent = own;
	for (let above = line - 1; above >= 0 && indent > 0; above--) {
		const content = lines.lineAt(above);
		if (content.trim() === '' || indentOf(content) >= indent) continue;
		const style = blockHeader.exec(content)?.[1];
		if (style === '|' || style === '>') return { style, isDeeper: indent < own };
		if (likeBlockHeader.test(content)) return { style: '?', isDeeper: false };
		indent = indentOf(content);
	}
	return undefined;
}

function indentOf(line: string): number {
	return line.length - line.trimStart().length;
}

function inBlock({ style, isDeeper }: Block, before: string, after: string, text: string): string | undefined {
	// The block's own end decides of line breaks at the end of the text.
	if (style === '?' || text === '' || /^\s|\s$/.test(text)) return undefined;
	if (/[^\P{Cc}\t\n]|[\u2028\u2029\ufeff]/u.test(text)) return undefined;
	// A block has a script in it, or JSON, and a quote there may begin a string of its own.
	if (before.trim() !== '' || after.trim() !== '') return isHarmlessWord(text) ? text : undefined;
	if (!text.includes('\n')) return text;
	if (style === '>' || isDeeper) return undefined;
	return text
		.split('\n')
		.map((line, index) => (index === 0 || line === '' ? line : before + line))
		.join('\n');
}

function inDotenv([before, after]: Around, text: string): string | undefined {
	if (dotenvPlain.test(text)) return text;
	if (!wholeInDotenv.before.test(before) || !wholeInDotenv.after.test(after)) return undefined;
	if (!/['\r\n\\]|\$\{/.test(text)) return `'${text}'`;
	return /["\\$`\r]/.test(text) ? undefined : `"${text.replaceAll('\n', '\\n')}"`;
}
