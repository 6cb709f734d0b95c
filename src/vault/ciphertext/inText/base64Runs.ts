import { isBase64Digit } from '../base64';

/** What is needed of a document. The text of a line is without its line end. */
export interface TextLines {
	readonly lineCount: number;
	lineAt(line: number): string;
}

/** Base64 in a line, from where it begins to where it ends. Whether it is any good is not known yet. */
export interface Run {
	readonly line: number;
	readonly start: number;
	/** Behind its padding. */
	readonly end: number;
	readonly isPadded: boolean;
}

const equalsSign = 0x3d;

/**
 * The run that touches a position in a line; of two, the one that begins there. No more than `longest` characters are
 * looked at on either side, and a longer run is none.
 */
export function runAt(content: string, line: number, offset: number, longest: number): Run | undefined {
	let middle = offset;
	if (!isBase64Digit(content.charCodeAt(offset))) {
		while (middle > offset - 2 && content.charCodeAt(middle - 1) === equalsSign) middle--;
	}
	const start = startOfDigits(content, middle, longest);
	if (middle - start > longest) return undefined;
	const run = runBetween(content, line, start, endOfDigits(content, middle, longest));
	return run && run.end - start <= longest ? run : undefined;
}

/** The first run of a line from `offset` on. */
export function nextRun(content: string, line: number, offset: number): Run | undefined {
	for (let start = offset; start < content.length; start++) {
		const run = runFrom(content, line, start);
		if (run) return run;
	}
	return undefined;
}

/** The run that begins at `start`, or undefined where none does. */
export function runFrom(content: string, line: number, start: number): Run | undefined {
	return runBetween(content, line, start, endOfDigits(content, start));
}

/** Where the base64 digits begin that go on up to `end`, or one digit more than `longest` before. */
export function startOfDigits(content: string, end: number, longest = Infinity): number {
	let start = end;
	while (end - start <= longest && isBase64Digit(content.charCodeAt(start - 1))) start--;
	return start;
}

function endOfDigits(content: string, start: number, longest = Infinity): number {
	let end = start;
	while (end - start <= longest && isBase64Digit(content.charCodeAt(end))) end++;
	return end;
}

function runBetween(content: string, line: number, start: number, digitsEnd: number): Run | undefined {
	if (digitsEnd === start) return undefined;
	let end = digitsEnd;
	while (end < digitsEnd + 2 && content.charCodeAt(end) === equalsSign) end++;
	return { line, start, end, isPadded: end > digitsEnd };
}
