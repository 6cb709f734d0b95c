import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Priority } from '../../../src/vault/api';
import { VaultError } from '../../../src/vault/errors';
import { pause } from '../../../src/vault/pause';
import { Pacing } from '../../../src/workos/pacing';
import { pass, withFakeClock } from '../../support/fakeClock';
import { seededRandom } from '../../support/seededRandom';

const minute = 60_000;
const minutes = 6;
const step = 25;

/** A vault that lets so many requests pass in each of its minutes, which begin as those of Local Vault do. */
class LimitedVault {
	#startedAt = 0;
	#count = 0;

	constructor(
		readonly perMinute: number,
		/** Whether it says anything of its limit. */
		private readonly isTelling: boolean,
	) {}

	/** One request and its answer, each on its way for some time. */
	async answer(pacing: Pacing): Promise<void> {
		await pause(25 + 50 * Math.random());
		const now = Date.now();
		if (now - this.#startedAt >= minute) {
			this.#startedAt = now - (now % 1000);
			this.#count = 0;
		}
		const remaining = this.perMinute - ++this.#count;
		const resetAt = new Date(this.#startedAt + minute);
		await pause(25 + 50 * Math.random());
		if (this.isTelling) pacing.observe({ remaining: Math.max(0, remaining), resetAt });
		const retryAfter = this.isTelling ? Math.ceil((resetAt.getTime() - now) / 1000) : undefined;
		if (remaining < 0) throw new VaultError('rateLimited', { status: 429, retryAfter });
	}
}

suite('Pacing of two windows under one key, more than the vault lets pass', () => {
	withFakeClock();
	setup(() => void mock.method(Math, 'random', seededRandom(7)));
	teardown(() => mock.restoreAll());

	/** A window that has more to send than passes: how many of its calls passed and failed. */
	const busyWindow = (vault: LimitedVault, priority: Priority, requestsPerMinute = 0) => {
		const pacing = new Pacing(requestsPerMinute);
		const calls = { passed: 0, failed: 0 };
		for (let index = 0; index < vault.perMinute * (minutes + 1); index++) {
			pacing
				.run(() => vault.answer(pacing), { isRead: true, priority })
				.then(
					() => calls.passed++,
					() => calls.failed++,
				);
		}
		return calls;
	};
	const assertFair = (
		vault: LimitedVault,
		windows: readonly { passed: number; failed: number }[],
		during = minutes,
	) => {
		assert.deepEqual(
			windows.map(({ failed }) => failed),
			[0, 0],
		);
		const shares = windows.map(({ passed }) => passed / (vault.perMinute * during));
		const all = shares.reduce((sum, share) => sum + share);
		assert.ok(all >= 0.9 && all <= 1 + 1 / during, `${shares.join(' and ')} of what the vault lets pass`);
		assert.ok(Math.min(...shares) >= 0.4 * all, shares.join(' and '));
	};

	for (const priority of ['person', 'visible', 'background'] as const) {
		for (const perMinute of [60, 300]) {
			for (const isTelling of [true, false]) {
				const vaultThat = `a vault of ${perMinute} that ${isTelling ? 'tells of its limit' : 'only says 429'}`;
				test(`no call fails, little is wasted, and both get their part: ${priority}, ${vaultThat}`, async () => {
					const vault = new LimitedVault(perMinute, isTelling);
					const windows = [busyWindow(vault, priority), busyWindow(vault, priority)];
					await pass(60 * minutes, step);
					assertFair(vault, windows);
				});
			}
		}
	}

	test('so it is when the second window comes in the middle of a minute, and the vault tells of its limit', async () => {
		const vault = new LimitedVault(300, true);
		const first = busyWindow(vault, 'background');
		await pass(20, step);
		const second = busyWindow(vault, 'background');
		await pass(40, step);
		// The minute in which the second came is over.
		first.passed = second.passed = 0;
		await pass(60 * (minutes - 1), step);
		assertFair(vault, [first, second], minutes - 1);
	});

	test('a person in one window gets through though the background of the other takes all it can', async () => {
		for (const isTelling of [true, false]) {
			const vault = new LimitedVault(300, isTelling);
			const other = busyWindow(vault, 'background', vault.perMinute);
			const pacing = new Pacing(vault.perMinute);
			let answered = 0;
			for (let call = 0; call < minutes; call++) {
				await pass(57, step);
				void pacing.run(() => vault.answer(pacing), { isRead: true }).then(() => answered++);
				await pass(3, step);
			}
			await pass(61, step);
			assert.equal(answered, minutes);
			assert.equal(other.failed, 0);
		}
	});

	test('with limits of their own, no call fails though the second window comes late and the vault only says 429', async () => {
		const vault = new LimitedVault(300, false);
		const windows = [busyWindow(vault, 'background', vault.perMinute)];
		await pass(20, step);
		windows.push(busyWindow(vault, 'background', vault.perMinute));
		await pass(60 * minutes, step);
		assert.deepEqual(
			windows.map(({ failed }) => failed),
			[0, 0],
		);
		assert.ok(windows.every(({ passed }) => passed >= 20 * minutes));
	});
});
