import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import type { CatalogSnapshot } from '../../../../src/vault/catalog/snapshot';
import { FakeVault } from '../../../support/fakeVault';
import { until } from '../../../support/until';

suite('Catalog of a vault that tells events', () => {
	let vault: FakeVault;
	let catalog: Catalog;
	setup(() => {
		vault = new FakeVault();
		catalog = new Catalog(vault);
	});
	const names = (organizationId?: string) => catalog.objectsOf(organizationId).map(({ name }) => name);
	const fill = (count: number) => {
		for (let index = 0; index < count; index++) vault.add(`key ${index}`, { organization_id: `org_${index % 8}` });
	};
	/** What the next window begins with: what this one knew, as JSON. */
	const kept = () => JSON.parse(JSON.stringify(catalog.snapshot())) as CatalogSnapshot;
	const nextWindow = () => {
		catalog.dispose();
		catalog = new Catalog(vault, kept());
		vault.forgetCalls();
	};

	suite('cold', () => {
		test('10,000 objects cost a list and their events, 100 a request, and one to be in step', async () => {
			fill(10_000);
			await catalog.scan();
			assert.equal(catalog.progress.known, 10_000);
			assert.equal(catalog.progress.phase, 'complete');
			assert.equal(vault.count('describeObject'), 0);
			assert.ok(vault.calls.length <= 1.05 * 200, String(vault.calls.length));
		});

		test('10,000 objects without events cost a list and one call each', async () => {
			vault.tellsEvents = false;
			fill(10_000);
			await catalog.scan();
			assert.equal(catalog.progress.known, 10_000);
			assert.ok(vault.calls.length <= 1.01 * 10_100, String(vault.calls.length));
		});

		test('the newest event of a name counts', async () => {
			const old = vault.add('token', { organization_id: 'org_old' });
			vault.erase(old.id);
			vault.add('token', { organization_id: 'org_new' });
			await catalog.scan();
			assert.deepEqual([names('org_old'), names('org_new')], [[], ['token']]);
			assert.equal(vault.count('describeObject'), 0);
		});

		test('an object that is older than its event is looked up: the event may be of another one', async () => {
			vault.add('token', { organization_id: 'org_1' });
			const [event] = vault.events;
			assert.ok(event?.kind === 'created');
			vault.events.push({ ...event, id: 'event_9', at: new Date(event.at.getTime() + 60_000), keyContext: {} });
			await catalog.scan();
			assert.deepEqual(names('org_1'), ['token']);
			assert.equal(vault.count('describeObject'), 1);
		});

		test('what events don’t cover is looked up', async () => {
			fill(10);
			vault.events.splice(0, 4);
			await catalog.scan();
			assert.equal(catalog.progress.known, 10);
			assert.equal(vault.count('describeObject'), 4);
		});

		test('events are read no further where a page of them saves no look-up', async () => {
			const { id } = vault.add('busy');
			for (let version = 0; version < 5000; version++) vault.publish(id, `value ${version}`);
			for (let index = 0; index < 3; index++) vault.add(`late ${index}`);
			vault.events.splice(0, 1);
			vault.add('untold');
			vault.events.pop();
			await catalog.scan();
			assert.equal(catalog.progress.known, 5);
			assert.ok(vault.count('listEvents') < 20, String(vault.count('listEvents')));
		});

		test('the first objects are there after one answer of the list and one of the events', async () => {
			fill(100);
			vault.failNext('listEvents', undefined);
			const later = vault.holdNext('listEvents');
			const scan = catalog.scan();
			await until(() => catalog.progress.known === 100);
			assert.deepEqual(vault.calls.slice(0, 2).sort(), ['listEvents', 'listObjects']);
			assert.ok(vault.calls.length <= 3);
			later();
			await scan;
		});

		test('nothing is marked as changed by others: nobody has looked yet', async () => {
			fill(5);
			await catalog.scan();
			assert.deepEqual(
				[...catalog.objects()].filter(({ id }) => catalog.unseen(id)),
				[],
			);
		});
	});

	suite('warm', () => {
		setup(async () => {
			vault.addOrganizations('Acme');
			fill(300);
			await catalog.organizations.load();
			await catalog.scan();
			nextWindow();
		});

		test('everything is there with no call, and one request tells that nothing changed', async () => {
			assert.equal(catalog.progress.phase, 'complete');
			assert.equal(catalog.progress.known, 300);
			assert.deepEqual(
				catalog.organizations.items.map(({ name }) => name),
				['Acme'],
			);
			assert.deepEqual(vault.calls, []);
			await catalog.sync();
			assert.deepEqual(vault.calls, ['listEvents']);
		});

		test('50 changed and 5 new objects cost at most six requests, and all are marked', async () => {
			for (let index = 0; index < 50; index++) vault.publish(vault.named(`key ${index}`)?.id ?? '', 'newer');
			for (let index = 0; index < 5; index++) vault.add(`new ${index}`, { organization_id: 'org_0' });
			await catalog.sync();
			assert.ok(vault.calls.length <= 6, vault.calls.join());
			assert.equal(catalog.progress.known, 305);
			const marked = [...catalog.objects()].filter(({ id }) => catalog.unseen(id));
			assert.equal(marked.length, 55);
			assert.equal(catalog.findByName('key 7')?.updatedBy, 'Ann');
		});

		test('what was deleted goes, and a new object of its name is another one', async () => {
			const gone = vault.named('key 0');
			const replaced = vault.named('key 1');
			assert.ok(gone && replaced);
			vault.erase(gone.id);
			vault.erase(replaced.id);
			const fresh = vault.add('key 1', { organization_id: 'org_5' });
			await catalog.sync();
			assert.equal(catalog.findByName('key 0'), undefined);
			assert.equal(catalog.get(replaced.id), undefined);
			assert.equal(catalog.get(fresh.id)?.keyContext['organization_id'], 'org_5');
		});

		test('our own publish, create and delete are no changes by others', async () => {
			const published = vault.publish(vault.named('key 0')?.id ?? '', 'ours');
			catalog.put(published);
			const created = vault.add('ours', {});
			catalog.put(created);
			const { id } = vault.named('key 2') ?? { id: '' };
			vault.erase(id);
			catalog.remove(id);
			await catalog.sync();
			assert.deepEqual([catalog.unseen(published.id), catalog.unseen(created.id)], [undefined, undefined]);
			assert.equal(catalog.get(id), undefined);
			assert.deepEqual(vault.calls, ['listEvents']);
		});

		test('a mark goes when the object is opened', async () => {
			const newer = vault.publish(vault.named('key 0')?.id ?? '', 'newer');
			await catalog.sync();
			assert.equal(catalog.unseen(newer.id)?.by, 'Ann');
			assert.equal(catalog.countUnseen(catalog.objectsOf('org_0')), 1);
			catalog.open(newer);
			assert.equal(catalog.unseen(newer.id), undefined);
			assert.equal(catalog.countUnseen(catalog.objectsOf('org_0')), 0);
		});

		test('organizations that come and go are followed', async () => {
			const at = new Date();
			vault.events.push(
				{ kind: 'organization', id: 'event_x1', at, organization: { id: 'org_new', name: 'New' } },
				{ kind: 'organizationDeleted', id: 'event_x2', at, organizationId: 'org_acme' },
			);
			await catalog.sync();
			assert.deepEqual(
				catalog.organizations.items.map(({ name }) => name),
				['New'],
			);
		});

		test('a cursor that the vault knows no more has everything listed again', async () => {
			vault.events.length = 0;
			vault.erase(vault.named('key 0')?.id ?? '');
			vault.add('fresh');
			await catalog.sync();
			assert.equal(catalog.findByName('key 0'), undefined);
			assert.ok(catalog.findByName('fresh'));
		});

		test('events are followed again after 26 days away, in which the vault let go of some', async () => {
			catalog.dispose();
			catalog = new Catalog(vault, { ...kept(), followedAt: Date.now() - 26 * 24 * 60 * 60_000 });
			vault.erase(vault.named('key 0')?.id ?? '');
			vault.add('fresh');
			vault.events.splice(0, vault.events.length - 1);
			vault.forgetCalls();
			await catalog.sync();
			assert.equal(catalog.findByName('key 0'), undefined);
			assert.ok(catalog.findByName('fresh'));
			vault.forgetCalls();
			await catalog.sync();
			assert.deepEqual(vault.calls, ['listEvents']);
		});

		test('a cursor that leads back to older events has everything learnt anew; a second one is not believed for a day', async () => {
			const listEvents = vault.listEvents.bind(vault);
			vault.listEvents = (page, options) => listEvents({ ...page, order: 'newestFirst' }, options);
			const victim = vault.named('key 0');
			vault.erase(victim?.id ?? '');
			await catalog.sync();
			assert.equal(catalog.findByName('key 0'), undefined);
			await catalog.sync();
			vault.forgetCalls();
			await catalog.sync();
			assert.equal(vault.count('listEvents'), 0);
			assert.notEqual(vault.count('listObjects'), 0);
		});

		test('what an earlier window knew of a scan is not asked for again', async () => {
			catalog = new Catalog(vault);
			const stopped = new Catalog(vault);
			for (let index = 0; index < 2; index++) vault.failNext('listObjects', undefined);
			const answer = vault.holdNext('listObjects');
			void stopped.scan();
			await until(() => vault.count('listObjects') === 3);
			catalog = stopped;
			nextWindow();
			answer();
			assert.equal(catalog.progress.phase, 'idle');
			assert.equal(catalog.progress.listed, 200);
			await catalog.scan();
			assert.equal(catalog.progress.known, 300);
			assert.equal(vault.count('listObjects'), 1);
		});
	});
});
