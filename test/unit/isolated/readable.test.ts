import assert from 'node:assert/strict';
import { insertNewline } from '@codemirror/commands';
import { EditorState, type Transaction } from '@codemirror/state';
import { readable } from '../../../src/isolated/editing';

suite('A read-only page of the isolated editor', () => {
	const state = EditorState.create({
		doc: 'first\nsecond',
		extensions: readable({ name: 'token', text: 'first\nsecond' }, 'nonce'),
	});

	test('takes no change, whoever makes it', () => {
		const change = state.update({ changes: { from: 0, to: state.doc.length, insert: 'x' } });
		assert.equal(change.state.doc.toString(), 'first\nsecond');
	});

	test('takes no line break of a key that does not ask whether it may be changed', () => {
		let after: EditorState = state;
		const dispatch = (transaction: Transaction) => void (after = transaction.state);
		const selected = state.update({ selection: { anchor: 0, head: state.doc.length } }).state;
		insertNewline({ state: selected, dispatch });
		assert.equal(after.doc.toString(), 'first\nsecond');
	});

	test('can be selected in', () => {
		const { selection } = state.update({ selection: { anchor: 2, head: 5 } }).state;
		assert.deepEqual([selection.main.from, selection.main.to], [2, 5]);
	});
});
