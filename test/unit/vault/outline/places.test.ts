import assert from 'node:assert/strict';
import type { KnownObject } from '../../../../src/vault/model';
import { Places } from '../../../../src/vault/outline/places';

const object = (name: string): KnownObject => ({
	id: name,
	name,
	keyContext: {},
	updatedAt: new Date(0),
	updatedBy: undefined,
	versionId: undefined,
});

suite('Places of rows', () => {
	/** The names of the rows that are shown of these. */
	const place = (places: Places, names: string, isScanning: boolean, most = 10, row = 'row') => {
		const find = (name: string) => (names.includes(name) ? object(name) : undefined);
		const shown = places.place(row, [...names].map(object), most, isScanning, ({ name }) => name, find);
		return shown.map(({ name }) => name).join('');
	};

	test('while a scan goes on, shown rows stay where they are and others come after them', () => {
		const places = new Places();
		assert.equal(place(places, 'cf', true), 'cf');
		assert.equal(place(places, 'acfh', true), 'cfah');
		assert.equal(place(places, 'abcfh', true), 'cfahb');
	});

	test('a row that is gone leaves its place to those after it', () => {
		const places = new Places();
		place(places, 'bcd', true);
		assert.equal(place(places, 'abd', true), 'bda');
	});

	test('no more rows are shown than there is room for', () => {
		const places = new Places();
		assert.equal(place(places, 'cd', true, 3), 'cd');
		assert.equal(place(places, 'abcd', true, 3), 'cda');
	});

	test('when the scan is done, all are in order', () => {
		const places = new Places();
		place(places, 'cf', true);
		assert.equal(place(places, 'acf', false), 'acf');
		assert.equal(place(places, 'abcf', true), 'abcf');
	});

	test('each organization has places of its own', () => {
		const places = new Places();
		place(places, 'cf', true);
		assert.equal(place(places, 'ac', true, 10, 'other'), 'ac');
	});
});
