import assert from 'node:assert/strict';
import { boundsOf, isIn, knownTimeZone, onObject } from '../../../../src/editor/objectPage/pageMessages';
import { WishedValue } from '../../../../src/editor/objectPage/wishedValue';

const at = new Date('2026-11-29T12:00:00Z');

suite('A value that a person wishes to see on a page', () => {
	test('is awaited once, however often the button is pressed', () => {
		const value = new WishedValue();
		const wish = value.begin();
		assert.equal(value.begin(), undefined);
		wish?.end();
		assert.notEqual(value.begin(), undefined);
	});

	test('comes no more after it was hidden, while another wish may stand', () => {
		const value = new WishedValue();
		const first = value.begin();
		value.forget();
		assert.equal(first?.isOver(), true);
		const second = value.begin();
		first?.end();
		assert.equal(second?.isOver(), false);
		assert.equal(value.begin(), undefined);
	});

	test('is known by the change that it is of, until it is forgotten', () => {
		const value = new WishedValue();
		value.begin()?.end();
		value.show(at);
		assert.equal(value.of, at);
		value.forget();
		assert.equal(value.of, undefined);
	});
});

suite('What a page tells', () => {
	test('a day is from its beginning to its end where the person is', () => {
		assert.deepEqual(boundsOf('2026-11-12', 'Europe/Berlin', at.getTime()), {
			start: new Date('2026-11-11T23:00:00Z'),
			end: new Date('2026-11-12T23:00:00Z'),
		});
	});

	test('a day that is none, is to come, or was before all objects is looked for nowhere', () => {
		const days = [
			'',
			'2026-02-30',
			'2026-13-01',
			'9999-99-99',
			'12345-01-01',
			'0000-01-01',
			'1999-12-31',
			'2026-11-30',
		];
		for (const day of [...days, '9999-12-31']) assert.equal(boundsOf(day, 'UTC', at.getTime()), undefined, day);
		assert.ok(boundsOf('2026-11-30', 'Pacific/Kiritimati', at.getTime()));
	});

	test('a time zone that is not known here is UTC', () => {
		assert.equal(knownTimeZone('Europe/Berlin'), 'Europe/Berlin');
		for (const told of ['Etc/Unknown', 'Mars/Olympus', '']) assert.equal(knownTimeZone(told), 'UTC', told);
	});

	test('an act that only every object has is none of the page', () => {
		assert.equal(isIn(onObject, { act: 'edit' }), true);
		assert.equal(isIn(onObject, { act: 'constructor' }), false);
	});
});
