import assert from 'node:assert/strict';
import { toBase64, toBase64InSteps } from '../../../../src/vault/ciphertext/base64';

suite('Base64', () => {
	const bytes = Uint8Array.from({ length: 300_001 }, (_, index) => (index * 7919) % 256);

	test('of large data is the same in steps and at once, and what others make of it', async () => {
		for (const length of [0, 1, 2, 3, 98_303, 98_304, 98_305, 196_608, 300_001]) {
			const part = bytes.subarray(0, length);
			assert.equal(toBase64(part), Buffer.from(part).toString('base64'));
			assert.equal(await toBase64InSteps(part), Buffer.from(part).toString('base64'));
		}
	});
});
