import { plain } from '../visibleText';

/** What a list asks, in the options of VS Code. */
export interface ListQuestion {
	readonly placeHolder: string;
	/** Stands below the box in lines; a screen reader says it with the box. Missing in the types of the oldest VS Code. */
	readonly prompt?: string;
}

/** A list's question with its note, where there is one, for this version of VS Code: before 1.108, a list has no prompt. */
export function listQuestion(version: string, placeholder: string, note: string | undefined): ListQuestion {
	const hasPrompt = version.localeCompare('1.108', 'en', { numeric: true }) >= 0;
	if (note === undefined || hasPrompt) {
		return { placeHolder: plain(placeholder), ...(note !== undefined && { prompt: plain(note) }) };
	}
	return { placeHolder: plain(`${placeholder} ${note}`) };
}
