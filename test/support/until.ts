import assert from 'node:assert/strict';

/** Lets what is due run, turn by turn, until something is so. Waits for no clock. */
export async function until(isSo: () => boolean): Promise<void> {
	for (let turn = 0; turn < 200; turn++) {
		if (isSo()) return;
		await new Promise((resolve) => setImmediate(resolve));
	}
	assert.fail('it never came to be');
}
