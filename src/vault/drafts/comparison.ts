import { lineEndsOf } from './textFlaws';

/** What an editor draws nothing of where it compares two texts, in words. */
export interface Undrawn {
	/** What is so of each text and not of the other one. */
	readonly left: readonly string[];
	readonly right: readonly string[];
	/** “differ in line ends only”, where nothing that is drawn differs but the texts do. */
	readonly only: string | undefined;
}

const mark = '\ufeff';

/** Tells how two texts differ in what no editor draws: in how their lines end, and in a byte order mark before them. */
export function undrawnBetween(left: string, right: string): Undrawn {
	const [leftEnds, rightEnds] = [lineEndsOf(left), lineEndsOf(right)];
	// Mixed ones can stand in other places.
	const isEndsTold = left !== right && (leftEnds !== rightEnds || leftEnds === 'mixed line ends');
	const isMarkTold = left.startsWith(mark) !== right.startsWith(mark);
	const described = (text: string, ends: string | undefined) => [
		...(isMarkTold && text.startsWith(mark) ? ['begins with a byte order mark'] : []),
		...(isEndsTold && ends !== undefined ? [ends] : []),
	];
	return { left: described(left, leftEnds), right: described(right, rightEnds), only: onlyUndrawn(left, right) };
}

function onlyUndrawn(left: string, right: string): string | undefined {
	const [leftText, rightText] = [withoutMark(left), withoutMark(right)];
	if (left === right || drawnOf(leftText) !== drawnOf(rightText)) return undefined;
	const differences = [
		...(leftText === rightText ? [] : ['line ends']),
		...(left.startsWith(mark) === right.startsWith(mark) ? [] : ['a byte order mark']),
	];
	return `differ in ${differences.join(' and ')} only`;
}

function withoutMark(text: string): string {
	return text.startsWith(mark) ? text.slice(mark.length) : text;
}

function drawnOf(text: string): string {
	return text.replaceAll(/\r\n?/g, '\n');
}
