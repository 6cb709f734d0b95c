import assert from 'node:assert/strict';
import { VaultError } from '../../../src/vault/errors';
import { Pacing, type TaskOptions } from '../../../src/workos/pacing';
import { failureOf } from '../../support/fakes';
import { pass, secondOf, withFakeClock } from '../../support/fakeClock';

suite('Pacing after a 429', () => {
	const { task, seconds, starts } = withFakeClock();
	const refusal = (retryAfter?: number) => new VaultError('rateLimited', { status: 429, retryAfter });
	const read: TaskOptions = { isRead: true };
	const write: TaskOptions = { isRead: false };
	/** Holds a failure until it is looked at. */
	const settled = (promise: Promise<unknown>) => {
		promise.catch(() => undefined);
		return promise;
	};

	test('waits as long as the vault says, then tries again', async () => {
		const result = new Pacing(100).run(task('a', refusal(7)), read);
		await pass(10);
		assert.equal(await result, 'a');
		assert.deepEqual(seconds(), [0, 7]);
	});

	test('waits 60, 120 and 240 seconds where the vault does not say, and no fourth time', async () => {
		const result = settled(new Pacing(100).run(task('a', refusal(), refusal(), refusal(), refusal()), read));
		await pass(430);
		const failure = await failureOf(result);
		assert.equal(failure.code, 'rateLimited');
		assert.equal(failure.details.attempts, 4);
		assert.deepEqual(seconds(), [0, 60, 180, 420]);
	});

	test('sends a write again too: it was not carried out', async () => {
		const result = new Pacing(100).run(task('a', refusal(5)), write);
		await pass(6);
		assert.equal(await result, 'a');
	});

	test('fails at once where the vault asks for longer than anybody waits, and says how long', async () => {
		for (const retryAfter of [301, 4_000_000]) {
			const pacing = new Pacing(100);
			pacing.onDidPause(() => assert.fail('it waits'));
			const result = settled(pacing.run(task(String(retryAfter), refusal(retryAfter)), read));
			await pass(1);
			assert.equal((await failureOf(result)).details.retryAfter, retryAfter);
			await pass(60);
			assert.equal(seconds(String(retryAfter)).length, 1);
		}
	});

	test('everybody waits, and the person goes first afterwards', async () => {
		const pacing = new Pacing(1000);
		void pacing.run(task('refused', refusal(5)), read);
		await pass(1);
		const names: string[] = [];
		for (let index = 0; index < 20; index++) {
			void pacing.run(task('background'), { isRead: true, priority: 'background' });
			void pacing.run(task('visible'), { isRead: true, priority: 'visible' });
		}
		await pass(3);
		assert.equal(starts().length, 1);
		await pass(6);
		names.push(...starts().map(([name]) => name));
		assert.equal(names.length, 42);
		assert.equal(names[1], 'refused');
		assert.equal(names.lastIndexOf('visible') < names.indexOf('background'), true, 'visible before background');
	});

	for (const [first, second] of [
		[20, 5],
		[5, 20],
	] as const) {
		test(`a later end wins over an earlier one: told ${first} seconds, then ${second}`, async () => {
			const pacing = new Pacing(100);
			void pacing.run(task('a', refusal(first)), read);
			void pacing.run(task('b', refusal(second)), read);
			await pass(25);
			assert.deepEqual(seconds('a'), [0, 20]);
			assert.deepEqual(seconds('b'), [0, 20]);
		});
	}

	test('not one more is sent, though others wait for their turn', async () => {
		const pacing = new Pacing(100);
		for (let index = 0; index < 20; index++) void pacing.run(task('refused', refusal(5)), read);
		await pass(4);
		assert.equal(starts().length, 8);
	});

	for (const priority of ['person', 'visible', 'background'] as const) {
		test(`who was refused goes before those of its rank who were not: ${priority}`, async () => {
			const pacing = new Pacing(100);
			void pacing.run(task('refused', refusal(5)), { isRead: true, priority });
			for (let index = 0; index < 30; index++) void pacing.run(task('new'), { isRead: true, priority });
			await pass(4);
			const before = starts().length;
			await pass(6);
			assert.equal(starts()[before]?.[0], 'refused');
			assert.equal(starts().length, 32);
		});
	}

	test('who was refused more often goes before those who were refused once', async () => {
		const pacing = new Pacing(100);
		const twice = task('twice', refusal(60), refusal(60));
		const slowly = async () => {
			const isSecond = seconds('twice').length === 1;
			const answer = settled(twice());
			if (isSecond) await new Promise((resolve) => setTimeout(resolve, 1000));
			return answer;
		};
		void pacing.run(slowly, read);
		await pass(30);
		void pacing.run(task('once', refusal(60)), read);
		await pass(95);
		assert.deepEqual(starts(), [
			['twice', 0],
			['twice', 60],
			['once', 60],
			['twice', 121],
			['once', 121],
		]);
	});

	test('a Retry-After of 0 is tried once: a vault that refuses all the same has not said how long', async () => {
		const result = settled(
			new Pacing(100).run(task('a', refusal(0), refusal(0), refusal(0), refusal(0)), { isRead: true }),
		);
		// The clock of the tests goes on by whole seconds: what comes at once comes with the next.
		await pass(370);
		assert.equal((await failureOf(result)).details.attempts, 4);
		assert.deepEqual(seconds(), [0, 1, 121, 361]);
	});

	test('tells until when it waits, and when it goes on', async () => {
		const pacing = new Pacing(100);
		const told: (number | undefined)[] = [];
		pacing.onDidPause((until) => told.push(until && secondOf(until)));
		void pacing.run(task('a', refusal(5)), read);
		await pass(4);
		assert.deepEqual(told, [5]);
		await pass(2);
		assert.deepEqual(told, [5, undefined]);
	});

	test('a person who cancels does not end the wait of others', async () => {
		const pacing = new Pacing(100);
		const controller = new AbortController();
		const result = settled(pacing.run(task('a', refusal(10)), { ...read, signal: controller.signal }));
		await pass(1);
		controller.abort(new Error('cancelled'));
		await assert.rejects(result, /cancelled/);
		void pacing.run(task('b'), read);
		await pass(8);
		assert.deepEqual(seconds('b'), []);
		await pass(1);
		assert.deepEqual(seconds('b'), [10]);
	});
});
