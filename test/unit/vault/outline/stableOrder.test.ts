import assert from 'node:assert/strict';
import type { KnownObject } from '../../../../src/vault/model';
import { StableOrder } from '../../../../src/vault/outline/stableOrder';

const object = (name: string): KnownObject => ({
	id: name,
	name,
	keyContext: {},
	updatedAt: new Date(0),
	updatedBy: undefined,
	versionId: undefined,
});

suite('The order of rows', () => {
	/** The names of the rows that are shown of these. */
	const arrange = (order: StableOrder, names: string, isScanning: boolean, most = 10, row = 'row') => {
		const find = (name: string) => (names.includes(name) ? object(name) : undefined);
		const shown = order.arrange(row, [...names].map(object), most, isScanning, ({ name }) => name, find);
		return shown.map(({ name }) => name).join('');
	};

	test('while a scan goes on, shown rows stay where they are and others come after them', () => {
		const order = new StableOrder();
		assert.equal(arrange(order, 'cf', true), 'cf');
		assert.equal(arrange(order, 'acfh', true), 'cfah');
		assert.equal(arrange(order, 'abcfh', true), 'cfahb');
	});

	test('a row that is gone leaves its place to those after it', () => {
		const order = new StableOrder();
		arrange(order, 'bcd', true);
		assert.equal(arrange(order, 'abd', true), 'bda');
	});

	test('no more rows are shown than there is room for', () => {
		const order = new StableOrder();
		assert.equal(arrange(order, 'cd', true, 3), 'cd');
		assert.equal(arrange(order, 'abcd', true, 3), 'cda');
	});

	test('when the scan is done, all are in order', () => {
		const order = new StableOrder();
		arrange(order, 'cf', true);
		assert.equal(arrange(order, 'acf', false), 'acf');
		assert.equal(arrange(order, 'abcf', true), 'abcf');
	});

	test('each organization has places of its own', () => {
		const order = new StableOrder();
		arrange(order, 'cf', true);
		assert.equal(arrange(order, 'ac', true, 10, 'other'), 'ac');
	});
});
