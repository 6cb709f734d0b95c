import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Priority } from '../../../src/vault/api';
import { VaultError } from '../../../src/vault/errors';
import { Pacing } from '../../../src/workos/pacing';
import { lost } from '../../support/fakes';
import { pass, secondOf, withFakeClock } from '../../support/fakeClock';

suite('Pacing told by the vault', () => {
	const { task, seconds, starts } = withFakeClock();
	const refusal = (retryAfter: number) => new VaultError('rateLimited', { status: 429, retryAfter });
	const resetIn = (remaining: number, seconds: number) => ({
		remaining,
		resetAt: new Date(Date.now() + seconds * 1000),
	});
	const call = (pacing: Pacing, priority: Priority) => void pacing.run(task(priority), { isRead: true, priority });
	/** Who is sent at once. */
	const sent = async (pacing: Pacing) => {
		const before = starts().length;
		call(pacing, 'person');
		call(pacing, 'background');
		await pass(0);
		return starts()
			.slice(before)
			.map(([name]) => name)
			.sort();
	};
	const everybody = ['background', 'person'];

	test('that nothing is left, lets everybody wait for the reset', async () => {
		const pacing = new Pacing(100);
		pacing.observe(resetIn(0, 10));
		assert.deepEqual(await sent(pacing), []);
		await pass(9);
		assert.deepEqual(starts(), []);
		await pass(1);
		assert.deepEqual(seconds('person'), [10]);
		await pass(4);
		assert.equal(starts().length, 2);
	});

	test('that little is left, keeps it for the person, who goes at once all the time', async () => {
		const pacing = new Pacing(100);
		pacing.onDidPause(() => assert.fail('everybody waits'));
		pacing.observe(resetIn(5, 10));
		assert.deepEqual(await sent(pacing), ['person']);
		await pass(5);
		pacing.observe(resetIn(4, 5));
		call(pacing, 'person');
		await pass(4);
		assert.deepEqual(starts(), [
			['person', 0],
			['person', 5],
		]);
		await pass(5);
		assert.equal(seconds('background').length, 1);
	});

	test('of a shorter wait for everybody, ends none that the background has', async () => {
		const pacing = new Pacing(100);
		pacing.observe(resetIn(5, 60));
		pacing.observe(resetIn(0, 10));
		await pass(10);
		assert.deepEqual(await sent(pacing), ['person']);
		await pass(49);
		assert.deepEqual(seconds('background'), []);
		await pass(5);
		assert.equal(seconds('background').length, 1);
	});

	for (const [what, remaining, seconds] of [
		['much is left', 9, 10],
		['a reset is now', 0, 0],
		['a reset lies in the past', 0, -1],
		['a reset is further away than anybody waits', 0, 301],
		['a reset was said in milliseconds', 0, Date.UTC(2026, 0, 1)],
		['a reset is no time', 0, Number.NaN],
		['a reset is further away than anybody waits and little is left', 5, 301],
	] as const) {
		test(`that ${what}, holds nobody up`, async () => {
			const pacing = new Pacing(100);
			pacing.onDidPause(() => assert.fail('everybody waits'));
			pacing.observe(resetIn(remaining, seconds));
			assert.deepEqual(await sent(pacing), everybody);
		});
	}

	for (const remaining of [0, 5]) {
		test(`with every answer that ${remaining} are left, is heeded once`, async () => {
			const pacing = new Pacing(100);
			pacing.observe(resetIn(remaining, 300));
			await pass(305);
			for (let answer = 0; answer < 3; answer++) {
				pacing.observe(resetIn(remaining, 300));
				assert.deepEqual(await sent(pacing), everybody);
			}
		});

		test(`that ${remaining} are left, is heeded again in a minute in which there was more before`, async () => {
			const pacing = new Pacing(100);
			pacing.observe(resetIn(remaining, 60));
			await pass(65);
			pacing.observe(resetIn(99, 60));
			assert.deepEqual(await sent(pacing), everybody);
			pacing.observe(resetIn(remaining, 60));
			assert.deepEqual(await sent(pacing), remaining === 0 ? [] : ['person']);
		});
	}

	test('of a later reset while everybody waits already, holds nobody up for longer', async () => {
		const pacing = new Pacing(100);
		pacing.observe(resetIn(0, 10));
		await pass(5);
		pacing.observe(resetIn(0, 300));
		await pass(5);
		assert.deepEqual(await sent(pacing), ['person']);
	});

	suite('to wait, as others were', () => {
		/** Forty windows and machines that are told of the same second: when each call is sent, from its end on. */
		const comeBack = async (tell: (pacing: Pacing) => void, priority: Priority, run: () => Promise<unknown>) => {
			const times: number[] = [];
			const machines = Array.from({ length: 40 }, () => new Pacing(100));
			machines.forEach(tell);
			await pass(0);
			for (const pacing of machines) {
				const note = () => {
					times.push(secondOf(new Date()) - 10);
					return run();
				};
				pacing.run(note, { isRead: true, priority }).catch(() => undefined);
			}
			await pass(15, 50);
			return times;
		};
		const busiest = (times: readonly number[]) =>
			Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 0.25).length));
		const done = () => Promise.resolve();

		for (const [what, tell] of [
			['nothing is left', (pacing: Pacing) => pacing.observe(resetIn(0, 10))],
			['a 429', (pacing: Pacing) => void pacing.run(task('a', refusal(10)), { isRead: true })],
		] as const) {
			test(`the person goes on at once: ${what}`, async () => {
				const times = await comeBack(tell, 'person', done);
				assert.equal(times.length, 40);
				assert.deepEqual([...new Set(times)], [0]);
			});

			test(`the background comes back spread over some seconds: ${what}`, async () => {
				const times = await comeBack(tell, 'background', done);
				assert.equal(times.length, 40);
				assert.ok(times.every((time) => time >= 2 && time <= 4.1) && busiest(times) <= 20, String(times));
			});
		}

		test('the background that was refused comes back before the other, spread too', async () => {
			const failures = Array.from({ length: 40 }, () => refusal(10));
			const run = () => {
				const failure = failures.pop();
				return failure ? Promise.reject(failure) : Promise.resolve();
			};
			const times = await comeBack(() => undefined, 'background', run);
			const again = times.slice(40);
			assert.equal(again.length, 40);
			assert.ok(again.every((time) => time >= 0 && time <= 2.1) && busiest(again) <= 20, String(again));
		});

		test('after an outage, nobody comes back together: a lost read is sent again at a time of its own', async () => {
			const failures = Array.from({ length: 40 }, () => lost());
			const run = () => {
				const failure = failures.pop();
				return failure ? Promise.reject(failure) : Promise.resolve();
			};
			const times = (await comeBack(() => undefined, 'person', run)).map((time) => time + 10);
			const again = times.slice(40);
			assert.equal(again.length, 40);
			assert.ok(again.every((time) => time >= 0.5 && time <= 1.6) && busiest(again) <= 25, String(again));
		});
	});

	test('a disposed queue waits for nothing any more, and tells nobody', async () => {
		const timers = mock.method(globalThis, 'setTimeout');
		const cleared = mock.method(globalThis, 'clearTimeout');
		const pacing = new Pacing(100);
		const told: (Date | undefined)[] = [];
		pacing.onDidPause((until) => told.push(until));
		pacing.observe(resetIn(0, 10));
		assert.equal(timers.mock.callCount(), 1);
		pacing.dispose();
		assert.deepEqual(
			cleared.mock.calls.map((one) => one.arguments[0]),
			timers.mock.calls.map((one) => one.result),
		);
		await pass(11);
		assert.equal(told.length, 1);
		mock.restoreAll();
	});
});
