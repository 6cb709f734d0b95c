import { runFrom, startOfDigits, type Run, type TextLines } from './base64Runs';

/** Base64 that goes on over several lines, from its first line to its last. */
export type Fold = readonly [Run, ...Run[]];

/** No line of a fold is longer: nobody wraps wider, and no ciphertext of a vault is as short. */
const widest = 300;
const quotes = ['"', "'", '`'];

/**
 * The folds that a run is a part of, the likelier first:
 *
 * - in quotes, up to the closing one;
 * - behind something else, such as a YAML key, as far as the lines are indented deeper than that;
 * - in lines of its own, which are equally wide except for the last.
 *
 * @param reach so many characters are looked at before the run, and behind it, at most
 */
export function foldsThrough(text: TextLines, run: Run, reach: number): Fold[] {
	if (shortLine(text, run.line) === undefined) return [];
	return [headOf(text, run, reach), blockStartOf(text, run, reach)]
		.map((start) => start && foldFromLine(text, start.line, start.before + reach))
		.filter((fold) => fold !== undefined)
		.filter((fold) => fold.some((piece) => isSame(piece, run)));
}

/**
 * The fold that begins with a run.
 * @param reach a fold of more characters than this is none
 */
export function foldFrom(text: TextLines, run: Run, reach: number): Fold | undefined {
	const fold = foldFromLine(text, run.line, reach);
	return fold && isSame(fold[0], run) ? fold : undefined;
}

/** True for a fold in lines of its own. */
export function isBlock(text: TextLines, [first]: Fold): boolean {
	return wholeLine(text, first.line) !== undefined;
}

function foldFromLine(text: TextLines, line: number, reach: number): Fold | undefined {
	const whole = wholeLine(text, line);
	const fold = whole ? blockFrom(text, whole, reach) : headedFrom(text, line, reach);
	return fold && fold.length > 1 ? fold : undefined;
}

function blockFrom(text: TextLines, first: Run, reach: number): Fold | undefined {
	const width = widthOf(first);
	const fold: [Run, ...Run[]] = [first];
	let seen = width;
	for (let last = first; widthOf(last) === width && !last.isPadded;) {
		const next = wholeLine(text, last.line + 1);
		if (!next || widthOf(next) > width) break;
		seen += widthOf(next);
		if (seen > reach) return undefined;
		fold.push(next);
		last = next;
	}
	return fold;
}

function headedFrom(text: TextLines, line: number, reach: number): Fold | undefined {
	const head = lastOf(text, line);
	if (!head) return undefined;
	const content = text.lineAt(line);
	const quote = quotes.find((one) => one === content[head.start - 1]);
	const indent = quote === undefined ? indentOf(content) : -1;
	const fold: [Run, ...Run[]] = [head];
	let seen = widthOf(head);
	let last = head;
	for (; !last.isPadded; last = fold.at(-1) ?? head) {
		const next = wholeLine(text, last.line + 1);
		if (!next || next.start <= indent) break;
		seen += widthOf(next);
		if (seen > reach) return undefined;
		fold.push(next);
	}
	return quote === undefined ? fold : closed(text, fold, last, quote);
}

/** A fold in quotes with what is before the closing one in its line, or undefined where they don't close. */
function closed(text: TextLines, fold: Fold, last: Run, quote: string): Fold | undefined {
	const content = shortLine(text, last.line + 1);
	if (content === undefined) return undefined;
	const indent = indentOf(content);
	const tail = runFrom(content, last.line + 1, indent);
	if (content[tail?.end ?? indent] !== quote) return undefined;
	return tail ? [...fold, tail] : fold;
}

/** Where the run would have its fold's first line, if that has something else before it; and how far up that is. */
function headOf(text: TextLines, run: Run, reach: number): { line: number; before: number } | undefined {
	let line = run.line;
	let before = 0;
	for (let goesOn = indentOf(text.lineAt(line)) === run.start; goesOn;) {
		const above = wholeLine(text, --line);
		if (above) before += widthOf(above);
		if (before > reach) return undefined;
		goesOn = above !== undefined;
	}
	return { line, before };
}

/** The same for a fold in lines of its own. */
function blockStartOf(text: TextLines, run: Run, reach: number): { line: number; before: number } | undefined {
	if (!wholeLine(text, run.line)) return undefined;
	let width = widthOf(run);
	let { line } = run;
	for (let before = 0; before <= reach; before += width, line--) {
		const above = wholeLine(text, line - 1);
		if (!above || above.isPadded || widthOf(above) < width) return { line, before };
		if (widthOf(above) === width) continue;
		// A narrower line is the last one of the block above it.
		if (line < run.line) return { line: line + 1, before: before - width };
		width = widthOf(above);
	}
	return undefined;
}

/** The run that is all there is in a line, white space aside. */
function wholeLine(text: TextLines, line: number): Run | undefined {
	const content = shortLine(text, line);
	const run = content && runFrom(content, line, indentOf(content));
	return run && run.end === content.trimEnd().length ? run : undefined;
}

/** The run that a line ends with, where another line may go on with it. */
function lastOf(text: TextLines, line: number): Run | undefined {
	const content = shortLine(text, line)?.trimEnd();
	return content === undefined ? undefined : runFrom(content, line, startOfDigits(content, content.length));
}

function isSame(one: Run, other: Run): boolean {
	return one.line === other.line && one.start === other.start;
}

function shortLine(text: TextLines, line: number): string | undefined {
	if (line < 0 || line >= text.lineCount) return undefined;
	const content = text.lineAt(line);
	return content.length <= widest ? content : undefined;
}

function indentOf(content: string): number {
	return content.length - content.trimStart().length;
}

function widthOf({ start, end }: Run): number {
	return end - start;
}
