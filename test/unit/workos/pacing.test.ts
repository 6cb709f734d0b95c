import assert from 'node:assert/strict';
import { VaultError, type VaultErrorCode } from '../../../src/vault/errors';
import { Pacing, type TaskOptions } from '../../../src/workos/pacing';
import { failureOf, lost } from '../../support/fakes';
import { pass, withFakeClock } from '../../support/fakeClock';

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
