import type { TextLines } from '../../vault/base64Runs';
import type { TextRange } from '../../vault/ciphertextChoice';
import { literalLanguage, literalOf, quotes } from './literals';

/** Words and numbers that YAML takes for something else than a text. */
const yamlWord = /^(?:~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan)$/i;
const yamlPlain = /^[A-Za-z_][\w./+=@-]*$/;
const dotenvPlain = /^[\w./+=@%:,-]+$/;
/** What holds any text as it is. */
const freeText = ['plaintext', 'markdown'];
const blockHeader = /(?:^|[\s:-])([|>])([-+]?)\s*(?:#.*)?$/;

/**
 * A text as it has to be written in a document in the place of what stands there, so that whoever reads the document finds
 * the text; undefined where the place can't hold it, or nobody knows how.
 */
export function writtenAt(languageId: string, lines: TextLines, range: TextRange, text: string): string | undefined {
	const before = lines.lineAt(range.start.line).slice(0, range.start.offset);
	const after = lines.lineAt(range.end.line).slice(range.end.offset);
	const quote = before.at(-1) ?? '';
	if (quotes.includes(quote) && after.startsWith(quote)) return literalOf(languageId, text, quote, before);
	const language = literalLanguage(languageId);
	if (freeText.includes(language)) return text;
	if (language === 'yaml') return inYaml(lines, range, before, text);
	if (language === 'dotenv') return inDotenv(text);
	return /[\r\n]/.test(text) ? undefined : text;
}

function inYaml(lines: TextLines, { start }: TextRange, before: string, text: string): string | undefined {
	const block = before.trim() === '' ? blockAround(lines, start.line, before.length) : undefined;
	if (block) return inBlock(block, before, text);
	if (yamlPlain.test(text) && !yamlWord.test(text)) return text;
	const literal = literalOf('yaml', text, '"', '"');
	return literal === undefined ? undefined : `"${literal}"`;
}

/** The block scalar that a line is in. */
function blockAround(lines: TextLines, line: number, indent: number): { style: string; chomping: string } | undefined {
	for (let above = line - 1; above >= 0; above--) {
		const content = lines.lineAt(above);
		if (content.trim() === '') continue;
		if (content.length - content.trimStart().length >= indent) continue;
		const [, style, chomping] = blockHeader.exec(content) ?? [];
		return style === undefined ? undefined : { style, chomping: chomping ?? '' };
	}
	return undefined;
}

function inBlock(block: { style: string; chomping: string }, indent: string, text: string): string | undefined {
	// The block's own end decides of line breaks at the end of the text.
	if (text === '' || /^\s|\s$/.test(text) || /[^\P{Cc}\t\n]|[\u2028\u2029]/u.test(text)) return undefined;
	if (block.style === '>') return text.includes('\n') ? undefined : text;
	return text
		.split('\n')
		.map((line, index) => (index === 0 || line === '' ? line : indent + line))
		.join('\n');
}

function inDotenv(text: string): string | undefined {
	if (dotenvPlain.test(text)) return text;
	if (!/['\r\n]/.test(text)) return `'${text}'`;
	return /["\\$`\r]/.test(text) ? undefined : `"${text.replaceAll('\n', '\\n')}"`;
}
