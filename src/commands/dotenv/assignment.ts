/** The text of a file, with its lines: a value in quotes may go over several. */
export interface Source {
	readonly text: string;
	readonly lines: readonly string[];
	/** Where each line begins in the text. */
	readonly starts: Uint32Array;
}

/** What dotenv makes of a text: names with their values. */
export type Reader = (text: string) => Readonly<Record<string, string>>;

/** An assignment as dotenv reads it. */
export interface Assignment {
	readonly name: string;
	/** True where a colon stands in the place of the `=`. */
	readonly hasColon: boolean;
	readonly value: string;
	/** What stands behind the `=`: of a value in closed quotes, what is between them. */
	readonly spelling: string;
	/** The quote that its value begins with. */
	readonly quote: string | undefined;
	/** False where a quote begins the value and none ends it, or something else comes behind that one. */
	readonly isClosed: boolean;
	/** What comes behind the closed quotes in their last line. */
	readonly behind: string;
	/** The line in which the quote stands, and the last line, from 0. */
	readonly valueLine: number;
	readonly lastLine: number;
}

const beginning = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:(?=\s))/;
const separators = /[\u2028\u2029]/;
const quotes = new Set(['"', "'", '`']);

/** A text with lines that end in a line feed, whatever they ended in. */
export function sourceOf(original: string): Source {
	const text = original.includes('\r') ? original.replaceAll(/\r\n?/g, '\n') : original;
	const lines = text.split('\n');
	const starts = new Uint32Array(lines.length);
	for (let line = 1; line < lines.length; line++) {
		starts[line] = (starts[line - 1] ?? 0) + (lines[line - 1]?.length ?? 0) + 1;
	}
	return { text, lines, starts };
}

/**
 * The assignment that begins in a line; undefined for none. Of what dotenv reads over lines, only a value in quotes is read
 * so: a name whose `=` comes in a later line is no assignment. `read` is dotenv's, asked about its lines alone: for a whole
 * file, its expression can take minutes, and so for a line with Unicode's line separators, which is no assignment here:
 * readers disagree whether they end it.
 */
export function readAssignment({ text, lines, starts }: Source, line: number, read: Reader): Assignment | undefined {
	const [all, name] = beginning.exec(lines[line] ?? '') ?? [];
	if (all === undefined || name === undefined) return undefined;
	const hasColon = all.endsWith(':');
	const from = (starts[line] ?? 0) + all.length;
	const rest = (lines[line] ?? '').slice(all.length);
	let valueLine = line;
	if (rest.trim() === '') while (lines[++valueLine]?.trim() === '');
	const lineFrom = valueLine === line ? from : (starts[valueLine] ?? text.length);
	const at = lineFrom + leadingBlanks(valueLine === line ? rest : (lines[valueLine] ?? ''));
	const quote = text[at];
	const end = quote !== undefined && quotes.has(quote) ? closing(text, at) : undefined;
	if (quote === undefined || end === undefined) {
		if (separators.test(rest)) return undefined;
		return unquoted({ name, hasColon, value: read(lines[line] ?? '')[name] ?? '', spelling: rest }, line);
	}
	let lastLine = valueLine;
	while ((starts[lastLine + 1] ?? text.length) <= end) lastLine++;
	const lineEnd = (starts[lastLine] ?? 0) + (lines[lastLine]?.length ?? 0);
	const value = read(text.slice(starts[line], lineEnd))[name] ?? '';
	const [spelling, behind] = [text.slice(at + 1, end), text.slice(end + 1, lineEnd)];
	return { name, hasColon, value, spelling, quote, isClosed: true, behind, valueLine, lastLine };
}

function unquoted(read: Pick<Assignment, 'name' | 'hasColon' | 'value' | 'spelling'>, line: number): Assignment {
	const first = read.spelling.trimStart().charAt(0);
	const quote = quotes.has(first) ? first : undefined;
	return { ...read, quote, isClosed: false, behind: '', valueLine: line, lastLine: line };
}

/** Where the quote stands that closes the one at `open`: the last one up to the first without a backslash before it. */
function closing(text: string, open: number): number | undefined {
	const quote = text.charAt(open);
	let found: number | undefined;
	for (let at = text.indexOf(quote, open + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
		if (isEndOfValue(text, at + 1)) found = at;
		if (text[at - 1] !== '\\') break;
	}
	return found;
}

/** True where nothing but blanks and a comment comes up to the end of the line. */
function isEndOfValue(text: string, from: number): boolean {
	let at = from;
	while (at < text.length && text[at] !== '\n' && text.charAt(at).trim() === '') at++;
	return at === text.length || text[at] === '\n' || text[at] === '#';
}

function leadingBlanks(line: string): number {
	return line.length - line.trimStart().length;
}
