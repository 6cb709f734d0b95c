/** Why a text can't be a value, in a sentence: half a character, which becomes another one on its way or is refused there. */
export function halfCharacterProblem(text: string): string | undefined {
	if (text.isWellFormed()) return undefined;
	return 'The text has half a character in it, which no value and no ciphertext can hold. Nothing was changed.';
}
