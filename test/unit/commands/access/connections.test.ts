import assert from 'node:assert/strict';
import {
	markProduction,
	openDashboard,
	replaceApiKey,
	signOut,
	switchConnection,
	tryLocalVault,
} from '../../../../src/commands/access/connect';
import { Draft } from '../../../../src/vault/drafts/draft';
import { VaultError } from '../../../../src/vault/errors';
import { makeApp } from '../../../support/fakes';

suite('Connections', () => {
	test('Local Vault starts with one command and no question', async () => {
		const { app, ui, connections } = makeApp();
		await tryLocalVault(app);
		assert.deepEqual(connections.used, ['local']);
		assert.deepEqual(ui.progresses, ['Starting Local Vault']);
	});

	test('one can switch to another, and sees which one is connected', async () => {
		const { app, ui, connections } = makeApp();
		connections.kept.push({ id: 'two', name: 'Live', endpoint: 'https://api.workos.com', isProduction: true });
		connections.keys.set('two', 'sk_live');
		ui.picks(/Which vault/, 'Live');
		await switchConnection(app);
		assert.deepEqual(connections.used, ['two']);
		assert.deepEqual(
			ui.lists[0]?.map(({ label, description }) => `${label}: ${description ?? ''}`),
			['Staging: connected', 'Live: production', 'Connect with an API Key…: ', 'Try Local Vault: '],
		);
	});

	test('Local Vault is offered once', async () => {
		const { app, ui } = makeApp();
		await tryLocalVault(app);
		ui.picks(/Which vault/, undefined);
		await switchConnection(app);
		const labels = ui.lists[0]?.map(({ label }) => label);
		assert.deepEqual(labels, ['Staging', 'Local Vault', 'Connect with an API Key…']);
	});

	test('one whose key is gone asks for it', async () => {
		const { app, ui, connections } = makeApp();
		connections.keys.clear();
		ui.picks(/Which vault/, 'Staging').types(/secret API key/, 'sk_test_again');
		await switchConnection(app);
		assert.equal(connections.keys.get('one'), 'sk_test_again');
		assert.deepEqual(connections.used, ['one']);
	});

	test('a replaced key is tried before it is kept', async () => {
		const { app, ui, connections } = makeApp();
		connections.refusals.push(new VaultError('forbidden'));
		ui.types(/secret API key/, 'sk_test_other').presses(/may not use Vault/, undefined);
		await replaceApiKey(app);
		assert.equal(connections.keys.get('one'), 'sk_test_one');
		ui.types(/secret API key/, 'sk_test_new');
		await replaceApiKey(app);
		assert.equal(connections.keys.get('one'), 'sk_test_new');
		assert.equal(connections.probes[1]?.endpoint, 'https://api.workos.com');
	});

	test('signing out removes the connection and its key, and says so', async () => {
		const { app, ui, connections } = makeApp();
		await signOut(app);
		assert.deepEqual(connections.kept, []);
		assert.equal(connections.keys.size, 0);
		assert.match(ui.messages[0] ?? '', /Signed out of “Staging”/);
	});

	test('signing out of the connection in use leads to the view, and of another one nowhere', async () => {
		const { app, ui, connections, focused } = makeApp();
		connections.kept.push({ id: 'two', name: 'Live', endpoint: 'https://api.workos.com', isProduction: true });
		ui.picks(/Which/, 'Live');
		await signOut(app);
		assert.deepEqual(focused, []);
		await signOut(app);
		assert.deepEqual(focused, [undefined]);
	});

	test('signing out says that an unpublished draft is kept, and discards none', async () => {
		const { app, ui, connections, drafts } = makeApp();
		const draft = Draft.ofNewObject('one', 'fresh', { team: 'a' });
		draft.write('text');
		drafts.held.push(draft);
		await signOut(app);
		assert.deepEqual(connections.kept, []);
		assert.match(ui.messages[0] ?? '', /What you wrote for “fresh” and did not publish is kept encrypted/);
		assert.deepEqual(drafts.discarded, []);
	});

	for (const isSure of [true, false]) {
		test(`keys that no connection has are offered, and ${isSure ? 'removed' : 'stay where that is not meant'}`, async () => {
			const { app, ui, connections } = makeApp();
			connections.keys.set('elsewhere', 'sk_test_elsewhere');
			ui.picks(/Which connection/, 'API Keys Without a Connection…').confirms(
				/Remove 1 API key that no connection/,
				isSure,
			);
			await signOut(app);
			assert.equal(connections.keys.has('elsewhere'), !isSure);
			assert.equal(connections.kept.length, 1);
			ui.assertDone();
		});
	}

	test('signing out says which draft only this window has, where the disk refuses it', async () => {
		const { app, ui, drafts } = makeApp();
		const draft = Draft.ofNewObject('one', 'fresh', { team: 'a' });
		draft.write('text');
		drafts.held.push(draft);
		drafts.refused.push(draft);
		await signOut(app);
		assert.match(ui.messages[0] ?? '', /“fresh” and did not publish can’t be kept on this machine now/);
	});

	test('a connection is marked as production, and the mark taken away again', async () => {
		const { app, ui, connections } = makeApp();
		ui.picks(/What does “Staging” lead to/, 'Production');
		await markProduction(app);
		assert.equal(connections.kept[0]?.isProduction, true);
		ui.picks(/What does “Staging” lead to/, 'Another Environment');
		await markProduction(app);
		assert.equal(connections.kept[0].isProduction, false);
		ui.picks(/What does “Staging” lead to/, undefined);
		await markProduction(app);
		assert.equal(connections.kept[0].isProduction, false);
	});

	test('signing out asks which one where there are several', async () => {
		const { app, ui, connections } = makeApp();
		await tryLocalVault(app);
		ui.picks(/Which connection/, 'Local Vault');
		await signOut(app);
		assert.deepEqual(
			connections.kept.map(({ name }) => name),
			['Staging'],
		);
		assert.match(ui.messages[0] ?? '', /Local Vault was stopped/);
	});

	test('without any, replacing and signing out say what to do first', async () => {
		const { app, ui, connections } = makeApp();
		connections.kept.length = 0;
		connections.keys.clear();
		await signOut(app);
		await replaceApiKey(app);
		assert.equal(ui.messages.length, 2);
		for (const message of ui.messages) assert.match(message, /Connect with an API Key/);
	});

	test('Local Vault has no key to replace', async () => {
		const { app, ui, connections } = makeApp();
		connections.kept.length = 0;
		await tryLocalVault(app);
		await replaceApiKey(app);
		assert.match(ui.messages[0] ?? '', /no connection/);
	});

	test('the dashboard opens in the browser', async () => {
		const { app, ui } = makeApp();
		await openDashboard(app);
		assert.deepEqual(ui.urls, ['https://dashboard.workos.com']);
	});
});
