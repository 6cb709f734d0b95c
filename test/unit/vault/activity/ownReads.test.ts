import assert from 'node:assert/strict';
import { ownReadEvents, type OwnRead } from '../../../../src/vault/activity/ownReads';
import { ActivityLog } from '../../../support/activityLog';

suite('Reads at the time of our own', () => {
	const call = (sent: number, ended: number): OwnRead => ({
		sentAt: new Date(sent),
		endedAt: new Date(ended),
		isAnswered: true,
	});
	const found = (log: ActivityLog, ...calls: OwnRead[]) => [...ownReadEvents(log.events, calls)];

	test('are those that came while a call ran, or a moment before or after it', () => {
		for (const at of [8000, 10_000, 10_500, 13_000]) {
			const log = new ActivityLog();
			const { id } = log.add('read', 'token', at);
			assert.deepEqual(found(log, call(10_000, 11_000)), [id], String(at));
		}
	});

	test('are none of those that came earlier or later', () => {
		const log = new ActivityLog();
		log.add('read', 'token', 7999);
		log.add('read', 'token', 13_001);
		assert.deepEqual(found(log, call(10_000, 11_000)), []);
	});

	test('are one for each call, the nearest: a colleague’s read a moment later is not taken for ours', () => {
		const log = new ActivityLog();
		log.add('read', 'token', 9000);
		const ours = log.add('read', 'token', 10_400);
		log.add('read', 'token', 12_000);
		const second = log.add('read', 'token', 20_100);
		assert.deepEqual(found(log, call(10_000, 11_000), call(20_000, 20_050)), [ours.id, second.id]);
	});

	test('are never changes, nor reads in the dashboard', () => {
		const log = new ActivityLog();
		log.add('updated', 'token', 10_000);
		log.add('read', 'token', 10_100, { by: { source: 'dashboard' } });
		assert.deepEqual(found(log, call(10_000, 11_000)), []);
	});
});
