import type { Words } from './words';

/** A failure of the editor's own side, with the words for it. */
export class TellableError extends Error {
	constructor(readonly words: Words) {
		super(words.sentence);
		this.name = 'TellableError';
	}
}
