import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import { VaultError } from '../../../../src/vault/errors';
import { lost } from '../../../support/fakes';
import { FakeVault } from '../../../support/fakeVault';
import { until } from '../../../support/until';

suite('Catalog in trouble', () => {
	let vault: FakeVault;
	let catalog: Catalog;
	setup(() => {
		vault = new FakeVault();
		vault.tellsEvents = false;
		catalog = new Catalog(vault);
	});
	const names = (organizationId?: string) => catalog.objectsOf(organizationId).map(({ name }) => name);

	for (const code of ['rejected', 'keyUnavailable', 'unexpected', 'conflict'] as const) {
		test(`an object whose look-up fails as ${code} is passed over and named, until a refresh`, async () => {
			const [first] = ['a', 'b', 'c'].map((name) => vault.add(name));
			vault.failNext('describeObject', new VaultError(code));
			await catalog.scan();
			assert.equal(catalog.progress.phase, 'complete');
			assert.deepEqual(names(), ['b', 'c']);
			assert.deepEqual(catalog.unreadable, [{ id: first?.id, name: 'a', updatedAt: first?.updatedAt }]);
			await catalog.refresh();
			assert.deepEqual(names(), ['a', 'b', 'c']);
			assert.deepEqual(catalog.unreadable, []);
		});
	}

	for (const code of ['unauthorized', 'forbidden', 'offline', 'unavailable', 'rateLimited'] as const) {
		test(`a look-up that fails as ${code} ends the scan: so would the others`, async () => {
			vault.add('a');
			vault.failNext('describeObject', new VaultError(code));
			await catalog.scan();
			assert.equal(catalog.progress.phase, 'failed');
			assert.deepEqual(catalog.unreadable, []);
		});
	}

	test('an object that could not be looked up is so no more when our own call brought it or it is gone', async () => {
		const [first, second] = [vault.add('a'), vault.add('b')];
		for (let call = 0; call < 2; call++) vault.failNext('describeObject', new VaultError('rejected'));
		await catalog.scan();
		assert.equal(catalog.unreadable.length, 2);
		catalog.put(first);
		let changes = 0;
		catalog.onDidChange(() => changes++);
		catalog.remove(second.id);
		assert.equal(changes, 1);
		assert.deepEqual(catalog.unreadable, []);
	});

	test('an object that could not be looked up is so no more when the list has it no more', async () => {
		const { id } = vault.add('a');
		vault.failNext('describeObject', new VaultError('rejected'));
		await catalog.scan();
		vault.erase(id);
		await catalog.refresh();
		assert.deepEqual(catalog.unreadable, []);
	});

	test('an object that is known already stays where it is when its look-up fails for itself', async () => {
		const { id } = vault.add('a');
		await catalog.scan();
		vault.publish(id, 'newer');
		vault.failNext('describeObject', new VaultError('keyUnavailable'));
		await catalog.refresh();
		assert.deepEqual(names(), ['a']);
		assert.deepEqual(catalog.unreadable, []);
	});

	test('an object that moves in the list during a scan is kept: it is looked up before it is let go of', async () => {
		const moved = vault.add('moved');
		vault.add('stays');
		await catalog.scan();
		const listObjects = vault.listObjects.bind(vault);
		vault.listObjects = async (page, options) => {
			const { items, next } = await listObjects(page, options);
			return { items: items.filter(({ id }) => id !== moved.id), next };
		};
		vault.forgetCalls();
		await catalog.refresh();
		assert.deepEqual(names(), ['moved', 'stays']);
		assert.deepEqual(vault.calls, ['listObjects', 'listObjects', 'describeObject']);
		vault.forgetCalls();
		vault.failNext('listObjects', undefined);
		const answer = vault.holdNext('listObjects');
		const refreshing = catalog.refresh();
		await until(() => vault.count('listObjects') === 2);
		catalog.put(vault.publish(moved.id, 'newer'));
		answer();
		await refreshing;
		assert.deepEqual(names(), ['moved', 'stays']);
		assert.deepEqual(vault.calls, ['listObjects', 'listObjects'], 'what our own call brought counts as listed');
	});

	test('a failed scan says why, and goes on where it stopped', async () => {
		for (let index = 0; index < 120; index++) vault.add(`object ${index}`);
		vault.failNext('listObjects', undefined);
		vault.failNext('listObjects', lost());
		await catalog.scan();
		assert.equal(catalog.progress.phase, 'failed');
		assert.ok(catalog.progress.failure instanceof VaultError);
		assert.equal(catalog.progress.listed, 100);
		assert.equal(catalog.progress.isListed, false);
		await catalog.scan();
		assert.equal(catalog.progress.phase, 'complete');
		assert.equal(vault.count('listObjects'), 3);
		assert.equal(catalog.progress.known, 120);
		assert.ok(vault.count('describeObject') <= 125, 'only what was under way is asked for twice');
	});

	test('a failed look-up fails the scan, keeps the rest, and is made again', async () => {
		for (const name of ['a', 'b', 'c']) vault.add(name);
		vault.failNext('describeObject', lost());
		await catalog.scan();
		assert.equal(catalog.progress.phase, 'failed');
		await catalog.scan();
		assert.deepEqual(names(), ['a', 'b', 'c']);
		assert.equal(vault.count('describeObject'), 4);
	});

	test('a failed refresh lets go of nothing', async () => {
		for (const name of ['a', 'b']) vault.add(name);
		await catalog.scan();
		vault.failNext('listObjects', lost());
		await catalog.refresh();
		assert.deepEqual(names(), ['a', 'b']);
		assert.equal(catalog.progress.phase, 'failed');
	});

	test('says nothing of an old failure once a scan is complete', async () => {
		vault.failNext('listObjects', lost());
		await catalog.scan();
		await catalog.scan();
		assert.equal(catalog.progress.phase, 'complete');
		assert.equal(catalog.progress.failure, undefined);
	});

	test('a refresh takes the place of one that waits for an answer', async () => {
		vault.add('a');
		await catalog.scan();
		vault.forgetCalls();
		const answer = vault.holdNext('listObjects');
		const first = catalog.refresh();
		const second = catalog.refresh();
		answer();
		await Promise.all([first, second]);
		assert.equal(catalog.progress.phase, 'complete');
		assert.equal(vault.count('listObjects'), 3, 'one that was given up, and two of the refresh that took its place');
	});

	test('a refresh in mid-scan goes on where the scan was', async () => {
		for (let index = 0; index < 120; index++) vault.add(`object ${index}`);
		vault.failNext('listObjects', undefined);
		const answer = vault.holdNext('listObjects');
		const scanning = catalog.scan();
		await until(() => catalog.progress.known === 100);
		const refreshing = catalog.refresh();
		answer();
		await Promise.all([scanning, refreshing]);
		assert.equal(catalog.progress.phase, 'complete');
		assert.equal(catalog.progress.known, 120);
		assert.equal(vault.count('listObjects'), 3, 'the page that was given up is asked for again, and no other');
	});

	test('changes by others stay marked when what a sync left over is looked up by a scan', async () => {
		const { id } = vault.add('a');
		await catalog.scan();
		catalog.open(vault.publish(id, 'mine'));
		vault.publish(id, 'theirs');
		await catalog.refresh();
		assert.ok(catalog.unseen(id));
		vault.add('b');
		vault.failNext('describeObject', lost());
		await catalog.refresh();
		assert.equal(catalog.progress.phase, 'failed');
		await catalog.scan();
		assert.equal(catalog.progress.phase, 'complete');
		assert.ok(catalog.unseen(id));
	});
});
