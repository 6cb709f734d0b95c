import { plain } from '../visibleText';

/** Says of drafts, by their names, that they are not published, and where their words are. */
export function wordsOfOffer(drafts: readonly { readonly name: string }[], areKept: boolean): string {
	const where = areKept
		? 'Until you publish or discard, what you wrote is kept encrypted on this machine.'
		: 'It can’t be kept on this machine now: only this window has what you wrote.';
	return `${draftsOf(drafts.map(({ name }) => name))} not published. ${where}`;
}

/** What became of drafts since a message offered to reopen or discard them, by their names. */
export interface Overtaken {
	/** Published or discarded: there is nothing to do with them. */
	readonly settled: readonly string[];
	/** Open again, and therefore not discarded by an old message. */
	readonly open: readonly string[];
}

/** What is said where a button of an old message does not do what it says; undefined where it does. */
export function wordsOfOvertaken({ settled, open }: Overtaken): string | undefined {
	const sentences: string[] = [];
	if (settled.length > 0)
		sentences.push(`${draftsOf(settled)} published or discarded meanwhile: nothing is left to do.`);
	if (open.length > 0) {
		sentences.push(`${draftsOf(open)} open again, so nothing was discarded. “Discard Draft” in the editor does it.`);
	}
	return sentences.length === 0 ? undefined : sentences.join(' ');
}

function draftsOf(names: readonly string[]): string {
	const all = names.map((name) => plain(`“${name}”`)).join(', ');
	return names.length === 1 ? `The draft of ${all} is` : `The drafts of ${all} are`;
}
