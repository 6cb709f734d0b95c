import assert from 'node:assert/strict';
import { isWithdrawn } from '../../../../src/editor/drafts/withdrawal';

suite('What is withdrawn', () => {
	const going = (connectionId?: string) =>
		['one', 'two', undefined].filter((own) => isWithdrawn({ connectionId: own }, connectionId));

	test('is everything where no connection is meant', () => {
		assert.deepEqual(going(), ['one', 'two', undefined]);
	});

	test('is what belongs to a connection that was signed out of, and what nobody knows the connection of', () => {
		assert.deepEqual(going('one'), ['one', undefined]);
	});
});
