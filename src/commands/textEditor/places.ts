import type { TextLines } from '../../vault/base64Runs';
import type { TextRange } from '../../vault/ciphertextChoice';
import { literalLanguage, literalOf, quotes } from './literals';

/** Words and numbers that YAML takes for something else than a text. */
const yamlWord = /^(?:~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan)$/i;
const yamlPlain = /^[A-Za-z_][\w./+=@-]*$/;
const dotenvPlain = /^[\w./+=@%:,-]+$/;
/** What holds any text as it is. */
const freeText = ['plaintext', 'markdown'];
const blockHeader = /(?:^|[\s:-])([|>])[-+]?\s*(?:#.*)?$/;
/** What stands before and after a value that is whole, and not a part of one: only then can it get quotes. */
const wholeInYaml = [
	{ before: /(?:^|^[\s-]*\s|:\s+)$/, after: /^(?:\s+#.*|\s*)$/ },
	{ before: /[[{](?:.*[,:])?\s*$/, after: /^\s*[,\]}]/ },
];
const wholeInDotenv = { before: /^[^=:]*[=:]\s*$/, after: /^(?:\s+#.*|\s*)$/ };

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
	if (language === 'yaml') return inYaml(lines, range, [before, after], text);
	if (language === 'dotenv') return inDotenv([before, after], text);
	return /[\r\n]/.test(text) ? undefined : text;
}

type Around = readonly [before: string, after: string];

function inYaml(lines: TextLines, { start }: TextRange, [before, after]: Around, text: string): string | undefined {
	const block = before.trim() === '' ? blockAround(lines, start.line, before.length) : undefined;
	if (block) return inBlock(block, before, text);
	if (yamlPlain.test(text) && !yamlWord.test(text)) return text;
	if (!wholeInYaml.some((whole) => whole.before.test(before) && whole.after.test(after))) return undefined;
	const literal = literalOf('yaml', text, '"', '"');
	return literal === undefined ? undefined : `"${literal}"`;
}

/** The style of the block scalar that a line is in: "|" or ">". */
function blockAround(lines: TextLines, line: number, indent: number): string | undefined {
	for (let above = line - 1; above >= 0; above--) {
		const content = lines.lineAt(above);
		if (content.trim() === '') continue;
		if (content.length - content.trimStart().length >= indent) continue;
		return blockHeader.exec(content)?.[1];
	}
	return undefined;
}

function inBlock(style: string, indent: string, text: string): string | undefined {
	// The block's own end decides of line breaks at the end of the text.
	if (text === '' || /^\s|\s$/.test(text) || /[^\P{Cc}\t\n]|[\u2028\u2029]/u.test(text)) return undefined;
	if (style === '>') return text.includes('\n') ? undefined : text;
	return text
		.split('\n')
		.map((line, index) => (index === 0 || line === '' ? line : indent + line))
		.join('\n');
}

function inDotenv([before, after]: Around, text: string): string | undefined {
	if (dotenvPlain.test(text)) return text;
	if (!wholeInDotenv.before.test(before) || !wholeInDotenv.after.test(after)) return undefined;
	if (!/['\r\n]/.test(text)) return `'${text}'`;
	return /["\\$`\r]/.test(text) ? undefined : `"${text.replaceAll('\n', '\\n')}"`;
}
