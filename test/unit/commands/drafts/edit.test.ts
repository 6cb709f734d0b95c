import assert from 'node:assert/strict';
import {
	discardDraft,
	editValue,
	publishDraft,
	publishInFront,
	reopenDraft,
} from '../../../../src/commands/drafts/edit';
import { publish } from '../../../../src/commands/drafts/publish';
import { Draft } from '../../../../src/vault/drafts/draft';
import { VaultError } from '../../../../src/vault/errors';
import { failureOf, fromPalette, lost } from '../../../support/fakes';
import { withToken } from '../../../support/withToken';

suite('Editing a value', () => {
	suite('starting', () => {
		test('reads the value once and opens it as a draft', async () => {
			const { app, vault, drafts, on, token } = await withToken();
			await editValue(app, on(token));
			assert.deepEqual(vault.calls, ['readObject']);
			assert.deepEqual(
				drafts.edited.map(({ text }) => text),
				['one'],
			);
		});

		test('opens the draft that waits instead, without reading', async () => {
			const { app, vault, drafts, on, token, draft } = await withToken();
			draft.write('unpublished');
			drafts.held.push(draft);
			await editValue(app, on(token));
			assert.deepEqual(vault.calls, []);
			assert.deepEqual(drafts.edited, [draft]);
		});

		test('is refused when the answer belongs to another key context than the tree shows', async () => {
			const { app, drafts, on, token } = await withToken();
			const failure = await failureOf(editValue(app, on({ ...token, keyContext: { organization_id: 'org_other' } })));
			assert.equal(failure.code, 'contextChanged');
			assert.deepEqual(drafts.edited, []);
		});

		test('refuses “Replace Value…” of a message that stood there over a lock, before it asks for a value', async () => {
			const { app, ui, vault, drafts, privacy, on, token } = await withToken();
			drafts.inexact.add(token.name);
			ui.presses(/can’t hold the value of “token” exactly/, 'Replace Value…');
			const ask = ui.warnAndAsk.bind(ui);
			ui.warnAndAsk = (message, ...buttons) => {
				privacy.isLocked = true;
				return ask(message, ...buttons);
			};
			assert.equal((await failureOf(editValue(app, on(token)))).code, 'locked');
			ui.assertDone();
			assert.deepEqual(vault.calls, ['readObject']);
		});

		test('refuses it, too, where the person signed out while such a message stood there', async () => {
			const { app, ui, drafts, connections, on, token } = await withToken();
			drafts.inexact.add(token.name);
			ui.presses(/can’t hold the value of “token” exactly/, 'Replace Value…');
			const ask = ui.warnAndAsk.bind(ui);
			ui.warnAndAsk = (message, ...buttons) => {
				connections.end();
				return ask(message, ...buttons);
			};
			assert.equal((await failureOf(editValue(app, on(token)))).code, 'notConnected');
		});

		test('takes an object that is gone out of the tree', async () => {
			const { app, vault, catalog, on, token } = await withToken();
			vault.erase(token.id);
			assert.equal((await failureOf(editValue(app, on(token)))).code, 'notFound');
			assert.equal(catalog.get(token.id), undefined);
		});
	});

	suite('publishing', () => {
		test('makes a new version of the draft in the active editor, and says so', async () => {
			const { app, ui, catalog, drafts, values, token, vault, draft } = await withToken();
			draft.write('two');
			drafts.active = draft;
			await publishDraft(app, fromPalette);
			assert.deepEqual(values(), ['one', 'two']);
			assert.deepEqual(ui.messages, ['Published a new version of “token”.']);
			assert.equal(catalog.get(token.id)?.versionId, vault.named('token')?.versionId);
		});

		test('takes the draft whose editor asks, to the last key, whatever is in front by then', async () => {
			const { app, drafts, values, token, vault, draft } = await withToken();
			draft.write('tw');
			drafts.lastKeys = 'o';
			drafts.active = Draft.ofObject('one', await vault.readObject(vault.add('other').id));
			await publishDraft(app, { nodes: [], draft });
			assert.deepEqual(values(), ['one', 'two']);
			assert.equal(vault.count('updateObject'), 1);
			assert.equal(vault.named('token')?.id, token.id);
		});

		test('takes the draft in front, to the last key, where the save key is pressed outside the editors', async () => {
			const { app, documents, drafts, values, draft } = await withToken();
			draft.write('tw');
			drafts.lastKeys = 'o';
			drafts.inFront = draft;
			await publishInFront(app);
			assert.deepEqual(values(), ['one', 'two']);
			assert.equal(documents.saves, 0);
		});

		test('keeps nobody from saving what came to the front while that key was on its way', async () => {
			const { app, ui, documents, drafts, values, draft } = await withToken();
			draft.write('two');
			drafts.held.push(draft);
			await publishInFront(app);
			assert.equal(documents.saves, 1);
			assert.deepEqual(values(), ['one']);
			assert.deepEqual(ui.messages, []);
		});

		test('of a draft whose text is all gone asks first, and says who gets it', async () => {
			for (const [isSure, expected] of [
				[false, ['one']],
				[true, ['one', '']],
			] as const) {
				const { app, ui, drafts, values, draft } = await withToken();
				draft.write('');
				drafts.active = draft;
				ui.confirms(/^Publish an empty value of “token”\? .*Whoever reads the object/, isSure);
				await publishDraft(app, fromPalette);
				assert.deepEqual(values(), expected);
				assert.equal(draft.isUnpublished, !isSure);
			}
		});

		test('refuses half a character, which has no bytes', async () => {
			const { app, ui, drafts, values, draft } = await withToken();
			draft.write('a\ud83d');
			drafts.active = draft;
			await publishDraft(app, fromPalette);
			assert.match(ui.messages[0] ?? '', /half a character/);
			assert.deepEqual(values(), ['one']);
		});

		test('asks which draft where none is active and several wait', async () => {
			const { app, ui, vault, drafts, values, draft } = await withToken();
			const other = Draft.ofObject('one', await vault.readObject(vault.add('other').id));
			for (const waiting of [draft, other]) {
				waiting.write('two');
				drafts.held.push(waiting);
			}
			ui.picks(/Which draft/, 'token');
			await publishDraft(app, fromPalette);
			assert.deepEqual(values(), ['one', 'two']);
			assert.ok(other.isUnpublished);
		});

		test('says what to do where there is no draft', async () => {
			const { app, ui } = await withToken();
			await publishDraft(app, fromPalette);
			await reopenDraft(app);
			await discardDraft(app);
			assert.equal(ui.messages.length, 3);
			for (const message of ui.messages) assert.match(message, /Edit Value/);
		});

		test('says so where there is nothing to publish', async () => {
			const { app, ui, values, draft } = await withToken();
			await publish(app, draft);
			assert.match(ui.messages[0] ?? '', /Nothing to publish/);
			assert.deepEqual(values(), ['one']);
		});

		test('asks which draft is meant where none is in front, also when there is one only', async () => {
			const { app, ui, drafts, draft, values } = await withToken();
			draft.write('half done');
			drafts.held.push(draft);
			ui.picks(/Publish Draft/, undefined);
			await publishDraft(app, fromPalette);
			assert.deepEqual(values(), ['one']);
		});

		test('never sends a draft to another connection than its own', async () => {
			const { app, ui, vault, connections, token } = await withToken();
			connections.kept.push({ id: 'another', name: 'Another', endpoint: 'https://b.example', isProduction: false });
			const foreign = Draft.ofObject('another', await vault.readObject(token.id));
			foreign.write('two');
			await publish(app, foreign);
			assert.match(ui.messages[0] ?? '', /belongs to another connection/);
			assert.equal(vault.count('updateObject'), 0);
		});

		test('takes a draft of a connection that was signed out of to this one, when the person says so', async () => {
			const { app, ui, vault, token, values } = await withToken();
			const orphan = Draft.ofObject('gone', await vault.readObject(token.id));
			orphan.write('two');
			ui.presses(/made on a connection that you signed out of/, undefined);
			await publish(app, orphan);
			assert.deepEqual(values(), ['one']);
			ui.presses(/made on a connection that you signed out of/, 'Publish with Staging');
			await publish(app, orphan);
			assert.deepEqual(values(), ['one', 'two']);
			assert.equal(orphan.connectionId, 'one');
		});

		test('of a new object’s draft creates it and shows it', async () => {
			const { app, ui, vault, shown } = await withToken();
			const fresh = Draft.ofNewObject('one', 'fresh', { team: 'a' });
			fresh.write('first');
			await publish(app, fresh);
			assert.deepEqual(shown, [vault.named('fresh')]);
			assert.deepEqual(ui.messages, ['Created “fresh”.']);
			fresh.write('second');
			await publish(app, fresh);
			assert.match(ui.messages[1] ?? '', /new version of “fresh”/);
		});

		test('leaves the draft as it was when it fails', async () => {
			const { app, vault, values, draft } = await withToken();
			draft.write('two');
			vault.failNext('updateObject', new VaultError('rejected'));
			assert.equal((await failureOf(publish(app, draft))).code, 'rejected');
			assert.ok(draft.isUnpublished);
			await publish(app, draft);
			assert.deepEqual(values(), ['one', 'two']);
		});

		test('says nothing of a conflict when the answer to our own update was lost', async () => {
			const { app, ui, vault, values, draft } = await withToken();
			draft.write('two');
			vault.failNext('updateObject', lost(), 'applied');
			await publish(app, draft);
			assert.deepEqual(values(), ['one', 'two']);
			assert.match(ui.messages[0] ?? '', /Published/);
		});

		test('that is cancelled says nothing and keeps the draft', async () => {
			const { app, ui, vault, draft } = await withToken();
			draft.write('two');
			vault.failNext('updateObject', lost());
			ui.cancels(/Publishing/);
			await publish(app, draft);
			assert.deepEqual(ui.messages, []);
			assert.ok(draft.isUnpublished);
		});
	});

	suite('drafts that wait', () => {
		test('open again', async () => {
			const { app, drafts, draft } = await withToken();
			draft.write('two');
			drafts.held.push(draft);
			await reopenDraft(app);
			assert.deepEqual(drafts.edited, [draft]);
		});

		test('are discarded after asking', async () => {
			const { app, ui, drafts, draft } = await withToken();
			draft.write('two');
			drafts.active = draft;
			ui.confirms(/Discard the draft of “token”/, false).confirms(/Discard the draft of “token”/, true);
			await discardDraft(app);
			assert.deepEqual(drafts.discarded, []);
			await discardDraft(app);
			assert.deepEqual(drafts.discarded, [draft]);
		});

		test('are discarded without asking when nothing would be lost', async () => {
			const { app, drafts, draft } = await withToken();
			drafts.active = draft;
			await discardDraft(app);
			assert.deepEqual(drafts.discarded, [draft]);
		});
	});

	test('from the palette, asks which object', async () => {
		const { app, ui, drafts } = await withToken();
		ui.finds(/Edit Value/, 'tok', 'token');
		await editValue(app, fromPalette);
		assert.equal(drafts.edited.length, 1);
	});
});
