import assert from 'node:assert/strict';
import { nameOfTab } from '../../../../src/editor/documents/tabWords';

suite('The name of a tab', () => {
	test('is that of the object, and says what is a draft and what is hidden', () => {
		assert.equal(nameOfTab('team/token', 'value', undefined), 'team/token');
		assert.equal(nameOfTab('team/token', 'draft', undefined), 'team/token (draft)');
		assert.equal(nameOfTab('team/token', 'hidden', undefined), 'team/token (hidden)');
	});

	test('has the connection’s name behind it where that is told', () => {
		assert.equal(nameOfTab('token', 'draft', 'Staging'), 'token (draft) · Staging');
	});

	test('shows what would not be seen in either', () => {
		assert.doesNotMatch(nameOfTab('a\u202Eb', 'value', 'c\u202Ed'), /\u202E/);
	});
});
