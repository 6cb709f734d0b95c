import assert from 'node:assert/strict';
import { afterIdling, checkEveryMs, hasSlept } from '../../../../src/commands/access/idleness';

const minute = 60_000;
const now = 1_000 * minute;

suite('The lock by itself', () => {
	const limitMs = 15 * minute;

	test('comes when no window was used for as long as the setting says', () => {
		assert.equal(afterIdling({ now, lastUse: now - limitMs, limitMs }), 'lock');
		assert.equal(afterIdling({ now, lastUse: now - limitMs + 1, limitMs }), 'wait');
	});

	test('counts anew where the clock was set back: it comes in time, and not an hour late', () => {
		assert.equal(afterIdling({ now: now - 60 * minute, lastUse: now, limitMs }), 'countAnew');
	});

	test('comes at once where the clock was set forward past its time', () => {
		assert.equal(afterIdling({ now: now + 60 * minute, lastUse: now, limitMs }), 'lock');
		assert.equal(hasSlept({ now: now + 60 * minute, lastLook: now, limitMs }), true);
	});

	test('comes when the machine wakes that slept for that long, and not after a moment', () => {
		assert.equal(hasSlept({ now, lastLook: now - limitMs, limitMs }), true);
		assert.equal(hasSlept({ now, lastLook: now - limitMs + 1, limitMs }), false);
		assert.equal(hasSlept({ now, lastLook: now - 2 * checkEveryMs + 1, limitMs: 1_000 }), false);
	});

	test('never comes where it is turned off', () => {
		assert.equal(hasSlept({ now, lastLook: 0, limitMs: 0 }), false);
		assert.equal(afterIdling({ now, lastUse: 0, limitMs: 0 }), 'wait');
	});
});
