import { ofEmoji, unseen } from '../vault/unseen';

/** Letters of the scripts in which a joiner between two changes how they are drawn, as in Persian, Hindi and Sinhala. */
const joined =
	'[[\\p{L}\\p{M}]&&[' +
	[
		'Arab',
		'Syrc',
		'Nkoo',
		'Mong',
		'Deva',
		'Beng',
		'Guru',
		'Gujr',
		'Orya',
		'Taml',
		'Telu',
		'Knda',
		'Mlym',
		'Sinh',
		'Khmr',
	]
		.map((script) => `\\p{scx=${script}}`)
		.join('') +
	']]';
/** What nobody sees, and real names and emoji need all the same. The third is Malayalam, which ends words in a joiner. */
const needed = [
	ofEmoji,
	`(?<=${joined})[\\u200c\\u200d](?=${joined})`,
	'(?<=\\u0d4d)\\u200d',
	'(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})',
].join('|');
/** Half of a character that takes two code units, without the other: no address can hold it. */
const half = String.raw`\p{Cs}`;
/** Characters that nobody sees, that turn what stands around them round, or make two names look like one. */
const hidden = new RegExp(`(${needed})|[[${unseen}${half}]--[\\n\\t]]`, 'gv');
const hiddenOrBreak = new RegExp(`(${needed})|[${unseen}${half}\\u2028\\u2029]`, 'gv');
/** A name of nothing but characters that are drawn as blanks, of which the second is one of Braille. */
const nothingButBlanks = /^[\s\u2800]+$/u;

function numbered(char: string, isNeeded: string | undefined): string {
	return isNeeded ?? `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** A name in one line, with what nobody sees in it shown as what it is: blanks, too, where it has nothing else. */
export function visible(name: string): string {
	const shown = name.replaceAll(hiddenOrBreak, numbered);
	return nothingButBlanks.test(shown) ? shown.replaceAll(/./gu, (blank) => numbered(blank, undefined)) : shown;
}

/**
 * A text for a message or a label: VS Code makes links of `[…](…)` and icons of `$(…)`, also of those in a name. What
 * turns a question round or is not seen in it is shown as what it is. To be asked once: what it puts in is not seen either.
 */
export function plain(text: string): string {
	return text.replaceAll(hidden, numbered).replaceAll('](', ']\u2060(').replaceAll('$(', '$\u2060(');
}
