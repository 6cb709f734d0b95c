/**
 * Characters that nobody sees, that turn what stands around them round, or that look like a blank and are another one; line
 * breaks and tabs are seen. A carriage return without its line feed breaks no line in every program.
 */
const hidden = /[[\p{Cc}\p{Cf}\p{Z}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]--[ \n\r\t]]|\r(?!\n)/gv;

/** A text with what nobody sees in it shown as what it is. */
export function withVisible(text: string): string {
	return text.replaceAll(
		hidden,
		(char) => `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
	);
}

/** The beginning of a text with what nobody sees in it, and how much of it is left; no character and no line break is cut in two. */
export function beginningOf(text: string, maxLength: number): { text: string; left: number } {
	const isCutInTwo = /[\ud800-\udbff\r]$/.test(text.slice(0, maxLength)) && text.length > maxLength;
	const beginning = text.slice(0, isCutInTwo ? maxLength - 1 : maxLength);
	return { text: withVisible(beginning), left: text.length - beginning.length };
}
