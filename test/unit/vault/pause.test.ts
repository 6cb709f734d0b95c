import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { growingPause, pause } from '../../../src/vault/pause';
import { publishValue } from '../../../src/vault/drafts/writes';
import { lost } from '../../support/fakes';
import { FakeVault } from '../../support/fakeVault';
import { until } from '../../support/until';

suite('A pause', () => {
	setup(() => mock.timers.enable({ apis: ['setTimeout'] }));
	teardown(() => mock.timers.reset());

	test('ends after its time', async () => {
		let isOver = false;
		const over = pause(100).then(() => (isOver = true));
		mock.timers.tick(99);
		await new Promise(setImmediate);
		assert.equal(isOver, false);
		mock.timers.tick(1);
		await over;
	});

	test('ends at once with the signal’s reason, before it began too', async () => {
		const controller = new AbortController();
		const paused = pause(100, controller.signal);
		controller.abort(new Error('cancelled'));
		await assert.rejects(paused, /cancelled/);
		await assert.rejects(pause(100, controller.signal), /cancelled/);
	});

	test('grows with every failure, and is no two times the same', () => {
		const [first, again, second] = [growingPause(0), growingPause(0), growingPause(1)];
		assert.notEqual(first, again);
		assert.ok(first >= 250 && first < 750, String(first));
		assert.ok(second >= 500 && second < 1500, String(second));
	});

	test('before a write is sent again can be cancelled', async () => {
		const vault = new FakeVault();
		const { id, versionId } = vault.add('token', {}, 'one');
		const controller = new AbortController();
		vault.failNext('updateObject', lost());
		const update = { id, value: 'two', versionCheck: versionId };
		const publishing = publishValue(vault, update, { signal: controller.signal });
		await until(() => vault.count('describeObject') === 1);
		controller.abort(new Error('cancelled'));
		await assert.rejects(publishing, /cancelled/);
		mock.timers.tick(2000);
		assert.equal(vault.count('updateObject'), 1);
	});
});
