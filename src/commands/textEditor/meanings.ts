import type { App } from '../ports';
import type { Selections } from '../ports/textEditor';
import { halfCharacterProblem } from '../prompts/wholeCharacters';
import type { SnippetPlace } from './templates';
import { hasComposeVariable, isProse, longestBefore } from './languages';
import { meaningInString, meaningOutside, type Meaning } from './literals';
import { openString, touches, wholeString } from './strings';

/** Of a longer text, only its size is told: to count would hold everything up. */
const longestDescribed = 100_000;

/** Where what replaces a selection goes. */
export function placeOf({ languageId, texts, quotes, before }: Selections, index: number): SnippetPlace {
	return { languageId, quote: quotes[index] ?? '', before: before[index] ?? '', text: texts[index] ?? '' };
}

/** Says that a snippet can't stand where it would go. */
export function warnOfNoPlace({ ui }: App, advice: string): void {
	ui.warn(
		`What would be written can’t stand there: it would become a part of a text, or of one with a prefix or three quotes. Nothing was changed. ${advice} where an expression can stand.`,
	);
}

/** What a text that stands in a document is worth to its program, as far as its place tells. */
export function meaningAt({ languageId, text = '', quote, before }: SnippetPlace): Meaning {
	// What could not be read in the file's encoding, and what Compose puts something else in the place of.
	if (text.includes('\ufffd') || hasComposeVariable(languageId, text)) return { kind: 'unsure' };
	if (isProse(languageId)) return { kind: 'value', value: text };
	if (before.length > longestBefore) return { kind: 'unsure' };
	const open = openString(languageId, before);
	if (open) return meaningInString(languageId, text, open, open.quote === quote && open.content === '');
	const whole = quote === '' ? wholeString(languageId, text) : undefined;
	// What touches it may be its prefix, or a tag.
	if (whole) return touches(before) ? { kind: 'unsure' } : meaningInString(languageId, whole.text, whole, true);
	return meaningOutside(languageId, quote + text + quote);
}

/**
 * The values that the selected texts stand for in their language: a string's, without its escapes. Where nobody can tell,
 * the person is asked whether the text is meant as it stands; an expression is refused, and so is half a character.
 * Undefined where nothing is to be done.
 */
export async function askMeanings(
	app: App,
	title: string,
	selections: Selections,
): Promise<readonly string[] | undefined> {
	const { texts } = selections;
	const meanings = texts.map((_, index) => meaningAt(placeOf(selections, index)));
	if (meanings.some(({ kind }) => kind === 'expression')) {
		app.ui.warn(
			'The selected text has an expression in it, such as ${name}: only the program knows its value. Nothing was changed. Select a text without one.',
		);
		return undefined;
	}
	const unsure = texts.filter((_, index) => meanings[index]?.kind === 'unsure');
	if (unsure.length > 0) {
		const isMeant = await app.ui.confirm(
			unsure.length === 1
				? 'Is the selected text meant as it stands?'
				: `Are ${unsure.length} of the selected texts meant as they stand?`,
			`${unsure.map(describe).join(' ')} In this language that may be another value than what is written there. If it is, press Escape, and give the value in “Create Object…” instead.`,
			`${title} As It Stands`,
		);
		if (!isMeant) return undefined;
	}
	const values = texts.map((text, index) => {
		const meaning = meanings[index];
		return meaning?.kind === 'value' ? meaning.value : text;
	});
	const problem = values.map(halfCharacterProblem).find((problem) => problem !== undefined);
	if (problem === undefined) return values;
	app.ui.warn(problem);
	return undefined;
}

/** What a text is made of, in a sentence. No character of it is shown. */
function describe(text: string): string {
	const { length } = text;
	const size = `It has ${length.toLocaleString('en-US')} ${length === 1 ? 'character' : 'characters'}`;
	if (length > longestDescribed) return `${size}.`;
	const count = (pattern: RegExp, one: string, several: string) => {
		const found = text.match(pattern)?.length ?? 0;
		return found === 0 ? [] : [`${found} ${found === 1 ? one : several}`];
	};
	const parts = [
		...count(/[\p{L}\p{N}]/gu, 'letter or digit', 'letters and digits'),
		...count(/\\/g, 'backslash', 'backslashes'),
		...count(/["'`]/g, 'quote', 'quotes'),
		...count(/[$%#{}]/g, 'sign of an expression', 'signs of an expression'),
		...count(/\r\n?|\n/g, 'line break', 'line breaks'),
	];
	return `${size}: ${parts.join(', ')}.`;
}
