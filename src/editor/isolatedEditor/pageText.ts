import type { Change, Splice, Whole } from '../../isolated/messages';

/** The text of a page as its messages tell it. */
export class PageText {
	#text: string;
	#lineEnd: Change['lineEnd'];
	#sequence = 0;
	#isInStep = true;

	/** Starts with a text without a flaw (`flawOf`). */
	constructor(text: string) {
		this.#text = text.replaceAll('\r\n', '\n');
		this.#lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
	}

	/** The text with its own line ends. */
	get text(): string {
		return this.#lineEnd === '\n' ? this.#text : this.#text.replaceAll('\n', this.#lineEnd);
	}

	/** False from a change that does not fit on: the text is an old one until `takeWhole`. */
	get isInStep(): boolean {
		return this.#isInStep;
	}

	/** Takes in a change. Nothing is taken in while out of step. */
	applyChange({ splices, length, lineEnd, sequence }: Change): void {
		const text = sequence === this.#sequence + 1 ? spliced(this.#text, splices) : undefined;
		this.#isInStep &&= text?.length === length;
		if (!this.#isInStep || text === undefined) return;
		this.#text = text;
		this.#lineEnd = lineEnd;
		this.#sequence = sequence;
	}

	/** Goes on from all that the page has. */
	applyWhole({ text, lineEnd, sequence }: Whole): void {
		this.#text = text;
		this.#lineEnd = lineEnd;
		this.#sequence = sequence;
		this.#isInStep = true;
	}
}

/** The text after the splices, or undefined where they don't fit. */
function spliced(text: string, splices: readonly Splice[]): string | undefined {
	const parts: string[] = [];
	let end = 0;
	for (const { from, to, insert } of splices) {
		if (from < end || to < from || to > text.length) return undefined;
		parts.push(text.slice(end, from), insert);
		end = to;
	}
	parts.push(text.slice(end));
	return parts.join('');
}
