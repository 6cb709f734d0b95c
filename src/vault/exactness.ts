/** Why no editor can hold a value exactly. */
export type Flaw = 'mixedLineEnds' | 'loneCarriageReturn' | 'loneSurrogate';

/**
 * Why editing a text could change it silently, or undefined. An editor keeps one kind of line end for a whole document,
 * and half a character (a lone surrogate) has no bytes in UTF-8.
 */
export function flawOf(text: string): Flaw | undefined {
	if (!text.isWellFormed()) return 'loneSurrogate';
	const withoutPairs = text.replaceAll('\r\n', '');
	if (withoutPairs.includes('\r')) return 'loneCarriageReturn';
	return withoutPairs.length < text.length && withoutPairs.includes('\n') ? 'mixedLineEnds' : undefined;
}
