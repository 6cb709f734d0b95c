import assert from 'node:assert/strict';
import { dayAfter, dayOf, startOf } from '../../../../src/vault/activity/days';

const hour = 3_600_000;

suite('Days in a person’s time zone', () => {
	test('are those of the zone, and not of UTC', () => {
		const moment = Date.UTC(2026, 10, 12, 23, 30);
		assert.equal(dayOf(moment, 'UTC'), '2026-11-12');
		assert.equal(dayOf(moment, 'Europe/Berlin'), '2026-11-13');
		assert.equal(dayOf(moment, 'America/New_York'), '2026-11-12');
	});

	test('begin with their first moment', () => {
		assert.equal(startOf('2026-11-12', 'UTC'), Date.UTC(2026, 10, 12));
		assert.equal(startOf('2026-11-12', 'Europe/Berlin'), Date.UTC(2026, 10, 11, 23));
		assert.equal(startOf('2026-11-12', 'America/New_York'), Date.UTC(2026, 10, 12, 5));
		assert.equal(startOf('2026-11-12', 'Asia/Kathmandu'), Date.UTC(2026, 10, 11, 18, 15));
		assert.equal(startOf('2026-11-12', 'Pacific/Kiritimati'), Date.UTC(2026, 10, 11, 10));
		assert.equal(startOf('2026-11-12', 'Etc/GMT+12'), Date.UTC(2026, 10, 12, 12));
	});

	test('have 23 or 25 hours where clocks are changed', () => {
		const length = (day: string, zone: string) => (startOf(dayAfter(day), zone) - startOf(day, zone)) / hour;
		assert.equal(length('2026-03-29', 'Europe/Berlin'), 23);
		assert.equal(length('2026-10-25', 'Europe/Berlin'), 25);
		assert.equal(length('2026-10-26', 'Europe/Berlin'), 24);
	});

	test('begin at one o’clock where clocks are set forward at midnight', () => {
		assert.equal(startOf('2018-11-04', 'America/Sao_Paulo'), Date.UTC(2018, 10, 4, 3));
		assert.equal(dayOf(startOf('2018-11-04', 'America/Sao_Paulo') - 1, 'America/Sao_Paulo'), '2018-11-03');
	});

	test('follow one another over the ends of months and years', () => {
		assert.equal(dayAfter('2026-12-31'), '2027-01-01');
		assert.equal(dayAfter('2028-03-01', -1), '2028-02-29');
		assert.equal(dayAfter('2026-11-12', -27), '2026-10-16');
	});
});
