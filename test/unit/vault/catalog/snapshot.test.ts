import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import { snapshotIn } from '../../../../src/vault/catalog/snapshotText';
import { isSnapshot, type CatalogSnapshot } from '../../../../src/vault/catalog/snapshot';
import { FakeVault } from '../../../support/fakeVault';
import { known } from '../../../support/known';

suite('What a catalog hands on to the next one', () => {
	let vault: FakeVault;
	let first: Catalog;
	setup(async () => {
		vault = new FakeVault();
		vault.add('token', { organization_id: 'org_1', app: 'x' });
		vault.add('key', { team: 'a' });
		first = new Catalog(vault);
		await first.scan();
	});
	const asJson = (catalog: Catalog) => JSON.parse(JSON.stringify(catalog.snapshot())) as CatalogSnapshot;
	const namesIn = (catalog: Catalog) => Array.from(catalog.objects(), ({ name }) => name).sort();

	test('is what it knew, through JSON', () => {
		const described = vault.publish(vault.named('token')?.id ?? '', 'newer');
		first.open(described);
		const next = new Catalog(vault, asJson(first));
		assert.deepEqual(next.get(described.id), known(described));
		assert.deepEqual(namesIn(next), namesIn(first));
		assert.equal(next.openedAt(described.id), first.openedAt(described.id));
		assert.deepEqual(asJson(next), asJson(first));
	});

	test('is the environment, which the first metadata told, and no event', async () => {
		assert.equal(first.environmentId, undefined);
		const second = new Catalog(vault, asJson(first));
		second.open(vault.publish(vault.named('token')?.id ?? '', 'newer'));
		assert.equal(second.environmentId, 'environment');
		assert.equal(new Catalog(vault, asJson(second)).environmentId, 'environment');
		await first.merge(asJson(second));
		assert.equal(first.environmentId, 'environment');
	});

	test('is the environment of a vault that tells no events, which the scan learnt', async () => {
		vault.tellsEvents = false;
		const catalog = new Catalog(vault);
		await catalog.scan();
		assert.equal(new Catalog(vault, asJson(catalog)).environmentId, 'environment');
	});

	test('is the same as text, which is written and read in parts', async () => {
		const [vault, catalog] = [new FakeVault(), new Catalog(new FakeVault())];
		assert.deepEqual(await snapshotIn(await catalog.toText()), asJson(catalog), 'with nothing in it');
		for (let index = 0; index < 4_500; index++) catalog.put(vault.add(`object ${index}`, { user: `user_${index}` }));
		const text = await catalog.toText();
		assert.ok(text.split('\n').every((line) => line.length < 400_000));
		assert.deepEqual(await snapshotIn(text), asJson(catalog));
	});

	test('has no value in it', () => {
		assert.doesNotMatch(JSON.stringify(first.snapshot()), /value of token/);
	});

	test('has each key context and each person once', () => {
		for (let index = 0; index < 50; index++) first.put(vault.add(`more ${index}`, { team: 'a' }));
		const { contexts, people } = first.snapshot();
		assert.deepEqual([contexts.length, people.length], [2, 2]);
	});

	test('of another format is none', () => {
		assert.equal(isSnapshot(asJson(first)), true);
		for (const other of [{ ...asJson(first), format: 0 }, {}, null, 'text', []]) assert.equal(isSnapshot(other), false);
	});

	suite('merged with what another window knows', () => {
		let second: Catalog;
		setup(() => {
			second = new Catalog(vault, asJson(first));
		});

		test('is what either knows', async () => {
			first.put(vault.add('by first'));
			second.put(vault.add('by second'));
			await second.merge(asJson(first));
			assert.deepEqual(namesIn(second), ['by first', 'by second', 'key', 'token']);
		});

		test('has the newer of two', async () => {
			const { id } = vault.named('token') ?? { id: '' };
			const older = vault.publish(id, 'older');
			const newer = vault.publish(id, 'newer');
			first.put(newer);
			second.put(older);
			await second.merge(asJson(first));
			assert.deepEqual(second.get(id), known(newer));
			await first.merge(asJson(second));
			assert.deepEqual(first.get(id), known(newer));
		});

		test('asks the vault where the other one’s is newer by a clock that was set back since, and not confirmed', async () => {
			const token = first.findByName('token');
			assert.ok(token);
			const theirs = asJson(first);
			const objects = theirs.objects.map(([id, name, context, at, ...rest]) => {
				return [id, name, context, id === token.id ? at + 3_600_000 : at, ...rest] as const;
			});
			await first.merge({ ...theirs, objects, unproven: [token.id] });
			await first.sync();
			assert.deepEqual(first.get(token.id)?.updatedAt, token.updatedAt);
		});

		test('has nothing that one of them found gone', async () => {
			const { id } = vault.named('token') ?? { id: '' };
			first.remove(id);
			await second.merge(asJson(first));
			assert.equal(second.get(id), undefined);
			await first.merge(asJson(new Catalog(vault, asJson(second))));
			assert.equal(first.get(id), undefined);
		});

		test('takes a change as seen that one of them has opened', async () => {
			const newer = vault.publish(vault.named('token')?.id ?? '', 'newer');
			await first.sync();
			await second.sync();
			assert.ok(second.unseen(newer.id));
			first.open(newer);
			await second.merge(asJson(first));
			assert.equal(second.unseen(newer.id), undefined);
		});

		test('marks nothing as changed that is gone', async () => {
			const newer = vault.publish(vault.named('token')?.id ?? '', 'newer');
			await first.sync();
			assert.equal(first.unseenCount, 1);
			vault.erase(newer.id);
			await second.sync();
			await second.merge(asJson(first));
			assert.equal(second.unseenCount, 0);
			assert.equal(new Catalog(vault, { ...asJson(second), unseen: asJson(first).unseen }).unseenCount, 0);
		});

		test('follows what happened from the older mark on, so that nothing is missed', async () => {
			const gone = vault.named('key');
			assert.ok(gone);
			vault.erase(gone.id);
			vault.add('fresh');
			await first.sync();
			// The second saw the deletion no more than the fresh object, and goes on from where it was.
			await second.merge(asJson(first));
			await second.sync();
			assert.deepEqual(namesIn(second), ['fresh', 'token']);
		});

		test('is complete when one of them is, and nothing is asked for again', async () => {
			const third = new Catalog(vault);
			await third.merge(asJson(first));
			vault.forgetCalls();
			await third.scan();
			assert.equal(third.progress.phase, 'complete');
			assert.deepEqual(vault.calls, []);
		});
	});
});
