import assert from 'node:assert/strict';
import { VaultError, type VaultErrorCode } from '../../../src/vault/errors';
import { Pacing, type TaskOptions } from '../../../src/workos/pacing';
import { failureOf, lost } from '../../support/fakes';
import { pass, secondOf, withFakeClock } from '../../support/fakeClock';

suite('Pacing', () => {
	const { task, seconds, starts } = withFakeClock();
	const refusal = (retryAfter?: number) => new VaultError('rateLimited', { status: 429, retryAfter });
	const read: TaskOptions = { isRead: true };
	const write: TaskOptions = { isRead: false };
	/** Holds a failure until it is looked at. */
	const settled = (promise: Promise<unknown>) => {
		promise.catch(() => undefined);
		return promise;
	};

	suite('after a 429', () => {
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
			await pass(2);
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

	suite('after a lost answer', () => {
		test('a read is tried again after growing pauses', async () => {
			const result = new Pacing(100).run(task('a', lost(), lost()), read);
			await pass(5);
			assert.equal(await result, 'a');
			const [, second = 0, third = 0] = seconds();
			assert.ok(second <= 2 && third - second <= 4, String(seconds()));
		});

		test('a read is given up after three tries, and says how many there were', async () => {
			const result = settled(new Pacing(100).run(task('a', lost(), lost(), lost()), read));
			await pass(6);
			const { code, details } = await failureOf(result);
			assert.deepEqual([code, details.attempts, details.status], ['unavailable', 3, 504]);
			assert.equal(starts().length, 3);
		});

		test('a write is never sent again', async () => {
			for (const code of ['unavailable', 'offline'] as const) {
				const result = settled(new Pacing(100).run(task(code, new VaultError(code)), write));
				await pass(10);
				assert.equal((await failureOf(result)).code, code);
				assert.equal(seconds(code).length, 1);
			}
		});
	});

	test('an answer that says success and can’t be read is lost, but a read is not sent again for it', async () => {
		const unreadable = new VaultError('unexpected', { status: 200 });
		assert.ok(unreadable.isAnswerLost);
		const result = settled(new Pacing(100).run(task('a', unreadable), read));
		await pass(5);
		assert.equal((await failureOf(result)).code, 'unexpected');
		assert.equal(starts().length, 1);
	});

	suite('while a key is being prepared', () => {
		test('tries each second, twenty times at most', async () => {
			const notReady = Array.from({ length: 25 }, () => new VaultError('keyNotReady'));
			const result = settled(new Pacing(100).run(task('a', ...notReady), write));
			await pass(25);
			assert.equal((await failureOf(result)).details.attempts, 20);
			assert.deepEqual(
				seconds(),
				Array.from({ length: 20 }, (_, index) => index),
			);
		});

		test('answers as soon as it is ready', async () => {
			const result = new Pacing(100).run(task('a', new VaultError('keyNotReady')), write);
			await pass(1);
			assert.equal(await result, 'a');
		});
	});

	const final: VaultErrorCode[] = ['unauthorized', 'forbidden', 'notFound', 'conflict', 'nameTaken', 'rejected'];
	for (const code of final) {
		test(`a failure that waiting does not heal is final: ${code}`, async () => {
			const result = settled(new Pacing(100).run(task('a', new VaultError(code)), read));
			await pass(2);
			assert.equal((await failureOf(result)).code, code);
			assert.equal(starts().length, 1);
		});
	}

	test('a failure of our own is handed on as it is', async () => {
		const bug = new TypeError('bug');
		await assert.rejects(new Pacing(100).run(task('a', bug), read), (error) => error === bug);
	});

	suite('cancelled', () => {
		const cancelled = (run: (options: TaskOptions) => Promise<unknown>) => {
			const controller = new AbortController();
			const result = settled(run({ isRead: true, signal: controller.signal }));
			return { result, cancel: () => controller.abort(new Error('cancelled')) };
		};

		test('while it waits for its turn, is never sent', async () => {
			const pacing = new Pacing(1);
			void pacing.run(task('first'), read);
			const { result, cancel } = cancelled((options) => pacing.run(task('second'), options));
			await pass(1);
			cancel();
			await assert.rejects(result, /cancelled/);
			await pass(120);
			assert.deepEqual(seconds('second'), []);
		});

		test('while it runs, ends at once', async () => {
			const pacing = new Pacing(100);
			const { result, cancel } = cancelled((options) => pacing.run(() => new Promise(() => undefined), options));
			await pass(1);
			cancel();
			await assert.rejects(result, /cancelled/);
		});

		for (const [what, failure] of [
			['for a key', new VaultError('keyNotReady')],
			['after a 429', refusal(30)],
			['after a lost answer', lost()],
		] as const) {
			test(`while it waits ${what}, is not sent again`, async () => {
				const pacing = new Pacing(100);
				const { result, cancel } = cancelled((options) => pacing.run(task('a', failure), options));
				await pass(0);
				cancel();
				await assert.rejects(result, /cancelled/);
				await pass(60);
				assert.equal(starts().length, 1);
			});
		}

		test('before it began, is never sent', async () => {
			await assert.rejects(new Pacing(100).run(task('a'), { isRead: true, signal: AbortSignal.abort() }));
			assert.deepEqual(starts(), []);
		});

		test('while in the background’s own queue, is never sent', async () => {
			const pacing = new Pacing(2);
			const background = (name: string, signal?: AbortSignal) =>
				settled(pacing.run(task(name), { isRead: true, priority: 'background', signal }));
			void background('first');
			const controller = new AbortController();
			const result = background('second', controller.signal);
			await pass(1);
			controller.abort(new Error('cancelled'));
			await assert.rejects(result, /cancelled/);
			await pass(120);
			assert.deepEqual(seconds('second'), []);
		});
	});
});
