import assert from 'node:assert/strict';
import { formatTime } from '../../../../src/commands/prompts/age';

suite('Times', () => {
	const before = process.env['TZ'];
	teardown(() => {
		if (before === undefined) delete process.env['TZ'];
		else process.env['TZ'] = before;
	});

	for (const [zone, words] of [
		['America/New_York', /\b7:30.*(EST|GMT-5)/],
		['Asia/Kolkata', /\b6:00.*(IST|GMT\+5:30)/],
		['UTC', /\b12:30.*UTC/],
	] as const) {
		test(`say in which zone they are, on a machine in ${zone}`, () => {
			process.env['TZ'] = zone;
			assert.match(formatTime(new Date('2026-01-15T12:30:00Z')), words);
		});
	}
});
