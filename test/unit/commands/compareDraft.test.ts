import assert from 'node:assert/strict';
import { compareDraft } from '../../../src/commands/publish';
import { failureOf } from '../../support/fakes';
import { withToken } from '../../support/withToken';

suite('Comparing a draft whose object changed', () => {
	const changed = async () => {
		const made = await withToken();
		made.vault.publish(made.token.id, 'theirs');
		made.draft.write('ours');
		return made;
	};

	test('shows theirs beside it with one read, and decides nothing', async () => {
		const { app, vault, documents, draft, values } = await changed();
		await compareDraft(app, draft);
		assert.deepEqual(vault.calls, ['readObject']);
		assert.deepEqual(documents.comparedWithDraft, [[{ title: 'token (theirs)', value: 'theirs' }, draft]]);
		assert.deepEqual(values(), ['one', 'theirs']);
		assert.equal(draft.text, 'ours');
		assert.ok(draft.isUnpublished);
	});

	test('reads nothing for a draft that was discarded meanwhile', async () => {
		const { app, vault, documents, draft } = await changed();
		await documents.discard(draft);
		await compareDraft(app, draft);
		assert.deepEqual(vault.calls, []);
	});

	test('reads nothing in presentation mode', async () => {
		const { app, vault, draft } = await changed();
		await app.privacy.setPresenting(true);
		assert.equal((await failureOf(compareDraft(app, draft))).code, 'presenting');
		assert.deepEqual(vault.calls, []);
	});
});
