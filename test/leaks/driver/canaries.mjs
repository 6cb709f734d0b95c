import { randomBytes } from 'node:crypto';
import { canaryLength, createFinder } from '../scan/finder.mjs';

/** The canaries of a run, by what they are handled by. */
export class Canaries {
	/** @type {Record<string, string | Buffer>} */
	all = {};
	#find = createFinder({});

	/** Makes a canary. @throws where there is one of this label */
	make(label) {
		if (this.all[label] !== undefined) throw new Error(`There is a canary “${label}” already.`);
		return this.take(label, randomBytes(canaryLength / 2).toString('hex'));
	}

	/** Makes a canary of what somebody else has drawn; of bytes, where it is no such text. */
	take(label, canary) {
		this.all[label] = canary;
		this.#find = createFinder(this.all);
		return canary;
	}

	/** Takes canaries for nothing from now on. */
	forget(labels) {
		for (const label of labels) delete this.all[label];
		this.#find = createFinder(this.all);
	}

	/** Which canaries are in some bytes, and in which form. */
	find(data) {
		return this.#find(data);
	}
}
