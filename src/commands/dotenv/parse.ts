import { pause } from '../../vault/pause';
import { readAssignment, sourceOf, type Assignment, type Reader, type Source } from './assignment';
import { isSecret } from '../prompts/secretInName';
import { doubtsOf, type Doubt } from './doubts';
import { endOfEncoded, endOfKey, hasKey, isBase64Line, isPadded } from './keyMaterial';

/** A name with its value, as dotenv reads it. */
export interface Variable {
	readonly name: string;
	readonly value: string;
	/** The lines in which it stands, from 1. */
	readonly lines: readonly number[];
	readonly doubts: readonly Doubt[];
}

/** What an environment file says. */
export interface DotenvFile {
	/** In the order of the file; of a name that stands there twice, the last value. */
	readonly variables: readonly Variable[];
	/**
	 * The lines that are neither assignment nor remark nor blank, from 1: those with an assignment that is commented out, too.
	 * Of a key, those that no variable begins.
	 */
	readonly otherLines: readonly number[];
}

/** The most characters of a file that is read: none is that large, and what is read in one go stays short. */
export const maxFileLength = 256 * 1024;

/** Files that are offered for an import: `.env` and its kin, not the script `.envrc`. */
export const dotenvFileName = /^(?:.*\.env(?:[.-].*)?|\.(?:dev\.vars(?:\..*)?|flaskenv))$/;

/** An assignment somewhere in a comment; with a colon, where the name is one of a variable. */
const commentedOut = /^\s*#.*?(?:[A-Za-z_][\w.-]*\s*=\s*[^\s=]|\b[A-Z][A-Z\d_]{2,}\s*:\s*[^\s/])/;
const linesInAStep = 1_000;
/** What no program takes for the name of a variable is none. */
const variableName = /^[A-Za-z_][\w.-]*$/;

/** Some lines of a file: an assignment, or key material without a name, or another line. */
interface Part {
	readonly assignment?: Assignment | undefined;
	readonly isOpenKey?: boolean;
	readonly lastLine: number;
}

/**
 * Reads an environment file as dotenv does, and says where others would read it in another way. Key material that goes
 * over lines without quotes makes no name. Makes a pause now and then: a file may have tens of thousands of lines.
 */
export async function parseDotenv(text: string): Promise<DotenvFile> {
	// Loaded with the first file: it wants modules that nothing else here does.
	const { parse } = await import('dotenv');
	const source = sourceOf(text);
	const { lines } = source;
	const variables = new Map<string, { name: string; value: string; lines: number[]; doubts: Set<Doubt> }>();
	const otherLines: number[] = [];
	let pauseAt = linesInAStep;
	for (let at = 0; at < lines.length; at++) {
		if (at >= pauseAt) {
			await pause(0);
			pauseAt = at + linesInAStep;
		}
		const { assignment, isOpenKey = false, lastLine } = partAt(source, at, parse);
		if (assignment && variableName.test(assignment.name)) {
			const { name, value } = assignment;
			const before = variables.get(name);
			const variable = before ?? { name, value, lines: [], doubts: new Set() };
			variable.value = value;
			variable.lines.push(at + 1);
			for (const doubt of doubtsOf(assignment, at)) variable.doubts.add(doubt);
			if (isOpenKey) variable.doubts.add('openKey');
			if (before) variable.doubts.add('severalTimes');
			variables.set(name, variable);
		} else {
			for (let line = at; line <= lastLine; line++) if (isLeftOut(lines[line])) otherLines.push(line + 1);
		}
		at = lastLine;
	}
	return { variables: Array.from(variables.values(), (one) => ({ ...one, doubts: [...one.doubts] })), otherLines };
}

/** What begins in a line. */
function partAt(source: Source, at: number, read: Reader): Part {
	const { lines } = source;
	const line = lines[at] ?? '';
	const assignment = saysSomething(line) ? readAssignment(source, at, read) : undefined;
	if (assignment?.isClosed) return { assignment, lastLine: assignment.lastLine };
	if (hasKey(line)) {
		const { lastLine, isEnded } = endOfKey(lines, at);
		const isKey = hasKey(assignment?.value ?? line.trimStart().replace(/^#.*/, ''));
		// A key may have its first line in a comment, and the others not. A comment may as well only speak of keys.
		if (isKey || isEnded) return { assignment, isOpenKey: lastLine > at || !isEnded, lastLine };
	}
	const isEncoded = assignment === undefined || isBase64Line(line) || isPadded(line);
	if (isEncoded) return { lastLine: endOfEncoded(lines, at, line.trim()).lastLine };
	const { lastLine, isDoubtful } = endOfEncoded(lines, at, assignment.value.replace(/^["'`]/, ''));
	if (lastLine > at || !isPadded(lines[at + 1] ?? '')) return { assignment, isOpenKey: isDoubtful, lastLine };
	return { assignment, isOpenKey: true, lastLine: at + 1 };
}

/** True for a line that is more than a remark: one with an assignment in it that is commented out may hold a secret. */
function isLeftOut(line = ''): boolean {
	return saysSomething(line) || isSecret(line) || commentedOut.test(line);
}

function saysSomething(line = ''): boolean {
	const text = line.trimStart();
	return text !== '' && !text.startsWith('#');
}
