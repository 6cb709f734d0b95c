import assert from 'node:assert/strict';
import { createDataKey, decryptDataKey } from '../../../../src/commands/ciphertexts/dataKeys';
import { dataKey, dataKeyId, wrappedFor } from '../../../support/envelopes';
import { failureOf, type FakeApp, lost, makeApp } from '../../../support/fakes';

const blob = 'a2V5cw==';

const withOrganizations = (): FakeApp => {
	const made = makeApp();
	made.vault.addOrganizations('Acme', 'Globex');
	return made;
};

const shownBy = ({ documents }: FakeApp): unknown[] =>
	documents.revealed.map(({ title, value }) => {
		assert.equal(title, 'Data key');
		return JSON.parse(value) as unknown;
	});

suite('Creating a data key', () => {
	test('shows the key, its encrypted keys and its context, named as the API names them', async () => {
		const made = withOrganizations();
		made.ui
			.picks(/organization/, 'Acme')
			.picks(/key context/, 'Organization')
			.presses(/data key is shown/, undefined);
		await createDataKey(made.app);
		const context = { organization_id: 'org_acme' };
		assert.deepEqual(shownBy(made), [
			{ id: dataKeyId, context, data_key: dataKey, encrypted_keys: wrappedFor(context) },
		]);
		assert.deepEqual(made.vault.calls, ['listOrganizations', 'createDataKey']);
	});

	test('leaves no way to show it again: neither the vault nor we keep it', async () => {
		const made = withOrganizations();
		made.ui
			.picks(/organization/, 'Acme')
			.picks(/key context/, 'Organization')
			.presses(/data key is shown/, undefined);
		await createDataKey(made.app);
		assert.deepEqual([made.documents.again, made.documents.sources], [[undefined], ['dataKey']]);
	});

	test('offers to copy each field by its name, the key for a while only, until the person has enough', async () => {
		const made = withOrganizations();
		made.ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		for (const field of ['encrypted_keys', 'context', 'data_key', 'id'])
			made.ui.presses(/What do you want to copy\?$/, field);
		made.ui.presses(/Copied id/, undefined);
		await createDataKey(made.app);
		assert.deepEqual(made.clipboard.secrets, [dataKey]);
		assert.equal(made.clipboard.content, dataKeyId);
		assert.doesNotMatch(JSON.stringify(made.ui.messages), new RegExp(dataKey.slice(0, 10)));
		made.ui.assertDone();
	});

	test('holds nothing of the key any more once the session ended, though the message still stands there', async () => {
		const made = withOrganizations();
		made.ui
			.picks(/organization/, 'Acme')
			.picks(/key context/, 'Organization')
			.presses(/shown/, 'data_key');
		const ask = made.ui.ask.bind(made.ui);
		made.ui.ask = (message, ...buttons) => {
			made.connections.end();
			return ask(message, ...buttons);
		};
		await createDataKey(made.app);
		assert.deepEqual(made.clipboard.secrets, []);
		made.ui.assertDone();
	});

	test('copies nothing any more after a lock', async () => {
		const made = withOrganizations();
		made.ui
			.picks(/organization/, 'Acme')
			.picks(/key context/, 'Organization')
			.presses(/shown/, 'data_key');
		const creating = createDataKey(made.app);
		made.privacy.isLocked = true;
		assert.equal((await failureOf(creating)).code, 'locked');
		assert.deepEqual(made.clipboard.secrets, []);
	});

	test('takes pairs of one’s own', async () => {
		const made = withOrganizations();
		made.ui
			.picks(/organization/, 'No Organization')
			.types(/pairs/, 'team=payments')
			.presses(/data key is shown/, undefined);
		await createDataKey(made.app);
		assert.deepEqual((shownBy(made)[0] as { context: unknown }).context, { team: 'payments' });
		assert.deepEqual(made.recent, []);
	});

	test('leads with the organization that was used last', async () => {
		const made = withOrganizations();
		made.ui
			.picks(/organization/, 'Globex')
			.picks(/key context/, 'Organization')
			.presses(/data key is shown/, undefined);
		await createDataKey(made.app);
		made.ui.picks(/organization/, undefined);
		await createDataKey(made.app);
		assert.deepEqual(
			made.ui.lists.at(-1)?.map(({ label }) => label),
			['Globex', 'Acme', 'No Organization'],
		);
	});

	test('asks the vault for none and shows none when the person leaves or cancels', async () => {
		const made = withOrganizations();
		made.ui.picks(/organization/, undefined);
		await createDataKey(made.app);
		made.ui.picks(/organization/, 'Acme').picks(/key context/, undefined);
		await createDataKey(made.app);
		assert.equal(made.vault.count('createDataKey'), 0);
		made.vault.failNext('createDataKey', lost());
		made.ui
			.picks(/organization/, 'Acme')
			.picks(/key context/, 'Organization')
			.cancels(/Creating/);
		await createDataKey(made.app);
		assert.deepEqual(shownBy(made), []);
		assert.deepEqual(made.recent, []);
	});

	test('shows nothing when the vault fails', async () => {
		const made = withOrganizations();
		made.vault.failNext('createDataKey', lost());
		made.ui.picks(/organization/, 'Acme').picks(/key context/, 'Organization');
		assert.equal((await failureOf(createDataKey(made.app))).code, 'unavailable');
		assert.deepEqual(shownBy(made), []);
	});
});

suite('Decrypting a data key', () => {
	test('shows the key of the encrypted keys that were entered in a masked box', async () => {
		const made = withOrganizations();
		made.ui.types(/encrypted keys/, ` ${blob}\n`).presses(/data key is shown/, undefined);
		await decryptDataKey(made.app);
		assert.equal(made.ui.questions[0]?.isMasked, true);
		assert.deepEqual(shownBy(made), [{ id: dataKeyId, data_key: dataKey }]);
	});

	test('takes the encrypted keys that are selected, and leaves the document alone', async () => {
		const made = withOrganizations();
		Object.assign(made.textEditor, { line: blob, selected: [blob] });
		made.ui.presses(/data key is shown/, undefined);
		await decryptDataKey(made.app);
		assert.deepEqual(made.ui.questions, []);
		assert.deepEqual(shownBy(made), [{ id: dataKeyId, data_key: dataKey }]);
		assert.deepEqual(made.textEditor.replacements, []);
	});

	for (const [what, selected] of [
		['nothing', []],
		['something else', ['not base64!']],
		['two texts', [blob, blob]],
	] as const) {
		test(`asks for them where ${what} is selected`, async () => {
			const made = withOrganizations();
			Object.assign(made.textEditor, { line: 'a line', selected });
			made.ui.types(/encrypted keys/, undefined);
			await decryptDataKey(made.app);
			assert.equal(made.ui.questions.length, 1);
			assert.deepEqual(made.vault.calls, []);
		});
	}

	test('refuses what can’t be encrypted keys while it is typed', async () => {
		const made = withOrganizations();
		made.ui.types(/encrypted keys/, '', 'not base64!', 'abc', blob).presses(/data key is shown/, undefined);
		await decryptDataKey(made.app);
		assert.equal(made.ui.problems.length, 3);
		assert.equal(shownBy(made).length, 1);
	});

	test('shows nothing when the person cancels or the vault fails', async () => {
		const made = withOrganizations();
		made.vault.failNext('decryptDataKey', lost());
		made.ui.types(/encrypted keys/, blob).cancels(/Decrypting/);
		await decryptDataKey(made.app);
		made.vault.failNext('decryptDataKey', lost());
		made.ui.types(/encrypted keys/, blob);
		assert.equal((await failureOf(decryptDataKey(made.app))).code, 'unavailable');
		assert.deepEqual(shownBy(made), []);
	});
});

suite('Data keys where values are withheld', () => {
	test('in presentation mode neither command calls the vault', async () => {
		const made = withOrganizations();
		await made.privacy.setPresenting(true);
		assert.equal((await failureOf(createDataKey(made.app))).code, 'presenting');
		assert.equal((await failureOf(decryptDataKey(made.app))).code, 'presenting');
		assert.deepEqual(made.vault.calls, []);
	});

	test('while locked neither command calls the vault', async () => {
		const made = withOrganizations();
		await made.privacy.setLocked(true);
		assert.equal((await failureOf(createDataKey(made.app))).code, 'locked');
		assert.equal((await failureOf(decryptDataKey(made.app))).code, 'locked');
		assert.deepEqual(made.vault.calls, []);
	});
});
