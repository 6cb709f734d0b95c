import assert from 'node:assert/strict';
import { Draft } from '../../../../src/vault/drafts/draft';
import { VaultError } from '../../../../src/vault/errors';
import { failureOf, lost } from '../../../support/fakes';
import { FakeVault } from '../../../support/fakeVault';
import { withoutPauses } from '../../../support/withoutPauses';

suite('Draft', () => {
	withoutPauses();
	let vault: FakeVault;
	let id: string;
	let draft: Draft;
	setup(async () => {
		vault = new FakeVault();
		({ id } = vault.add('token', { team: 'a' }, 'one'));
		draft = Draft.ofObject('connection', await vault.readObject(id));
		vault.forgetCalls();
	});

	test('starts with the object’s value and has nothing to publish', async () => {
		assert.equal(draft.text, 'one');
		assert.equal(draft.isUnpublished, false);
		assert.deepEqual(await draft.publish(vault), { outcome: 'unchanged' });
		assert.deepEqual(vault.calls, []);
	});

	test('has nothing to publish when the text is changed back', async () => {
		draft.write('two');
		assert.ok(draft.isUnpublished);
		draft.write('one');
		assert.deepEqual(await draft.publish(vault), { outcome: 'unchanged' });
	});

	test('tells of a change of its text once, and not of the same text', () => {
		let changes = 0;
		draft.onDidChange(() => changes++);
		draft.write('two');
		draft.write('two');
		assert.equal(changes, 1);
	});

	test('is published as a new version and goes on from it', async () => {
		draft.write('two');
		await draft.publish(vault);
		assert.deepEqual(vault.calls, ['updateObject']);
		assert.equal(draft.isUnpublished, false);
		draft.write('three');
		await draft.publish(vault);
		assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'three']);
	});

	test('keeps what is typed during a publish as a change on top of it', async () => {
		draft.write('two');
		const answer = vault.holdNext('updateObject');
		const publishing = draft.publish(vault);
		draft.write('two and more');
		answer();
		await publishing;
		assert.deepEqual(vault.valuesOf(id), ['one', 'two']);
		assert.equal(draft.text, 'two and more');
		assert.ok(draft.isUnpublished);
		await draft.publish(vault);
		assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'two and more']);
	});

	test('is what it was after a conflict', async () => {
		vault.publish(id, 'theirs');
		draft.write('ours');
		assert.equal((await draft.publish(vault)).outcome, 'conflict');
		assert.equal((await draft.publish(vault)).outcome, 'conflict');
		assert.equal(draft.text, 'ours');
		assert.ok(draft.isUnpublished);
		assert.deepEqual(vault.valuesOf(id), ['one', 'theirs']);
	});

	test('is what it was after a failure, and can be published again', async () => {
		draft.write('two');
		for (let attempt = 0; attempt < 3; attempt++) vault.failNext('updateObject', lost());
		assert.equal((await failureOf(draft.publish(vault))).code, 'unavailable');
		assert.ok(draft.isUnpublished);
		assert.equal((await draft.publish(vault)).outcome, 'published');
		assert.deepEqual(vault.valuesOf(id), ['one', 'two']);
	});

	test('rebased on their version, overwrites that one and no newer one', async () => {
		const theirs = vault.publish(id, 'theirs');
		draft.write('ours');
		draft.rebase(theirs.versionId);
		vault.publish(id, 'theirs again');
		assert.equal((await draft.publish(vault)).outcome, 'conflict');
		draft.rebase(vault.named('token')?.versionId);
		assert.equal((await draft.publish(vault)).outcome, 'published');
		assert.deepEqual(vault.valuesOf(id), ['one', 'theirs', 'theirs again', 'ours']);
	});

	test('rebased, has its text to publish even where it is what the draft began with', async () => {
		const theirs = vault.publish(id, 'theirs');
		draft.write('ours');
		draft.rebase(theirs.versionId);
		draft.write('one');
		assert.equal((await draft.publish(vault)).outcome, 'published');
		assert.deepEqual(vault.valuesOf(id), ['one', 'theirs', 'one']);
	});

	test('with their version accepted, compares and checks against that', async () => {
		vault.publish(id, 'theirs');
		draft.write('ours');
		let changes = 0;
		draft.onDidChange(() => changes++);
		draft.acceptBase(await vault.readObject(id));
		assert.equal(changes, 1);
		assert.equal(draft.text, 'ours');
		assert.ok(draft.isUnpublished);
		draft.write('theirs');
		assert.equal(draft.isUnpublished, false);
		draft.write('ours after all');
		await draft.publish(vault);
		assert.deepEqual(vault.valuesOf(id), ['one', 'theirs', 'ours after all']);
	});

	test('stays checked where the vault leaves the version out of its answer', async () => {
		vault.answersVersionId = () => false;
		draft.write('two');
		await draft.publish(vault);
		vault.publish(id, 'theirs');
		draft.write('three');
		assert.equal((await draft.publish(vault)).outcome, 'conflict');
		assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'theirs']);
	});

	suite('where the vault leaves the version out of its answer', () => {
		setup(() => {
			vault.answersVersionId = () => false;
		});

		test('is published version on version', async () => {
			for (const text of ['two', 'three']) {
				draft.write(text);
				assert.equal((await draft.publish(vault)).outcome, 'published');
			}
			assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'three']);
		});

		test('never takes what somebody published right after it for its own version', async () => {
			vault.beforeNext('readObject', () => vault.publish(id, 'theirs'));
			draft.write('two');
			assert.equal((await draft.publish(vault)).outcome, 'published');
			draft.write('three');
			assert.equal((await draft.publish(vault)).outcome, 'conflict');
			assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'theirs']);
		});

		test('of a new object does not do so either', async () => {
			const fresh = Draft.ofNewObject('connection', 'fresh', { team: 'a' });
			vault.beforeNext('readObject', () => vault.publish(vault.named('fresh')?.id ?? '', 'theirs'));
			fresh.write('first');
			assert.equal((await fresh.publish(vault)).outcome, 'published');
			fresh.write('second');
			assert.equal((await fresh.publish(vault)).outcome, 'conflict');
			assert.deepEqual(vault.valuesOf(fresh.objectId ?? ''), ['first', 'theirs']);
		});

		test('is published though its version can’t be looked up, and goes on from it', async () => {
			vault.failNext('readObject', new VaultError('offline'));
			draft.write('two');
			assert.equal((await draft.publish(vault)).outcome, 'published');
			draft.write('three');
			assert.equal((await draft.publish(vault)).outcome, 'published');
			assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'three']);
		});
	});

	test('of a new object creates it, and then publishes versions of it', async () => {
		const fresh = Draft.ofNewObject('connection', 'fresh', { team: 'a' });
		assert.equal(fresh.objectId, undefined);
		assert.ok(fresh.isUnpublished);
		fresh.write('first');
		await fresh.publish(vault);
		assert.equal(fresh.objectId, vault.named('fresh')?.id);
		fresh.write('second');
		await fresh.publish(vault);
		assert.deepEqual(vault.valuesOf(fresh.objectId ?? ''), ['first', 'second']);
	});

	test('of a new object is what it was when the name was taken meanwhile', async () => {
		const fresh = Draft.ofNewObject('connection', 'token', { team: 'a' });
		fresh.write('first');
		assert.equal((await failureOf(fresh.publish(vault))).code, 'nameTaken');
		assert.equal(fresh.objectId, undefined);
		assert.equal(fresh.text, 'first');
		assert.deepEqual(vault.valuesOf(id), ['one']);
	});

	test('has an id of its own', () => {
		assert.notEqual(Draft.ofNewObject('c', 'n', {}).id, Draft.ofNewObject('c', 'n', {}).id);
	});
});
