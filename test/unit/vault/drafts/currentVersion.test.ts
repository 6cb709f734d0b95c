import assert from 'node:assert/strict';
import { replaceValue } from '../../../../src/commands/drafts/edit';
import { deleteObjects } from '../../../../src/commands/objects/delete';
import { restoreVersion } from '../../../../src/commands/objects/versions';
import { describeCurrent, readCurrent } from '../../../../src/vault/drafts/currentVersion';
import { Draft } from '../../../../src/vault/drafts/draft';
import type { ObjectMetadata } from '../../../../src/vault/model';
import { failureOf } from '../../../support/fakes';
import { FakeVault } from '../../../support/fakeVault';
import { withToken } from '../../../support/withToken';

suite('The current version of an object', () => {
	let vault: FakeVault;
	let object: ObjectMetadata;
	setup(() => {
		vault = new FakeVault();
		object = vault.add('token', {}, 'one');
	});

	test('costs one call where the answer has its id', async () => {
		assert.equal((await readCurrent(vault, object.id)).versionId, object.versionId);
		assert.deepEqual(vault.calls, ['readObject']);
	});

	for (const look of [readCurrent, describeCurrent]) {
		test(`has the id that the list of versions has, where the answer leaves it out: ${look.name}`, async () => {
			vault.tellsVersionId = () => false;
			assert.equal((await look(vault, object.id)).versionId, object.versionId);
		});
	}

	test('is read again where somebody published between the two looks at the list', async () => {
		vault.tellsVersionId = () => false;
		vault.beforeNext('readObject', () => undefined);
		vault.beforeNext('readObject', () => vault.publish(object.id, 'theirs'));
		const current = await readCurrent(vault, object.id);
		assert.deepEqual([current.value, current.versionId], ['theirs', vault.named('token')?.versionId]);
		assert.equal(vault.count('readObject'), 3);
	});

	test('never has an old value with the id of a newer version', async () => {
		vault.tellsVersionId = () => false;
		vault.beforeNext('listVersions', () => undefined);
		vault.beforeNext('listVersions', () => vault.publish(object.id, 'theirs'));
		assert.equal((await readCurrent(vault, object.id)).value, 'theirs');
	});

	test('is a conflict where others publish faster than can be looked', async () => {
		vault.tellsVersionId = () => false;
		let count = 0;
		for (let look = 0; look < 6; look++) {
			vault.beforeNext('readObject', () => vault.publish(object.id, `theirs ${count++}`));
		}
		assert.equal((await failureOf(readCurrent(vault, object.id))).code, 'conflict');
	});
});

suite('Where a vault’s answers leave out which version they are of', () => {
	const withoutIds = async () => {
		const made = await withToken();
		made.vault.tellsVersionId = () => false;
		made.vault.answersVersionId = () => false;
		made.catalog.put({ ...made.token, versionId: undefined });
		return made;
	};

	test('a draft is published under a check all the same: a colleague’s version is no victim', async () => {
		const { vault, token } = await withoutIds();
		const draft = Draft.ofObject('one', await readCurrent(vault, token.id));
		vault.publish(token.id, 'theirs');
		draft.write('mine');
		const result = await draft.publish(vault);
		assert.equal(result.outcome, 'conflict');
		assert.deepEqual(vault.valuesOf(token.id), ['one', 'theirs']);
	});

	test('Overwrite Theirs overwrites the version that was told, and no later one', async () => {
		const { vault, token } = await withoutIds();
		const draft = Draft.ofObject('one', await readCurrent(vault, token.id));
		vault.publish(token.id, 'theirs');
		draft.write('mine');
		const first = await draft.publish(vault);
		assert.ok(first.outcome === 'conflict');
		vault.publish(token.id, 'theirs, later');
		draft.rebase(first.theirs.versionId, first.theirs.updatedAt);
		assert.equal((await draft.publish(vault)).outcome, 'conflict');
		assert.equal(vault.valuesOf(token.id)?.at(-1), 'theirs, later');
	});

	test('Replace Value and Restore This Version are checked', async () => {
		const { app, ui, vault, clipboard, on, token, versionRow } = await withoutIds();
		clipboard.content = 'mine';
		ui.picks(/value come/, 'Use the Clipboard').presses(/newer version/, undefined);
		vault.beforeNext('updateObject', () => vault.publish(token.id, 'theirs'));
		await replaceValue(app, on(token));
		assert.equal(vault.valuesOf(token.id)?.at(-1), 'theirs');
		const row = await versionRow(token, 1);
		ui.confirms(/^Restore version 1/, true);
		vault.beforeNext('updateObject', () => vault.publish(token.id, 'theirs, later'));
		assert.equal((await failureOf(restoreVersion(app, { nodes: [row] }))).code, 'conflict');
		assert.equal(vault.valuesOf(token.id)?.at(-1), 'theirs, later');
	});

	test('a deletion is checked', async () => {
		const { app, ui, vault, on, token } = await withoutIds();
		ui.confirms(/^Delete “token”/, true);
		vault.beforeNext('deleteObject', () => vault.publish(token.id, 'theirs'));
		assert.equal((await failureOf(deleteObjects(app, on({ ...token, versionId: undefined })))).code, 'conflict');
		assert.equal(vault.valuesOf(token.id)?.at(-1), 'theirs');
	});
});
