import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until something is so.
 * @param {() => unknown} isSo
 * @param {string} sentence what is said where it is not
 * @param {number} [patience] ms
 * @throws with the sentence, after that time
 */
export async function until(isSo, sentence, patience = 30_000) {
	const end = Date.now() + patience;
	while (!(await isSo())) {
		if (Date.now() > end) throw new Error(`${sentence}.`);
		await delay(50);
	}
}
