import assert from 'node:assert/strict';
import { activityDays } from '../../../../src/vault/activity/dayCounts';
import { ObjectActivity } from '../../../../src/vault/activity/objectActivity';
import { FakeVault } from '../../../support/fakeVault';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 12, 12);

suite('Reads and changes a day', () => {
	const activityOf = (vault: FakeVault) =>
		new ObjectActivity(vault, { name: 'token', organizationId: undefined }, () => now);
	const days = (activity: ObjectActivity, count: number, timeZone = 'UTC', last = '2026-11-12') =>
		activityDays(activity, { timeZone, last, count, now }).map(
			({ day, reads, changes }) => `${day} ${reads.count} ${reads.coverage} ${changes.count} ${changes.coverage}`,
		);

	test('are counted, also those without any, the oldest first', async () => {
		const vault = new FakeVault();
		vault.activity.add('created', 'token', now - 72 * hour);
		vault.activity.add('read', 'token', now - 25 * hour);
		vault.activity.add('read', 'token', now - 24 * hour);
		vault.activity.add('updated', 'token', now - 2 * hour);
		vault.activity.add('read', 'token', now - hour);
		const activity = activityOf(vault);
		await activity.lookFurtherBack();
		assert.deepEqual(days(activity, 4), [
			'2026-11-09 0 whole 1 whole',
			'2026-11-10 0 whole 0 whole',
			'2026-11-11 2 whole 0 whole',
			'2026-11-12 1 whole 1 whole',
		]);
	});

	test('are those of the person’s days', async () => {
		const vault = new FakeVault();
		vault.activity.add('created', 'token', now - 72 * hour);
		vault.activity.add('read', 'token', Date.UTC(2026, 10, 11, 23, 30));
		const activity = activityOf(vault);
		await activity.lookFurtherBack();
		assert.deepEqual(days(activity, 2), ['2026-11-11 1 whole 0 whole', '2026-11-12 0 whole 0 whole']);
		assert.deepEqual(days(activity, 2, 'Europe/Berlin'), ['2026-11-11 0 whole 0 whole', '2026-11-12 1 whole 0 whole']);
	});

	test('are not said to be none where nobody looked, or looked in part', async () => {
		const vault = new FakeVault();
		vault.activity.add('created', 'token', now - 240 * hour);
		for (let index = 0; index < 300; index++) vault.activity.add('read', 'other', now - (300 - index) * hour * 0.25);
		const activity = activityOf(vault);
		activity.createdAt = new Date(now - 240 * hour);
		await activity.open();
		assert.deepEqual(days(activity, 3), [
			'2026-11-10 0 none 0 none',
			'2026-11-11 0 part 0 none',
			'2026-11-12 0 whole 0 none',
		]);
	});

	test('begin when the object was created, and end today', async () => {
		const vault = new FakeVault();
		vault.activity.add('created', 'token', now - 24 * hour);
		const activity = activityOf(vault);
		await activity.lookFurtherBack();
		assert.deepEqual(days(activity, 28), ['2026-11-11 0 whole 1 whole', '2026-11-12 0 whole 0 whole']);
		assert.deepEqual(days(activity, 3, 'UTC', '2026-11-13'), [
			'2026-11-11 0 whole 1 whole',
			'2026-11-12 0 whole 0 whole',
		]);
	});

	test('before the oldest event that the vault tells are not known, though its list ends', async () => {
		const vault = new FakeVault();
		vault.activity.add('read', 'token', now - 24 * hour);
		const activity = activityOf(vault);
		activity.createdAt = new Date(now - 240 * hour);
		await activity.lookFurtherBack();
		assert.deepEqual(days(activity, 3), [
			'2026-11-10 0 none 0 none',
			'2026-11-11 1 part 0 part',
			'2026-11-12 0 whole 0 whole',
		]);
	});
});
