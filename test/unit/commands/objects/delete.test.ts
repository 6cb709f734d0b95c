import assert from 'node:assert/strict';
import { known } from '../../../support/known';
import { deleteObjects } from '../../../../src/commands/objects/delete';
import { Draft } from '../../../../src/vault/drafts/draft';
import { failureOf, fromPalette, lost, makeApp } from '../../../support/fakes';

suite('Deleting objects', () => {
	const withToken = (options?: { isProduction?: boolean }) => {
		const made = makeApp(options);
		made.vault.addOrganizations('Acme');
		const token = made.vault.add('token', { organization_id: 'org_acme' });
		made.catalog.put(token);
		return { ...made, token };
	};

	test('asks first, naming the object and its organization, then deletes', async () => {
		const { app, ui, vault, catalog, outline, on, token } = withToken();
		await outline.children();
		ui.confirms(/^Delete “token”\? It belongs to Acme\. .*at once/, true);
		await deleteObjects(app, on(token));
		assert.equal(vault.valuesOf(token.id), undefined);
		assert.equal(catalog.get(token.id), undefined);
		assert.deepEqual(ui.messages, ['Deleted “token”.']);
	});

	test('puts the focus on the row beside it, where nothing was deleted nowhere', async () => {
		const { app, vault, outline, on, token, focused } = withToken();
		const beside = outline.objectNode(vault.add('other', {}));
		const inTree = { ...app, view: { ...app.view, beside: () => beside } };
		app.ui.confirm = () => Promise.resolve(false);
		await deleteObjects(inTree, on(token));
		assert.deepEqual(focused, []);
		app.ui.confirm = () => Promise.resolve(true);
		await deleteObjects(inTree, on(token));
		assert.deepEqual(focused, [beside]);
	});

	test('does nothing when the person is not sure', async () => {
		const { app, ui, vault, on, token } = withToken();
		ui.confirms(/token/, false);
		await deleteObjects(app, on(token));
		assert.equal(vault.count('deleteObject'), 0);
	});

	test('says when an object belongs to no organization', async () => {
		const { app, ui, vault, on } = withToken();
		ui.confirms(/belongs to no organization/, false);
		await deleteObjects(app, on(vault.add('shared', { team: 'a' })));
		ui.assertDone();
	});

	test('says when the object was last read, where that is known, and asks nobody for it', async () => {
		const { app, ui, vault, on, token } = withToken();
		vault.tellsEvents = true;
		vault.activity.add('read', 'token', Date.now() - 3 * 3_600_000);
		ui.confirms(/It was changed [^.]+\. The vault makes it/, false);
		await deleteObjects(app, on(token));
		assert.equal(vault.count('listActivity'), 0);
		await app.connections.session?.activity.of(token).open();
		vault.forgetCalls();
		ui.confirms(
			/It was changed [^.]+\. The last read of it that is known here was 3 hours ago\. The vault makes it/,
			false,
		);
		await deleteObjects(app, on(token));
		assert.deepEqual(vault.calls, []);
		ui.assertDone();
	});

	test('looks at the version of an object that only an event told of, before it deletes', async () => {
		const { app, ui, vault, catalog, on, token } = withToken();
		catalog.put({ ...token, versionId: undefined });
		vault.forgetCalls();
		ui.confirms(/^Delete “token”\?/, true);
		await deleteObjects(app, on(token));
		assert.deepEqual(vault.calls.slice(0, 2), ['describeObject', 'deleteObject']);
		assert.equal(vault.valuesOf(token.id), undefined);
	});

	test('deletes nothing that was changed after an event told of it', async () => {
		const { app, ui, vault, catalog, on, token } = withToken();
		catalog.put({ ...token, versionId: undefined });
		ui.confirms(/^Delete “token”\?/, true);
		vault.publish(token.id, 'theirs');
		const failure = await failureOf(deleteObjects(app, on(token)));
		assert.equal(failure.code, 'conflict');
		assert.equal(vault.count('deleteObject'), 0);
	});

	test('deletes nothing that was published over the question, whoever told of the version', async () => {
		const { app, ui, vault, catalog, on, token } = withToken();
		catalog.put({ ...token, versionId: undefined });
		vault.beforeNext('deleteObject', () => vault.publish(token.id, 'theirs'));
		ui.confirms(/^Delete “token”\?/, true);
		const failure = await failureOf(deleteObjects(app, on(token)));
		assert.equal(failure.code, 'conflict');
		assert.deepEqual(vault.valuesOf(token.id)?.at(-1), 'theirs');
	});

	for (const name of [
		'two\nlines',
		'turned\u202e',
		' blank',
		'two  blanks',
		'cafe\u0301',
		'a\u00a0b',
		'a\u2003b',
		'a\u3000b',
		'a\u2800b',
		'a\u3164b',
		'a\u034fb',
		'a\ufe0fb',
		'\u0301a',
		'\ue000',
		'\ud83d',
	]) {
		test(`in production, asks for the ID where the name can’t be typed: ${JSON.stringify(name)}`, async () => {
			const { app, ui, vault, on } = withToken({ isProduction: true });
			app.allowances.allow('one');
			const object = vault.add(name);
			ui.types(/Type the object’s ID, secret_\d+ \(its name has characters that can’t be typed\)/, name, object.id);
			await deleteObjects(app, on(object));
			assert.equal(vault.named(name), undefined);
		});
	}

	for (const name of ['café/Schlüssel 1', 'пароль', '密码', 'किताब', 'it’s “a” – key']) {
		test(`in production, takes the name where it can be typed: ${name}`, async () => {
			const { app, ui, vault, on } = withToken({ isProduction: true });
			app.allowances.allow('one');
			ui.types(/Type the object’s name to go on/, name);
			await deleteObjects(app, on(vault.add(name)));
			assert.equal(vault.named(name), undefined);
		});
	}

	test('in production, wants the name typed exactly', async () => {
		const { app, ui, vault, on, token } = withToken({ isProduction: true });
		app.allowances.allow('one');
		ui.types(/from Production: .*Type the object’s name/, 'toke', 'Token', 'token ', 'token');
		await deleteObjects(app, on(token));
		assert.equal(vault.valuesOf(token.id), undefined);
		assert.equal(ui.problems.length, 3);
	});

	test('in production, does nothing when the person leaves', async () => {
		const { app, ui, vault, on, token } = withToken({ isProduction: true });
		app.allowances.allow('one');
		ui.types(/Production/, undefined);
		await deleteObjects(app, on(token));
		assert.equal(vault.count('deleteObject'), 0);
	});

	test('several at once are all named in one question', async () => {
		const { app, ui, vault, on, token } = withToken();
		const other = vault.add('password');
		ui.confirms(/^Delete 2 objects\? “token”, “password”.*makes them unavailable/, true);
		await deleteObjects(app, on(token, other));
		assert.deepEqual([vault.valuesOf(token.id), vault.valuesOf(other.id)], [undefined, undefined]);
		assert.deepEqual(ui.messages, ['Deleted 2 objects.']);
	});

	test('one of several that was changed meanwhile stays, and the person reads which ones are gone', async () => {
		const { app, ui, vault, on, token } = withToken();
		const other = vault.add('password');
		vault.publish(token.id, 'theirs');
		ui.confirms(/2 objects/, true);
		assert.equal((await failureOf(deleteObjects(app, on(token, other)))).code, 'conflict');
		assert.deepEqual([vault.named('token')?.id, vault.named('password')], [token.id, undefined]);
		assert.deepEqual(ui.messages, ['Deleted 1 of 2 objects: “password”.']);
	});

	test('in production, several at once want something typed too', async () => {
		const { app, ui, vault, on, token } = withToken({ isProduction: true });
		app.allowances.allow('one');
		const other = vault.add('password');
		ui.types(/2 objects from Production: .*“token”, “password”/, 'yes', '2');
		await deleteObjects(app, on(token, other));
		assert.deepEqual([vault.valuesOf(token.id), vault.valuesOf(other.id)], [undefined, undefined]);
		ui.assertDone();
	});

	test('deletes no version that the person has not seen', async () => {
		const { app, ui, vault, catalog, on, token } = withToken();
		const theirs = vault.publish(token.id, 'theirs');
		ui.confirms(/token/, true);
		const failure = await failureOf(deleteObjects(app, on(token)));
		assert.deepEqual([failure.code, failure.details.name], ['conflict', 'token']);
		assert.ok(vault.valuesOf(token.id));
		assert.deepEqual(catalog.get(token.id), known(theirs), 'the tree is brought up to date');
	});

	test('says so when the object is gone, and takes it out of the tree', async () => {
		const { app, ui, vault, catalog, on, token } = withToken();
		vault.erase(token.id);
		ui.confirms(/token/, true);
		const failure = await failureOf(deleteObjects(app, on(token)));
		assert.deepEqual([failure.code, failure.details.name], ['notFound', 'token']);
		assert.equal(catalog.get(token.id), undefined);
	});

	test('counts as done when its answer was lost', async () => {
		const { app, ui, vault, on, token } = withToken();
		vault.failNext('deleteObject', lost(), 'applied');
		ui.confirms(/token/, true);
		await deleteObjects(app, on(token));
		assert.deepEqual(ui.messages, ['Deleted “token”.']);
	});

	test('closes a draft that has nothing unpublished, and keeps one that has', async () => {
		for (const isUnpublished of [false, true]) {
			const { app, ui, vault, drafts, on, token } = withToken();
			const draft = Draft.ofObject('one', await vault.readObject(token.id));
			if (isUnpublished) draft.write('unpublished');
			drafts.held.push(draft);
			ui.confirms(/token/, true);
			await deleteObjects(app, on(token));
			assert.deepEqual(drafts.discarded, isUnpublished ? [] : [draft]);
		}
	});

	test('says beforehand that there is an unpublished draft, of one and of several', async () => {
		const { app, ui, vault, drafts, on, token, catalog } = withToken();
		const draft = Draft.ofObject('one', await vault.readObject(token.id));
		drafts.held.push(draft);
		const other = vault.add('other', {}, 'other');
		catalog.put(other);
		const unsaid = /^(?!.*unpublished draft)/s;
		ui.confirms(unsaid, false);
		await deleteObjects(app, on(token));
		draft.write('unpublished');
		ui.confirms(/There is an unpublished draft of it, which stays on this machine/, false);
		await deleteObjects(app, on(token));
		ui.confirms(/unpublished drafts, which stay on this machine: “token”\./, false).confirms(unsaid, false);
		await deleteObjects(app, on(token, other));
		await deleteObjects(app, on(other));
		ui.assertDone();
	});

	test('from the palette, asks which object', async () => {
		const { app, ui, vault, token } = withToken();
		ui.finds(/Delete Object/, 'tok', 'token').confirms(/token/, true);
		await deleteObjects(app, fromPalette);
		assert.equal(vault.valuesOf(token.id), undefined);
	});

	test('deletes nothing when the person leaves that question', async () => {
		const { app, ui, vault } = withToken();
		ui.finds(/Delete Object/, '', undefined);
		await deleteObjects(app, fromPalette);
		assert.equal(vault.count('deleteObject'), 0);
	});

	test('says nothing of success when the person cancels, and the tree shows what became of it', async () => {
		const { app, ui, vault, catalog, on, token } = withToken();
		const answer = vault.holdNext('deleteObject');
		ui.confirms(/token/, true).cancels(/Deleting/);
		const deleting = deleteObjects(app, on(token));
		await new Promise((resolve) => setImmediate(resolve));
		answer();
		await deleting;
		assert.deepEqual(ui.messages, []);
		assert.equal(catalog.get(token.id), undefined);
	});
});
