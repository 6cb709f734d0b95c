import assert from 'node:assert/strict';
import { VaultError } from '../../../../src/vault/errors';
import type { ObjectMetadata } from '../../../../src/vault/model';
import { createObject, publishValue } from '../../../../src/vault/drafts/writes';
import { failureOf, lost } from '../../../support/fakes';
import { FakeVault } from '../../../support/fakeVault';
import { withoutPauses } from '../../../support/withoutPauses';

/** Half to one and a half of 500 ms, then of 1,000. */
function assertGrowing(pauses: readonly number[]): void {
	const isWithin = pauses.map((ms, index) => ms >= 250 * 2 ** index && ms < 750 * 2 ** index);
	assert.deepEqual(isWithin, [true, true], String(pauses));
}

suite('Publishing a value', () => {
	const pauses = withoutPauses();
	let vault: FakeVault;
	let object: ObjectMetadata;
	setup(() => {
		vault = new FakeVault();
		object = vault.add('token', { team: 'a' }, 'one');
	});
	const publish = (value = 'two') => publishValue(vault, { id: object.id, value, versionCheck: object.versionId });

	test('makes one call when all goes well, and decrypts nothing', async () => {
		const { outcome } = await publish();
		assert.equal(outcome, 'published');
		assert.deepEqual(vault.calls, ['updateObject']);
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'two']);
	});

	test('ends in a conflict when somebody was faster, and says what theirs is without decrypting it', async () => {
		const theirs = vault.publish(object.id, 'theirs');
		assert.deepEqual(await publish(), { outcome: 'conflict', theirs });
		assert.deepEqual(vault.calls, ['updateObject', 'describeObject']);
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'theirs']);
	});

	test('is tried again under the same check when its answer was lost and nothing had changed', async () => {
		vault.failNext('updateObject', lost());
		assert.equal((await publish()).outcome, 'published');
		assert.deepEqual(vault.calls, ['updateObject', 'describeObject', 'updateObject']);
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'two']);
	});

	test('counts as done when its answer was lost and the vault holds our value', async () => {
		vault.failNext('updateObject', lost(), 'applied');
		const result = await publish();
		assert.equal(result.outcome, 'published');
		assert.equal('current' in result && result.current.versionId, vault.named('token')?.versionId);
		assert.equal('current' in result && 'value' in result.current, false, 'the value must not travel on');
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'two']);
	});

	test('ends in a conflict when its answer was lost and somebody else published in between', async () => {
		vault.failNext('updateObject', lost());
		vault.beforeNext('describeObject', () => vault.publish(object.id, 'theirs'));
		assert.equal((await publish()).outcome, 'conflict');
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'theirs']);
	});

	test('ends in a conflict when it took effect, its answer was lost, and somebody built on it', async () => {
		vault.failNext('updateObject', lost(), 'applied');
		vault.beforeNext('describeObject', () => vault.publish(object.id, 'theirs'));
		assert.equal((await publish()).outcome, 'conflict');
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'two', 'theirs']);
	});

	test('counts as done when the first try took effect late, after we had looked', async () => {
		vault.failNext('updateObject', lost());
		vault.beforeNext('updateObject', () => vault.publish(object.id, 'two'));
		assert.equal((await publish()).outcome, 'published');
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'two']);
	});

	test('ends in a conflict when somebody publishes between our look and our second try', async () => {
		vault.failNext('updateObject', lost());
		vault.beforeNext('updateObject', () => vault.publish(object.id, 'theirs'));
		assert.equal((await publish()).outcome, 'conflict');
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'theirs']);
	});

	test('is given up after three lost answers, with the failure', async () => {
		for (let attempt = 0; attempt < 3; attempt++) vault.failNext('updateObject', lost());
		assert.equal((await failureOf(publish())).code, 'unavailable');
		assert.equal(vault.count('updateObject'), 3);
		assert.deepEqual(vault.valuesOf(object.id), ['one']);
		assertGrowing(pauses);
	});

	test('counts as done when only the third try took effect and its answer was lost too', async () => {
		vault.failNext('updateObject', lost());
		vault.failNext('updateObject', lost());
		vault.failNext('updateObject', lost(), 'applied');
		assert.equal((await publish()).outcome, 'published');
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'two']);
	});

	test('says so when the object is gone', async () => {
		vault.failNext('updateObject', lost());
		vault.beforeNext('describeObject', () => vault.erase(object.id));
		assert.equal((await failureOf(publish())).code, 'notFound');
	});

	test('is not tried again when the vault refuses it', async () => {
		vault.failNext('updateObject', new VaultError('rejected'));
		assert.equal((await failureOf(publish())).code, 'rejected');
		assert.deepEqual(vault.calls, ['updateObject']);
	});

	test('is not tried again when the person cancels', async () => {
		const controller = new AbortController();
		vault.failNext('updateObject', lost());
		vault.beforeNext('describeObject', () => controller.abort(new Error('cancelled')));
		const update = { id: object.id, value: 'two', versionCheck: object.versionId };
		await assert.rejects(publishValue(vault, update, { signal: controller.signal }), /cancelled/);
		assert.deepEqual(vault.valuesOf(object.id), ['one']);
	});

	test('without a check, still applies once when its answer was lost', async () => {
		vault.failNext('updateObject', lost(), 'applied');
		const result = await publishValue(vault, { id: object.id, value: 'two', versionCheck: undefined });
		assert.equal(result.outcome, 'published');
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'two']);
	});

	test('without a check, is not tried again: it could overwrite somebody else’s version', async () => {
		vault.failNext('updateObject', lost());
		vault.beforeNext('readObject', () => vault.publish(object.id, 'theirs'));
		const unchecked = publishValue(vault, { id: object.id, value: 'two', versionCheck: undefined });
		assert.equal((await failureOf(unchecked)).code, 'unavailable');
		assert.deepEqual(vault.calls, ['updateObject', 'readObject']);
		assert.deepEqual(vault.valuesOf(object.id), ['one', 'theirs']);
	});
});

suite('Creating an object', () => {
	const pauses = withoutPauses();
	const wanted = { name: 'token', value: 'one', keyContext: { organization_id: 'org_1' } };
	let vault: FakeVault;
	setup(() => {
		vault = new FakeVault();
	});

	test('makes one call when all goes well', async () => {
		assert.equal((await createObject(vault, wanted)).name, 'token');
		assert.deepEqual(vault.calls, ['createObject']);
	});

	test('is refused at once when the name is taken', async () => {
		vault.add('token');
		assert.equal((await failureOf(createObject(vault, wanted))).code, 'nameTaken');
		assert.deepEqual(vault.calls, ['createObject']);
	});

	test('is tried again when its answer was lost and there is no such object', async () => {
		vault.failNext('createObject', lost());
		const { id } = await createObject(vault, wanted);
		assert.deepEqual(vault.valuesOf(id), ['one']);
		assert.equal(vault.count('createObject'), 2);
	});

	test('counts as done when its answer was lost and the vault holds it', async () => {
		vault.failNext('createObject', lost(), 'applied');
		const { id } = await createObject(vault, wanted);
		assert.deepEqual(vault.valuesOf(id), ['one']);
		assert.equal(vault.count('createObject'), 1);
	});

	test('counts as done when the first try took effect late, after we had looked', async () => {
		vault.failNext('createObject', lost());
		vault.beforeNext('createObject', () => vault.add('token', wanted.keyContext, 'one'));
		const { id } = await createObject(vault, wanted);
		assert.deepEqual(vault.valuesOf(id), ['one']);
	});

	for (const [what, keyContext, value] of [
		['another value', wanted.keyContext, 'theirs'],
		['another key context', { organization_id: 'org_2' }, 'one'],
	] as const) {
		test(`is refused when its answer was lost and somebody took the name with ${what}`, async () => {
			vault.failNext('createObject', lost());
			vault.beforeNext('listObjects', () => vault.add('token', keyContext, value));
			const failure = await failureOf(createObject(vault, wanted));
			assert.equal(failure.code, 'nameTaken');
			assert.equal(failure.details.name, 'token');
			assert.equal(vault.count('createObject'), 1);
		});
	}

	test('does not decrypt an object of another key context', async () => {
		vault.failNext('createObject', lost());
		vault.beforeNext('listObjects', () => vault.add('token', { team: 'b' }, 'theirs'));
		await failureOf(createObject(vault, wanted));
		assert.equal(vault.count('readObject'), 0);
	});

	test('finds its object among a hundred others whose names contain its name', async () => {
		for (let index = 0; index < 120; index++) vault.add(`token ${index}`);
		vault.failNext('createObject', lost(), 'applied');
		assert.equal((await createObject(vault, wanted)).name, 'token');
		assert.equal(vault.count('createObject'), 1);
	});

	test('is given up after three lost answers', async () => {
		for (let attempt = 0; attempt < 3; attempt++) vault.failNext('createObject', lost());
		assert.equal((await failureOf(createObject(vault, wanted))).code, 'unavailable');
		assert.equal(vault.count('createObject'), 3);
		assertGrowing(pauses);
		assert.equal(vault.named('token'), undefined);
	});
});
