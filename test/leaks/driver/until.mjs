import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something is so. @throws with a sentence, after 15 seconds */
export async function until(isSo, sentence) {
	const end = Date.now() + 15_000;
	while (!(await isSo())) {
		if (Date.now() > end) throw new Error(`${sentence}.`);
		await delay(50);
	}
}
