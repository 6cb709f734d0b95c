import assert from 'node:assert/strict';
import { replaceValue } from '../../../../src/commands/drafts/edit';
import { VaultError } from '../../../../src/vault/errors';
import { withToken } from '../../../support/withToken';

suite('Replacing a value', () => {
	test('takes it from its source and publishes it with no editor in between', async () => {
		const { app, ui, clipboard, drafts, on, token, values } = await withToken();
		clipboard.content = 'two';
		ui.picks(/value come/, 'Use the Clipboard');
		await replaceValue(app, on(token));
		assert.deepEqual(values(), ['one', 'two']);
		assert.deepEqual(drafts.edited, []);
	});

	test('goes to the editor for many lines', async () => {
		const { app, ui, drafts, on, token } = await withToken();
		ui.picks(/value come/, 'Write It in an Editor');
		await replaceValue(app, on(token));
		assert.deepEqual(
			drafts.edited.map(({ text }) => text),
			['one'],
		);
	});

	test('is refused while there is an unpublished draft, which opens', async () => {
		const { app, ui, vault, drafts, on, token, draft } = await withToken();
		draft.write('unpublished');
		drafts.held.push(draft);
		await replaceValue(app, on(token));
		assert.match(ui.messages[0] ?? '', /unpublished draft/);
		assert.deepEqual(drafts.edited, [draft]);
		assert.deepEqual(vault.calls, []);
	});

	test('closes an open draft that has nothing unpublished', async () => {
		const { app, ui, clipboard, drafts, on, token, draft } = await withToken();
		drafts.held.push(draft);
		clipboard.content = 'two';
		ui.picks(/value come/, 'Use the Clipboard');
		await replaceValue(app, on(token));
		assert.deepEqual(drafts.closed, [draft]);
	});

	test('is refused where a draft was typed into over the questions: nothing typed is lost', async () => {
		const { app, ui, vault, clipboard, drafts, on, token, draft, values } = await withToken();
		drafts.held.push(draft);
		clipboard.content = 'two';
		ui.picks(/value come/, 'Use the Clipboard');
		vault.beforeNext('readObject', () => draft.write('typed meanwhile'));
		await replaceValue(app, on(token));
		assert.match(ui.messages[0] ?? '', /unpublished draft, so it was not replaced/);
		assert.equal(draft.text, 'typed meanwhile');
		assert.deepEqual(drafts.edited, [draft]);
		assert.deepEqual(values(), ['one']);
	});

	test('is refused where the last keys of a draft come with the closing of its editor', async () => {
		const { app, ui, clipboard, drafts, on, token, draft, values } = await withToken();
		drafts.held.push(draft);
		drafts.close = () => {
			draft.write('the last key');
			return Promise.resolve(false);
		};
		clipboard.content = 'two';
		ui.picks(/value come/, 'Use the Clipboard');
		await replaceValue(app, on(token));
		assert.match(ui.messages[0] ?? '', /unpublished draft/);
		assert.deepEqual(drafts.edited, [draft]);
		assert.deepEqual(values(), ['one']);
	});

	test('says so when it is the value already', async () => {
		const { app, ui, clipboard, on, token, values } = await withToken();
		clipboard.content = 'one';
		ui.picks(/value come/, 'Use the Clipboard');
		await replaceValue(app, on(token));
		assert.match(ui.messages[0] ?? '', /Nothing to publish/);
		assert.deepEqual(values(), ['one']);
	});

	test('keeps a value that was not published as a draft, after a conflict or a failure', async () => {
		for (const failure of [undefined, new VaultError('forbidden')]) {
			const { app, ui, vault, clipboard, drafts, on, token } = await withToken();
			clipboard.content = 'ours';
			ui.picks(/value come/, 'Use the Clipboard');
			if (failure) vault.failNext('updateObject', failure);
			else {
				vault.beforeNext('updateObject', () => vault.publish(token.id, 'theirs'));
				ui.presses(/newer version/, undefined);
			}
			await replaceValue(app, on(token)).catch((error: unknown) => assert.equal(error, failure));
			assert.deepEqual(
				drafts.edited.map(({ text }) => text),
				['ours'],
			);
			ui.assertDone();
		}
	});

	test('does nothing when the person leaves', async () => {
		const { app, ui, vault, on, token } = await withToken();
		ui.picks(/value come/, undefined)
			.picks(/value come/, 'Type or Paste It')
			.types(/value/, undefined);
		await replaceValue(app, on(token));
		await replaceValue(app, on(token));
		assert.deepEqual(vault.calls, []);
	});
});
