import assert from 'node:assert/strict';
import { publish } from '../../../../src/commands/drafts/publish';
import { revealAgain } from '../../../../src/commands/objects/reveal';
import { failureOf, fromPalette } from '../../../support/fakes';
import { withToken } from '../../../support/withToken';

suite('Publishing in a conflict', () => {
	const inConflict = async () => {
		const made = await withToken();
		made.vault.publish(made.token.id, 'theirs');
		made.draft.write('ours');
		return made;
	};
	const message = /Somebody published a newer version of “token”.*Your draft is untouched/;

	test('nothing is decrypted or changed before the person chooses', async () => {
		const { app, ui, vault, values, draft } = await inConflict();
		ui.presses(message, undefined);
		await publish(app, draft);
		assert.deepEqual(values(), ['one', 'theirs']);
		assert.equal(vault.count('readObject'), 0);
		assert.equal(draft.text, 'ours');
		assert.ok(draft.isUnpublished);
	});

	test('“Overwrite Theirs” publishes ours on top of the version that was spoken of', async () => {
		const { app, ui, vault, drafts, values, draft } = await inConflict();
		ui.presses(message, 'Overwrite Theirs');
		await publish(app, draft);
		assert.deepEqual(values(), ['one', 'theirs', 'ours']);
		assert.match(ui.messages.at(-1) ?? '', /Published/);
		assert.deepEqual(
			drafts.published.map(({ versionId }) => versionId),
			[vault.named('token')?.versionId],
		);
	});

	test('“Overwrite Theirs” never overwrites a still newer version: the person is asked again', async () => {
		const { app, ui, vault, token, values, draft } = await inConflict();
		vault.failNext('updateObject', undefined);
		vault.beforeNext('updateObject', () => vault.publish(token.id, 'newest'));
		ui.presses(message, 'Overwrite Theirs').presses(message, undefined);
		await publish(app, draft);
		assert.deepEqual(values(), ['one', 'theirs', 'newest']);
		ui.assertDone();
	});

	test('“Take Theirs” puts their value into the editor, with nothing left to publish', async () => {
		const { app, ui, drafts, values, draft } = await inConflict();
		ui.presses(message, 'Take Theirs');
		await publish(app, draft);
		assert.deepEqual(drafts.replaced, ['theirs']);
		assert.equal(draft.isUnpublished, false);
		assert.deepEqual(values(), ['one', 'theirs']);
		assert.match(ui.messages.at(-1) ?? '', /Undo brings your text back/);
	});

	test('after “Take Theirs” and an undo, ours is published on top of theirs', async () => {
		const { app, ui, values, draft } = await inConflict();
		ui.presses(message, 'Take Theirs');
		await publish(app, draft);
		draft.write('ours');
		await publish(app, draft);
		assert.deepEqual(values(), ['one', 'theirs', 'ours']);
	});

	test('“Compare” shows both and asks again: looking decides nothing', async () => {
		const { app, ui, documents, values, draft } = await inConflict();
		ui.presses(message, 'Compare').presses(message, 'Overwrite Theirs');
		await publish(app, draft);
		assert.deepEqual(documents.comparedWithDraft, [[{ title: 'token (theirs)', value: 'theirs' }, draft]]);
		assert.deepEqual(values(), ['one', 'theirs', 'ours']);
	});

	test('theirs is shown again beside the draft, as both are by then, and nothing of theirs is kept for it', async () => {
		const { app, ui, vault, documents, drafts, token, draft } = await inConflict();
		drafts.held.push(draft);
		ui.presses(message, 'Compare').presses(message, undefined);
		await publish(app, draft);
		const [again] = documents.again;
		assert.ok(again);
		vault.publish(token.id, 'newest');
		await revealAgain(app, fromPalette);
		assert.deepEqual(documents.comparedWithDraft.at(-1), [{ title: 'token (theirs)', value: 'newest' }, draft]);
		assert.equal(documents.again.at(-1)?.id, again.id);
	});

	test('theirs is not shown again while values are withheld, nor once the draft is closed', async () => {
		const { app, ui, vault, documents, drafts, privacy, draft } = await inConflict();
		ui.presses(message, 'Compare').presses(message, undefined);
		await publish(app, draft);
		vault.forgetCalls();
		await revealAgain(app, fromPalette);
		assert.match(ui.messages.at(-1) ?? '', /^The draft of “token” is closed\. “Reveal Value” on the object shows/);
		drafts.held.push(draft);
		privacy.isPresenting = true;
		assert.equal((await failureOf(revealAgain(app, fromPalette))).code, 'presenting');
		privacy.isLocked = true;
		assert.equal((await failureOf(revealAgain(app, fromPalette))).code, 'locked');
		assert.deepEqual([documents.comparedWithDraft.length, vault.calls], [1, []]);
	});

	test('“Overwrite Theirs” after “Compare” overwrites only what was compared', async () => {
		const { app, ui, vault, token, values, draft } = await inConflict();
		vault.failNext('updateObject', undefined);
		vault.beforeNext('updateObject', () => vault.publish(token.id, 'unseen'));
		ui.presses(message, 'Compare').presses(message, 'Overwrite Theirs').presses(message, undefined);
		await publish(app, draft);
		assert.deepEqual(values(), ['one', 'theirs', 'unseen']);
	});

	test('an object that was deleted meanwhile is said to be gone, and the draft stays', async () => {
		const { app, vault, token, draft } = await inConflict();
		vault.beforeNext('updateObject', () => vault.erase(token.id));
		assert.equal((await failureOf(publish(app, draft))).code, 'notFound');
		assert.equal(draft.text, 'ours');
	});
});
