/** How well a text fits one that it is compared with: not at all, inside it, where a word of it begins, at its beginning, all of it. */
export type Fit = 0 | 1 | 2 | 3 | 4;

/** Fewer letters than these are in every other name, in this order; more were not remembered, but pasted. */
const [leastScattered, mostScattered] = [3, 24];
const leastInCommon = 0.6;
/** Beside names that have the text as it stands, others are clearly like it, or they don't come. */
export const leastBesideExact = 0.8;

/** A text as it is compared: without regard to case, accents, and the several ways to write one letter. */
export function folded(text: string): string {
	const lower = text.toLowerCase();
	return isAscii(lower) ? lower : lower.normalize('NFKD').replaceAll(/\p{Mn}/gu, '');
}

/** How well `sought` fits `text` as it stands; both folded. */
export function literalFit(sought: string, text: string): Fit {
	let at = text.indexOf(sought);
	if (at === -1) return 0;
	if (at === 0) return text.length === sought.length ? 4 : 3;
	while (at !== -1 && !beginsWord(text, at)) at = text.indexOf(sought, at + 1);
	return at === -1 ? 1 : 2;
}

/**
 * How much of `sought` a name has, where its letters come in their order with others between: the part of them that begin a
 * word or follow the one before, of 1. It is 0 where that is little more than half, where two words or more are between two
 * letters, or the first letter begins no word: scattered letters are in any name that is long enough. Both folded.
 */
export function scatteredFit(sought: string, name: string): number {
	if (sought.length < leastScattered || sought.length > mostScattered) return 0;
	// Where the letter before may stand, and how many letters up to it are well placed then.
	let [places, scores]: [number[], number[]] = [[-1], [0]];
	for (const letter of sought) {
		const [nextPlaces, nextScores]: [number[], number[]] = [[], []];
		const isFirst = places[0] === -1;
		// The first letters of the two words that begin last before a place: the letter before is not further away.
		let [passed, best, looked, earlier, later] = [0, 0, 0, 0, 0];
		for (let at = name.indexOf(letter, (places[0] ?? 0) + 1); at !== -1; at = name.indexOf(letter, at + 1)) {
			const isBeginning = beginsWord(name, at);
			if (isFirst && !isBeginning) continue;
			for (; looked < at; looked++) {
				if (!beginsLetters(name, looked)) continue;
				[earlier, later] = [later, looked];
				// What was passed may be too far away now.
				[passed, best] = [0, 0];
			}
			let following = 0;
			for (let place = places[passed]; place !== undefined && place < at; place = places[++passed]) {
				if (!isFirst && place < earlier) continue;
				const score = scores[passed] ?? 0;
				if (score > best) best = score;
				following = place === at - 1 ? score + 1 : 0;
			}
			if (!isFirst && best === 0) continue;
			nextPlaces.push(at);
			nextScores.push(Math.max(best + Number(isBeginning), following));
		}
		if (nextPlaces.length === 0) return 0;
		[places, scores] = [nextPlaces, nextScores];
	}
	const fit = Math.max(...scores) / sought.length;
	return fit >= leastInCommon ? fit : 0;
}

/** True at the first letter or digit behind something else, and at whatever is neither. */
function beginsWord(text: string, at: number): boolean {
	return at === 0 || !isOfWord(text.charCodeAt(at - 1)) || !isOfWord(text.charCodeAt(at));
}

/** True at the first letter or digit behind something else. */
function beginsLetters(text: string, at: number): boolean {
	return isOfWord(text.charCodeAt(at)) && (at === 0 || !isOfWord(text.charCodeAt(at - 1)));
}

function isOfWord(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;
}

function isAscii(text: string): boolean {
	for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
	return true;
}
