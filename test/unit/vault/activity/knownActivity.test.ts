import assert from 'node:assert/strict';
import { KnownActivity } from '../../../../src/vault/activity/knownActivity';
import { FakeVault } from '../../../support/fakeVault';

suite('What a window knows of activity', () => {
	test('is kept for each object, and asked for once', async () => {
		const vault = new FakeVault();
		const token = vault.add('token', { organizationId: 'org_acme' });
		const known = new KnownActivity(vault);
		const at = Date.UTC(2026, 10, 12);
		vault.activity.add('read', 'token', at);
		assert.equal(known.lastReadOf(token.id), undefined);
		const activity = known.of(token);
		await activity.open();
		assert.equal(known.of({ ...token }), activity);
		assert.equal(activity.organizationId, 'org_acme');
		assert.deepEqual(known.lastReadOf(token.id), new Date(at));
		assert.equal(known.lastReadOf(vault.add('other').id), undefined);
		assert.equal(vault.count('listActivity'), 1);
		const before = Date.now();
		await known.noteRead(token.id, () => Promise.resolve('value'));
		assert.ok((known.lastReadOf(token.id)?.getTime() ?? 0) >= before, 'our own read is the last one');
	});

	test('is let go of where there is too much of it, what was used last at the end', () => {
		const vault = new FakeVault();
		const known = new KnownActivity(vault);
		const [first, second] = [vault.add('first'), vault.add('second')];
		const [ofFirst, ofSecond] = [known.of(first), known.of(second)];
		for (let index = 0; index < 198; index++) known.of(vault.add(`other ${index}`));
		known.of(first);
		known.of(vault.add('one more'));
		assert.equal(known.of(first), ofFirst);
		assert.notEqual(known.of(second), ofSecond);
	});

	test('notes when our own reads ran, and those whose answer got lost', async () => {
		const known = new KnownActivity(new FakeVault());
		const before = Date.now();
		assert.equal(await known.noteRead('id', () => Promise.resolve('value')), 'value');
		await assert.rejects(known.noteRead('id', () => Promise.reject(new Error('lost'))));
		const reads = known.ownReadsOf('id');
		assert.deepEqual(
			reads.map(({ isAnswered }) => isAnswered),
			[true, false],
		);
		assert.deepEqual(known.lastReadOf('id'), reads[0]?.endedAt);
		for (const { sentAt, endedAt } of reads) {
			assert.ok(before <= sentAt.getTime() && sentAt <= endedAt && endedAt.getTime() <= Date.now());
		}
		assert.deepEqual(known.ownReadsOf('other'), []);
	});
});
