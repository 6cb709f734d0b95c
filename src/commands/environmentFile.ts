import { parse } from 'dotenv';

/** A name with its value, as a program finds it in its environment. */
export interface Variable {
	readonly name: string;
	readonly value: string;
}

/** What an environment file says. */
export interface EnvironmentFile {
	/** In the order of the file; of a name that stands there twice, the last value. */
	readonly variables: readonly Variable[];
	/** How many lines are neither assignment nor comment nor blank; undefined where that can't be told. */
	readonly otherLines: number | undefined;
}

/** Reads an environment file as dotenv does. */
export function parseEnvironment(text: string): EnvironmentFile {
	const values = parse(text);
	const variables = Object.entries(values).map(([name, value]) => ({ name, value }));
	return { variables, otherLines: countOthers(text, values) };
}

/** dotenv does not say what it passed over: each assignment is read by itself, and all together have to say the same. */
function countOthers(text: string, values: Readonly<Record<string, string>>): number | undefined {
	const lines = text.split(/\r\n?|\n/);
	const read: Record<string, string> = {};
	let others = 0;
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at]?.trim() ?? '';
		if (line === '' || line.startsWith('#')) continue;
		const end = endOfAssignment(lines, at);
		const found = parse(lines.slice(at, end + 1).join('\n'));
		if (Object.keys(found).length === 0) others++;
		Object.assign(read, found);
		at = end;
	}
	return JSON.stringify(read) === JSON.stringify(values) ? others : undefined;
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
