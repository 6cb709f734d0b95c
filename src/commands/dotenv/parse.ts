import { parse } from 'dotenv';
import { pause } from '../../vault/pause';

/** Why readers of environment files may disagree about a variable. */
export type Doubt =
	'hash' | 'openQuote' | 'backslash' | 'expansion' | 'swallowedLines' | 'openKey' | 'severalTimes' | 'severalLines';

/** A name with its value, as dotenv reads it. */
export interface Variable {
	readonly name: string;
	readonly value: string;
	/** The lines in which it stands, from 1; none where that can't be told. */
	readonly lines: readonly number[];
	readonly doubts: readonly Doubt[];
}

/** What an environment file says. */
export interface DotenvFile {
	/** In the order of the file; of a name that stands there twice, the last value. */
	readonly variables: readonly Variable[];
	/** The lines that are neither assignment nor comment nor blank, from 1; undefined where that can't be told. */
	readonly otherLines: readonly number[] | undefined;
}

/** Files that are offered for an import: `.env` and its kin, not the script `.envrc`. */
export const dotenvFileName = /^(?:.*\.env(?:[.-].*)?|\.(?:dev\.vars(?:\..*)?|flaskenv))$/;

const linesInAStep = 1_000;
const quotes = ['"', "'", '`'];
const name = String.raw`\s*(?:export\s+)?([\w.-]+)`;
const beginning = new RegExp(String.raw`^\uFEFF?${name}\s*(?:=|:\s)\s*`);
const assignment = new RegExp(`^${name}\\s*=`);
const openKey = new RegExp(String.raw`^\uFEFF?${name}\s*(?:=|:\s)\s*-----BEGIN [A-Z0-9 ]+-----\s*$`);
const keyEnd = /^\s*-----END [A-Z0-9 ]+-----/;
const keyLine = /^\s*(?:[A-Za-z0-9+/]+={0,2}|[A-Za-z-]+: .*)?\s*$/;
/** What no program takes for the name of a variable is none. */
const variableName = /^[A-Za-z_][\w.-]*$/;

/**
 * Reads an environment file as dotenv does, and says where others would read it in another way. Makes a pause now and then:
 * a file may have tens of thousands of lines.
 */
export async function parseDotenv(text: string): Promise<DotenvFile> {
	const lines = text.split(/\r\n?|\n/);
	const open = blankOpenKeys(lines);
	const read = new Map<string, Variable>();
	const otherLines: number[] = [];
	const all: Record<string, string> = {};
	for (let at = 0; at < lines.length; at++) {
		if (at % linesInAStep === linesInAStep - 1) await pause(0);
		const line = lines[at]?.trim() ?? '';
		if (line === '' || line.startsWith('#')) continue;
		const end = endOfAssignment(lines, at);
		const slice = lines.slice(at, end + 1);
		const found = parse(slice.join('\n'));
		Object.assign(all, found);
		const names = Object.keys(found).filter((one) => variableName.test(one));
		if (names.length === 0) otherLines.push(at + 1);
		for (const one of names) {
			const before = read.get(one);
			const value = found[one] ?? '';
			const doubts = [...doubtsOf(slice, value), ...(open.has(at) ? ['openKey' as const] : [])];
			const seen = [...(before?.lines ?? []), at + 1];
			if (before) doubts.push('severalTimes');
			read.set(one, { name: one, value, lines: seen, doubts: [...new Set([...(before?.doubts ?? []), ...doubts])] });
		}
		at = end;
	}
	const whole = parse(lines.join('\n'));
	// Read line by line it has to say the same: else an assignment goes over lines in a way that only dotenv knows.
	if (JSON.stringify(all) === JSON.stringify(whole)) return { variables: [...read.values()], otherLines };
	const variables = Object.entries(whole).filter(([one]) => variableName.test(one));
	return {
		variables: variables.map(([one, value]) => ({ name: one, value, lines: [], doubts: ['severalLines'] })),
		otherLines: undefined,
	};
}

/**
 * Blanks the lines of keys that go over several lines without quotes: dotenv would make names of key material. Returns
 * the lines in which such keys begin, from 0.
 */
function blankOpenKeys(lines: string[]): ReadonlySet<number> {
	const open = new Set<number>();
	for (let at = 0; at < lines.length; at++) {
		if (!openKey.test(lines[at] ?? '')) continue;
		open.add(at);
		while (at + 1 < lines.length) {
			const next = lines[at + 1] ?? '';
			const isEnd = keyEnd.test(next);
			if (!isEnd && (next.trim() === '' || !keyLine.test(next))) break;
			lines[++at] = '';
			if (isEnd) break;
		}
	}
	return open;
}

function doubtsOf(slice: readonly string[], value: string): Doubt[] {
	const text = slice.join('\n').replace(beginning, '');
	const quote = quotes.find((one) => text.startsWith(one));
	const doubts: Doubt[] = [];
	const isOpen = quote !== undefined && value.startsWith(quote);
	if (isOpen) doubts.push('openQuote');
	if (quote !== "'" && /\$[\w{]/.test(value)) doubts.push('expansion');
	if (quote === undefined || isOpen) {
		// Behind a blank, it begins a comment for everybody.
		if (/[^\s#]#/.test(text)) doubts.push('hash');
		return doubts;
	}
	const inner = text.slice(1, text.lastIndexOf(quote));
	// All of them know \n in double quotes.
	const known = quote === '"' ? inner.replaceAll('\\n', '') : inner;
	if (known.includes(`\\${quote}`) || (quote === '"' && known.includes('\\'))) doubts.push('backslash');
	const isKey = /-----BEGIN [^]*-----END /.test(value);
	if (!isKey && slice.slice(1).some((line) => assignment.test(line))) doubts.push('swallowedLines');
	return doubts;
}

/** The last line of the assignment that starts in a line: a value in quotes may go over several. */
function endOfAssignment(lines: readonly string[], start: number): number {
	const [alone] = Object.values(parse(lines[start] ?? ''));
	const quote = /^['"`]/.exec(alone ?? '')?.[0];
	if (quote === undefined) return start;
	const end = lines.findIndex((line, index) => index > start && line.replaceAll(`\\${quote}`, '').includes(quote));
	const found = Object.values(parse(lines.slice(start, end + 1).join('\n')));
	return found.length === 1 && found[0] !== alone ? end : start;
}
