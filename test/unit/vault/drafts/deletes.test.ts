import assert from 'node:assert/strict';
import { VaultError } from '../../../../src/vault/errors';
import type { ObjectMetadata } from '../../../../src/vault/model';
import { deleteObject } from '../../../../src/vault/drafts/writes';
import { failureOf, lost } from '../../../support/fakes';
import { FakeVault } from '../../../support/fakeVault';
import { withoutPauses } from '../../../support/withoutPauses';

suite('Deleting an object', () => {
	const pauses = withoutPauses();
	let vault: FakeVault;
	let object: ObjectMetadata;
	setup(() => {
		vault = new FakeVault();
		object = vault.add('token');
	});
	const remove = () => deleteObject(vault, object.id, object.versionId);

	test('makes one call when all goes well', async () => {
		await remove();
		assert.deepEqual(vault.calls, ['deleteObject']);
		assert.equal(vault.valuesOf(object.id), undefined);
	});

	test('is refused when there is a newer version', async () => {
		vault.publish(object.id, 'theirs');
		assert.equal((await failureOf(remove())).code, 'conflict');
		assert.ok(vault.valuesOf(object.id));
	});

	test('says so when the object was gone before', async () => {
		vault.erase(object.id);
		assert.equal((await failureOf(remove())).code, 'notFound');
	});

	test('is tried again when its answer was lost and it had not happened', async () => {
		vault.failNext('deleteObject', lost());
		await remove();
		assert.equal(vault.valuesOf(object.id), undefined);
	});

	test('counts as done when its answer was lost and the object is gone', async () => {
		vault.failNext('deleteObject', lost(), 'applied');
		await remove();
		assert.deepEqual(vault.calls, ['deleteObject', 'deleteObject']);
	});

	test('never deletes a version that came in between', async () => {
		vault.failNext('deleteObject', lost());
		vault.beforeNext('deleteObject', () => vault.publish(object.id, 'theirs'));
		assert.equal((await failureOf(remove())).code, 'conflict');
		assert.equal(vault.valuesOf(object.id)?.at(-1), 'theirs');
	});

	test('tells of the lost answer where the next attempt is refused: nobody knows whether it was done', async () => {
		for (const code of ['forbidden', 'unauthorized', 'rejected', 'rateLimited'] as const) {
			vault = new FakeVault();
			object = vault.add('token');
			vault.failNext('deleteObject', lost(), 'applied');
			vault.failNext('deleteObject', new VaultError(code));
			const failure = await failureOf(remove());
			assert.ok(failure.isAnswerLost, `${code} was told as ${failure.code}`);
		}
	});

	test('is given up after three lost answers', async () => {
		for (let attempt = 0; attempt < 3; attempt++) vault.failNext('deleteObject', lost());
		assert.equal((await failureOf(remove())).code, 'unavailable');
		assert.equal(vault.count('deleteObject'), 3);
		assert.equal(pauses.length, 2);
	});
});
