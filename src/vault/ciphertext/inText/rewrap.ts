import type { TextLines } from './base64Runs';
import type { TextRange } from './selection';

/**
 * How the base64 in a range is folded: answers what puts another text into lines of the same width and indentation. One
 * that was not folded is not folded then.
 */
export function foldingOf(text: TextLines, { start, end }: TextRange): (base64: string) => string {
	if (start.line === end.line) return (base64) => base64;
	const [first = '', ...others] = linesOf(text, start.line, end.line);
	const firstWidth = first.trimEnd().length - start.offset;
	const [second = '', third] = others.filter((line) => line.trim() !== '');
	const indent = second.slice(0, second.length - second.trimStart().length);
	// A second line that is the last one may be a short one.
	const width = third === undefined ? Math.max(firstWidth, end.offset - indent.length) : second.trim().length;
	return (base64) => {
		const lines = [base64.slice(0, firstWidth)];
		for (let at = firstWidth; at < base64.length; at += width) lines.push(indent + base64.slice(at, at + width));
		return lines.join('\n');
	};
}

function linesOf(text: TextLines, from: number, to: number): string[] {
	return Array.from({ length: to - from + 1 }, (_, index) => text.lineAt(from + index));
}
