import assert from 'node:assert/strict';
import { wordsOfOffer, wordsOfOvertaken } from '../../../../src/editor/drafts/offerWords';

suite('An offer to reopen drafts', () => {
	test('says that what was written is kept, and where', () => {
		assert.equal(
			wordsOfOffer([{ name: 'token' }], true),
			'The draft of “token” is not published. Until you publish or discard, what you wrote is kept encrypted on this machine.',
		);
	});

	test('says where one of several is in the memory of the window alone', () => {
		assert.equal(
			wordsOfOffer([{ name: 'a' }, { name: 'b' }], false),
			'The drafts of “a”, “b” are not published. It can’t be kept on this machine now: only this window has what you wrote.',
		);
	});
});

suite('A button of a message about drafts that is not true any more', () => {
	test('says nothing of its own where it still does what it says', () => {
		assert.equal(wordsOfOvertaken({ settled: [], open: [] }), undefined);
	});

	test('says that a draft was published or discarded meanwhile', () => {
		assert.equal(
			wordsOfOvertaken({ settled: ['token'], open: [] }),
			'The draft of “token” is published or discarded meanwhile: nothing is left to do.',
		);
	});

	test('says that one which is open again was not discarded, and where that is done', () => {
		assert.equal(
			wordsOfOvertaken({ settled: ['a', 'b'], open: ['c'] }),
			'The drafts of “a”, “b” are published or discarded meanwhile: nothing is left to do. The draft of “c” is open again, so nothing was discarded. “Discard Draft” in the editor does it.',
		);
	});

	test('shows a name as it is, whatever is in it', () => {
		assert.doesNotMatch(wordsOfOvertaken({ settled: ['$(bug)[a](b)'], open: [] }) ?? '', /\$\(bug|\]\(b/);
	});
});
