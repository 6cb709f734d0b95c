import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import { FakeVault } from '../../../support/fakeVault';
import { known } from '../../../support/known';
import { until } from '../../../support/until';

suite('Catalog of a vault that tells no events', () => {
	let vault: FakeVault;
	let catalog: Catalog;
	setup(() => {
		vault = new FakeVault();
		vault.tellsEvents = false;
		catalog = new Catalog(vault);
	});
	const names = (organizationId?: string) => catalog.objectsOf(organizationId).map(({ name }) => name);

	test('looks every object up once, over all pages, without decrypting anything', async () => {
		for (let index = 0; index < 250; index++) vault.add(`object ${index}`);
		await catalog.scan();
		await catalog.scan();
		assert.equal(vault.count('listObjects'), 3);
		assert.equal(vault.count('describeObject'), 250);
		assert.equal(vault.count('listEvents'), 1);
		assert.equal(vault.calls.length, 254);
		const { phase, listed, known } = catalog.progress;
		assert.deepEqual({ phase, listed, known }, { phase: 'complete', listed: 250, known: 250 });
	});

	test('asks after everybody who waits, in the background', async () => {
		vault.add('token');
		await catalog.scan();
		assert.deepEqual(vault.priorities, ['background', 'background', 'background']);
	});

	test('groups objects by organization, whichever way it is spelled', async () => {
		vault.add('b', { organization_id: 'org_1', app: 'x' });
		vault.add('a', { organizationId: 'org_1' });
		vault.add('c', { organization_id: 'org_2' });
		vault.add('d', { team: 'x' });
		await catalog.scan();
		assert.deepEqual(names('org_1'), ['a', 'b']);
		assert.deepEqual(names('org_2'), ['c']);
		assert.deepEqual(names(undefined), ['d']);
		assert.deepEqual(names('org_3'), []);
	});

	test('orders by name as people count: key2 before key10, whatever the case', async () => {
		for (const name of ['key10', 'Key2', 'apple', 'key1', 'Zebra']) vault.add(name);
		await catalog.scan();
		assert.deepEqual(names(), ['apple', 'key1', 'Key2', 'key10', 'Zebra']);
	});

	test('finds an object by its exact name', async () => {
		const { id } = vault.add('token');
		vault.add('token 2');
		await catalog.scan();
		assert.equal(catalog.findByName('token')?.id, id);
		assert.equal(catalog.findByName('toke'), undefined);
	});

	test('joins a scan that runs', async () => {
		vault.add('token');
		await Promise.all([catalog.scan(), catalog.scan()]);
		assert.equal(vault.count('listObjects'), 1);
	});

	test('a refresh asks for what changed and for the list, and looks up what is new', async () => {
		const [first] = ['a', 'b', 'c'].map((name) => vault.add(name));
		await catalog.scan();
		vault.forgetCalls();
		const newer = vault.publish(first?.id ?? '', 'newer');
		vault.add('d');
		await catalog.refresh();
		assert.deepEqual(vault.calls, ['listObjects', 'describeObject', 'listObjects']);
		assert.deepEqual(catalog.get(newer.id)?.updatedAt, newer.updatedAt);
		assert.deepEqual(names(), ['a', 'b', 'c', 'd']);
	});

	test('a refresh lets go of objects that are not listed any more', async () => {
		const { id } = vault.add('a');
		vault.add('b');
		await catalog.scan();
		vault.erase(id);
		await catalog.refresh();
		assert.deepEqual(names(), ['b']);
		assert.equal(catalog.get(id), undefined);
	});

	test('an object that is deleted between the list and its look-up is left out', async () => {
		const { id } = vault.add('a');
		vault.add('b');
		vault.beforeNext('describeObject', () => vault.erase(id));
		await catalog.scan();
		assert.deepEqual(names(), ['b']);
		assert.equal(catalog.progress.phase, 'complete');
	});

	test('takes in and lets go of objects that our own calls brought', () => {
		let changes = 0;
		catalog.onDidChange(() => changes++);
		const object = vault.add('a');
		catalog.put(object);
		assert.deepEqual(names(), ['a']);
		catalog.remove(object.id);
		catalog.remove(object.id);
		assert.deepEqual(names(), []);
		assert.equal(changes, 2);
	});

	test('a late look-up does not paint over what our own call brought', async () => {
		const stale = vault.add('a');
		const answer = vault.holdNext('describeObject');
		const scan = catalog.scan();
		await until(() => vault.count('describeObject') === 1);
		const published = vault.publish(stale.id, 'newest');
		catalog.put(published);
		answer();
		await scan;
		assert.deepEqual(catalog.get(stale.id), known(published));
	});

	test('a late look-up does not bring back an object that was deleted meanwhile', async () => {
		const stale = vault.add('a');
		const described = Promise.withResolvers<typeof stale>();
		vault.describeObject = () => described.promise;
		const scan = catalog.scan();
		await until(() => catalog.progress.listed === 1);
		catalog.remove(stale.id);
		described.resolve({ ...stale, updatedAt: new Date() });
		await scan;
		assert.deepEqual(names(), []);
	});

	test('after its end, late answers are dropped and nothing is told', async () => {
		vault.add('a');
		const described = Promise.withResolvers<ReturnType<typeof vault.add>>();
		vault.describeObject = () => described.promise;
		const scan = catalog.scan();
		await until(() => catalog.progress.listed === 1);
		catalog.onDidChange(() => assert.fail('told of something'));
		catalog.dispose();
		described.resolve(vault.add('b'));
		await scan;
		assert.deepEqual(names(), []);
	});

	test('after its end, a scan makes no call', async () => {
		vault.add('a');
		catalog.dispose();
		await catalog.scan();
		await catalog.refresh();
		assert.deepEqual(vault.calls, []);
	});

	test('a running scan is cancelled by its end', async () => {
		vault.add('a');
		const answer = vault.holdNext('listObjects');
		const scan = catalog.scan();
		catalog.dispose();
		answer();
		await scan;
		assert.equal(vault.count('describeObject'), 0);
	});
});
