import assert from 'node:assert/strict';
import { Draft } from '../../../../src/vault/drafts/draft';
import { VaultError } from '../../../../src/vault/errors';
import { failureOf, lost } from '../../../support/fakes';
import { FakeVault } from '../../../support/fakeVault';
import { withoutPauses } from '../../../support/withoutPauses';

suite('Draft, published twice or without an answer', () => {
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

	test('is published by one call however often that is asked for meanwhile', async () => {
		draft.write('two');
		const [first, second] = await Promise.all([draft.publish(vault), draft.publish(vault)]);
		assert.equal(first, second);
		assert.deepEqual(vault.valuesOf(id), ['one', 'two']);
	});

	test('asked to publish another text meanwhile, publishes that one too, and answers for each', async () => {
		draft.write('two');
		const answer = vault.holdNext('updateObject');
		const first = draft.publish(vault);
		draft.write('three');
		const second = draft.publish(vault);
		draft.write('four');
		answer();
		const results = await Promise.all([first, second]);
		assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'three']);
		const versions = (await vault.listVersions(id)).map((version) => version.id).reverse();
		assert.deepEqual(
			results.map((result) => 'current' in result && result.current.versionId),
			versions.slice(1),
		);
		assert.equal(draft.text, 'four');
		assert.ok(draft.isUnpublished);
	});

	test('is published for the second who asks when the first one cancels', async () => {
		draft.write('two');
		const [cancelled, kept] = [new AbortController(), new AbortController()];
		vault.holdNext('updateObject')();
		const first = draft.publish(vault, { signal: cancelled.signal });
		const second = draft.publish(vault, { signal: kept.signal });
		cancelled.abort(new Error('cancelled'));
		await assert.rejects(first, /cancelled/);
		assert.equal((await second).outcome, 'published');
		assert.deepEqual(vault.valuesOf(id), ['one', 'two']);
		assert.equal(draft.isUnpublished, false);
	});

	test('is published all the same when the second who asks cancels, and that one is told at once', async () => {
		draft.write('two');
		const answer = vault.holdNext('updateObject');
		const first = draft.publish(vault);
		const controller = new AbortController();
		const second = draft.publish(vault, { signal: controller.signal });
		const third = draft.publish(vault);
		controller.abort(new Error('cancelled'));
		await assert.rejects(second, /cancelled/);
		answer();
		assert.equal((await first).outcome, 'published');
		await third;
		assert.deepEqual(vault.valuesOf(id), ['one', 'two']);
	});

	test('fails once for all who asked to publish the same text', async () => {
		draft.write('two');
		vault.failNext('updateObject', new VaultError('rejected'));
		const both = [draft.publish(vault), draft.publish(vault)].map((result) => failureOf(result));
		assert.deepEqual(
			(await Promise.all(both)).map(({ code }) => code),
			['rejected', 'rejected'],
		);
		assert.equal(vault.count('updateObject'), 1);
	});

	test('is not taken for somebody else’s when the network went away during a publish that took effect', async () => {
		draft.write('two');
		vault.failNext('updateObject', lost(), 'applied');
		vault.failNext('describeObject', new VaultError('offline'));
		assert.equal((await failureOf(draft.publish(vault))).code, 'offline');
		assert.equal((await draft.publish(vault)).outcome, 'published');
		assert.equal(draft.isUnpublished, false);
		draft.write('three');
		await draft.publish(vault);
		assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'three']);
	});

	test('of a new object is not taken for somebody else’s either', async () => {
		const fresh = Draft.ofNewObject('connection', 'fresh', { team: 'a' });
		fresh.write('first');
		vault.failNext('createObject', lost(), 'applied');
		vault.failNext('listObjects', new VaultError('offline'));
		assert.equal((await failureOf(fresh.publish(vault))).code, 'offline');
		assert.equal((await fresh.publish(vault)).outcome, 'published');
		assert.equal(fresh.objectId, vault.named('fresh')?.id);
	});

	for (const [what, failure, nextFailure] of [
		['without an answer', lost(), new VaultError('offline')],
		['by a person who cancelled', new DOMException('cancelled', 'AbortError'), undefined],
	] as const) {
		test(`left ${what} after it took effect, can be taken back: the first text is published again`, async () => {
			draft.write('two');
			vault.failNext('updateObject', failure, 'applied');
			vault.failNext('describeObject', nextFailure);
			let changes = 0;
			draft.onDidChange(() => changes++);
			await assert.rejects(draft.publish(vault));
			assert.equal(changes, 2, 'asked for, then left without an answer');
			draft.write('one');
			assert.ok(draft.isUnpublished, 'the vault may hold the other text');
			assert.equal((await draft.publish(vault)).outcome, 'published');
			assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'one']);
			assert.equal(draft.isUnpublished, false);
		});
	}

	test('is published on top of its own lost version when the text went on', async () => {
		draft.write('two');
		vault.failNext('updateObject', lost(), 'applied');
		vault.failNext('describeObject', new VaultError('offline'));
		await failureOf(draft.publish(vault));
		draft.write('three');
		assert.equal((await draft.publish(vault)).outcome, 'published');
		assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'three']);
	});

	test('is published on top of a version whose publish was cancelled too late', async () => {
		draft.write('two');
		vault.failNext('updateObject', new DOMException('cancelled', 'AbortError'), 'applied');
		await assert.rejects(draft.publish(vault), { name: 'AbortError' });
		draft.write('three');
		assert.equal((await draft.publish(vault)).outcome, 'published');
		assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'three']);
	});

	test('of a new object goes on with the object that a cancelled publish created', async () => {
		const fresh = Draft.ofNewObject('connection', 'fresh', { team: 'a' });
		fresh.write('first');
		vault.failNext('createObject', new DOMException('cancelled', 'AbortError'), 'applied');
		await assert.rejects(fresh.publish(vault), { name: 'AbortError' });
		fresh.write('second');
		assert.equal((await fresh.publish(vault)).outcome, 'published');
		assert.deepEqual(vault.valuesOf(fresh.objectId ?? ''), ['first', 'second']);
	});

	test('still ends in a conflict when somebody else’s version came after a lost answer', async () => {
		draft.write('two');
		vault.failNext('updateObject', lost());
		vault.failNext('describeObject', new VaultError('offline'));
		await failureOf(draft.publish(vault));
		vault.publish(id, 'theirs');
		assert.equal((await draft.publish(vault)).outcome, 'conflict');
		assert.deepEqual(vault.valuesOf(id), ['one', 'theirs']);
	});

	suite('that was kept without the version that it started from', () => {
		setup(() => {
			draft.write('two');
			draft = Draft.restore({ ...draft.snapshot(), baseVersion: undefined });
		});

		test('ends in a conflict where somebody published meanwhile, and stays one until the person chooses', async () => {
			const theirs = vault.publish(id, 'theirs');
			for (let attempt = 0; attempt < 2; attempt++) {
				const result = await draft.publish(vault);
				assert.ok(result.outcome === 'conflict');
				assert.equal(result.theirs.versionId, theirs.versionId);
			}
			assert.deepEqual(vault.valuesOf(id), ['one', 'theirs']);
			draft.write('one');
			assert.ok(draft.isUnpublished, 'the vault holds theirs');
			draft.rebase(theirs.versionId);
			assert.equal((await draft.publish(vault)).outcome, 'published');
			assert.deepEqual(vault.valuesOf(id), ['one', 'theirs', 'one']);
		});

		test('is published on top of the value that it started from, and goes on from there', async () => {
			assert.equal((await draft.publish(vault)).outcome, 'published');
			vault.publish(id, 'theirs');
			draft.write('three');
			assert.equal((await draft.publish(vault)).outcome, 'conflict');
			assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'theirs']);
		});

		test('goes on from that version when its window is gone before the answer came', async () => {
			let kept = draft.snapshot();
			draft.onDidChange(() => (kept = draft.snapshot()));
			vault.failNext('updateObject', new DOMException('cancelled', 'AbortError'), 'applied');
			await assert.rejects(draft.publish(vault), { name: 'AbortError' });
			draft = Draft.restore(kept);
			draft.write('three');
			assert.equal((await draft.publish(vault)).outcome, 'published');
			assert.deepEqual(vault.valuesOf(id), ['one', 'two', 'three']);
		});

		test('ends in a conflict where somebody publishes right after it was looked', async () => {
			vault.beforeNext('updateObject', () => vault.publish(id, 'theirs'));
			assert.equal((await draft.publish(vault)).outcome, 'conflict');
			assert.deepEqual(vault.valuesOf(id), ['one', 'theirs']);
		});

		test('takes no version for the one that it read where answers leave it out and somebody publishes between', async () => {
			vault.tellsVersionId = () => false;
			vault.beforeNext('listVersions', () => undefined);
			vault.beforeNext('listVersions', () => vault.publish(id, 'theirs'));
			assert.equal((await draft.publish(vault)).outcome, 'conflict');
			assert.deepEqual(vault.valuesOf(id), ['one', 'theirs']);
		});

		test('keeps its first text as a change, too, where the object is gone', async () => {
			vault.erase(id);
			assert.equal((await failureOf(draft.publish(vault))).code, 'notFound');
			draft.write('one');
			assert.ok(draft.isUnpublished);
		});
	});
});
