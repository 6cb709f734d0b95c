import assert from 'node:assert/strict';
import { decryptInPlace, decryptSelection, lookUpKeyContext } from '../../../../src/commands/ciphertexts/decrypt';
import {
	connectWithApiKey,
	replaceApiKey,
	switchConnection,
	tryLocalVault,
} from '../../../../src/commands/access/connect';
import { copyValue } from '../../../../src/commands/objects/copy';
import { createNewObject } from '../../../../src/commands/drafts/create';
import { createDataKey, decryptDataKey } from '../../../../src/commands/ciphertexts/dataKeys';
import { editValue, publishDraft, reopenDraft } from '../../../../src/commands/drafts/edit';
import { encryptSelection } from '../../../../src/commands/ciphertexts/encrypt';
import { findObject } from '../../../../src/commands/find/find';
import type { App, Target } from '../../../../src/commands/ports';
import { lockNow, startPresentation, stopPresentation, unlock } from '../../../../src/commands/access/privacy';
import { publish } from '../../../../src/commands/drafts/publish';
import { reencryptCiphertexts } from '../../../../src/commands/ciphertexts/reencrypt';
import { revealInIsolation, revealValue, revealVersion } from '../../../../src/commands/objects/reveal';
import { compareWithCurrent } from '../../../../src/commands/objects/versions';
import { failureOf, fromPalette } from '../../../support/fakes';
import { withToken } from '../../../support/withToken';

type Flow = (app: App, target: Target) => Promise<void>;

/** Everything that shows or copies a value. */
const showing: Readonly<Record<string, Flow>> = {
	'revealing a value': revealValue,
	'revealing in isolation': revealInIsolation,
	'revealing a version': revealVersion,
	'comparing versions': compareWithCurrent,
	'copying a value': copyValue,
	'editing a value': editValue,
	'reopening a draft': reopenDraft,
	'decrypting a selection': decryptSelection,
	'decrypting in place': decryptInPlace,
	'creating a data key': createDataKey,
	'decrypting a data key': decryptDataKey,
};

/** What else needs the vault. */
const others: Readonly<Record<string, Flow>> = {
	'creating an object': createNewObject,
	'finding an object': findObject,
	'encrypting a selection': encryptSelection,
	're-encrypting ciphertexts': reencryptCiphertexts,
	'looking up a key context': lookUpKeyContext,
	'connecting with a key': connectWithApiKey,
	'trying Local Vault': tryLocalVault,
	'switching the connection': switchConnection,
	'replacing a key': replaceApiKey,
};

suite('Presentation mode', () => {
	for (const [what, flow] of Object.entries(showing)) {
		test(`refuses ${what} before the vault is asked for anything`, async () => {
			const { app, vault, on, token } = await withToken();
			await startPresentation(app);
			assert.equal((await failureOf(flow(app, on(token)))).code, 'presenting');
			assert.deepEqual(vault.calls, []);
		});
	}

	test('that starts while a value is read keeps it off the clipboard', async () => {
		const { app, vault, clipboard, on, token } = await withToken();
		vault.beforeNext('readObject', () => void startPresentation(app));
		assert.equal((await failureOf(copyValue(app, on(token)))).code, 'presenting');
		assert.deepEqual(clipboard.secrets, []);
	});

	test('shows values again once it is stopped', async () => {
		const { app, documents, on, token } = await withToken();
		await startPresentation(app);
		await stopPresentation(app);
		await revealValue(app, on(token));
		assert.deepEqual(documents.revealed, [{ title: 'token', value: 'one' }]);
	});

	test('lets a draft be published, and shows no other version in a conflict', async () => {
		const { app, ui, vault, drafts, draft, token } = await withToken();
		drafts.held.push(draft);
		draft.write('mine');
		vault.publish(token.id, 'theirs');
		await startPresentation(app);
		for (const choice of ['Compare', 'Take Theirs']) {
			ui.presses(/newer version of “token”/, choice);
			assert.equal((await failureOf(publish(app, draft))).code, 'presenting');
		}
		assert.equal(vault.count('readObject'), 0);
		assert.equal(draft.text, 'mine');
		ui.presses(/newer version of “token”/, 'Overwrite Theirs');
		await publish(app, draft);
		assert.deepEqual(vault.valuesOf(token.id), ['one', 'theirs', 'mine']);
	});
});

suite('The lock', () => {
	for (const [what, flow] of Object.entries({ ...showing, ...others })) {
		test(`refuses ${what} before the vault is asked for anything`, async () => {
			const { app, vault, on, token } = await withToken();
			await lockNow(app);
			assert.equal((await failureOf(flow(app, on(token)))).code, 'locked');
			assert.deepEqual(vault.calls, []);
		});
	}

	test('refuses to publish, and the draft keeps its text', async () => {
		const { app, vault, drafts, draft } = await withToken();
		draft.write('two');
		drafts.active = draft;
		await lockNow(app);
		assert.equal((await failureOf(publishDraft(app, fromPalette))).code, 'locked');
		assert.deepEqual([vault.calls, draft.text], [[], 'two']);
	});

	test('is gone after unlocking', async () => {
		const { app, documents, on, token } = await withToken();
		await lockNow(app);
		await unlock(app);
		await revealValue(app, on(token));
		assert.equal(documents.revealed.length, 1);
	});
});
