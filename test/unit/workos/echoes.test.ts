import assert from 'node:assert/strict';
import { isRepeating, type Sent } from '../../../src/workos/echoes';

/** A write of a value, as the SDK sends it. */
const sent = (value: string, more: object = {}): Sent => ({
	url: new URL('https://api.workos.com/vault/v1/kv/secret_01H'),
	init: {
		method: 'PUT',
		headers: { authorization: 'Bearer sk_test_0123456789' },
		body: JSON.stringify({ value, ...more }),
	},
});

suite('A sentence of a vault', () => {
	for (const [reason, value, isEcho] of [
		['The value “hunter2x” is too short.', 'hunter2x', true],
		['It begins with hunter…', 'hunter2 and more', true],
		['It begins with hunte…', 'hunter2 and more', false],
		['A quote: a\\"b\\nc and more', 'a"b\nc and', true],
		['abc is not enough', 'abc', true],
		['a is not enough', 'a', false],
		['The key sk_test_0123456789 may not do this.', 'v', true],
		['Nothing of it.', 'hunter2x', false],
		['', 'hunter2x', false],
	] as const) {
		test(`${JSON.stringify(reason)} ${isEcho ? 'repeats' : 'does not repeat'} ${JSON.stringify(value)}`, async () => {
			assert.equal(await isRepeating(reason, sent(value)), isEcho);
		});
	}

	test('repeats a name by a longer piece of it only', async () => {
		const named = sent('v', { name: 'payments/production/token' });
		assert.equal(await isRepeating('The object payments/production is locked.', named), true);
		assert.equal(await isRepeating('The payments are locked.', named), false);
	});

	test('is found to repeat what stands anywhere in a value of 1 MiB, also over the border of two stretches', async () => {
		for (const at of [0, 99_997, 100_000, 199_998, (1 << 20) - 6]) {
			const value = `${'x'.repeat(at)}needle${'x'.repeat((1 << 20) - 6 - at)}`;
			assert.equal(await isRepeating('It holds a needle.', sent(value)), true, String(at));
		}
	});

	test('is compared with a value of 1 MiB in turns, so that the editor goes on meanwhile', async () => {
		let turns = 0;
		const timer = setInterval(() => turns++, 0);
		assert.equal(await isRepeating('Unprocessable entity '.repeat(900), sent('u'.repeat(1 << 20))), false);
		clearInterval(timer);
		assert.ok(turns > 5, `${turns} turns`);
	});
});
