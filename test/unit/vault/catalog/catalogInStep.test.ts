import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import type { CatalogSnapshot } from '../../../../src/vault/catalog/snapshot';
import { VaultError } from '../../../../src/vault/errors';
import { Outline } from '../../../../src/vault/outline/outline';
import { lost } from '../../../support/fakes';
import { FakeVault } from '../../../support/fakeVault';
import { until } from '../../../support/until';

const hour = 60 * 60_000;

suite('A catalog stays in step', () => {
	let vault: FakeVault;
	let catalog: Catalog;
	setup(() => {
		vault = new FakeVault();
		catalog = new Catalog(vault);
	});
	teardown(() => mock.timers.reset());
	const namesOf = () => Array.from(catalog.objects(), ({ name }) => name).sort();
	const organizationsOf = () => catalog.organizations.items.map(({ name }) => name).sort();
	const kept = () => JSON.parse(JSON.stringify(catalog.snapshot())) as CatalogSnapshot;
	const nextWindow = (changes: Partial<CatalogSnapshot> = {}) => {
		catalog.dispose();
		catalog = new Catalog(vault, { ...kept(), ...changes });
	};
	const isRefused = () => catalog.snapshot().refusedEventsAt !== undefined;

	suite('with a window that ends', () => {
		test('after an event told of a new object and before a list had it, the next one finds it', async () => {
			vault.add('old');
			await catalog.scan();
			vault.add('new');
			vault.failNext('listObjects', lost());
			await assert.rejects(catalog.sync());
			nextWindow();
			await catalog.sync();
			assert.deepEqual(namesOf(), ['new', 'old']);
		});

		test('in the middle of a list that is made again, the next one goes on, and what is gone goes', async () => {
			for (let index = 0; index < 150; index++) vault.add(`key ${index}`);
			await catalog.scan();
			vault.erase(vault.named('key 120')?.id ?? '');
			vault.events.length = 0;
			vault.add('fresh');
			vault.failNext('listObjects', undefined);
			vault.failNext('listObjects', lost());
			await assert.rejects(catalog.sync());
			nextWindow();
			await catalog.scan();
			assert.equal(catalog.findByName('key 120'), undefined);
			assert.ok(catalog.findByName('fresh'));
			assert.equal(catalog.progress.known, 150);
		});
	});

	suite('with what others change while it is scanned for the first time', () => {
		test('between the first page of the list and the first of the events', async () => {
			const gone = vault.add('gone');
			vault.add('stays');
			vault.beforeNext('listEvents', () => {
				vault.erase(gone.id);
				vault.add('fresh');
			});
			await catalog.scan();
			await catalog.sync();
			assert.deepEqual(namesOf(), ['fresh', 'stays']);
		});

		test('between the first page of the events and the first of the list', async () => {
			const gone = vault.add('gone');
			vault.beforeNext('listObjects', () => {
				vault.erase(gone.id);
				vault.add('fresh');
			});
			await catalog.scan();
			assert.deepEqual(namesOf(), ['fresh']);
		});

		test('in organizations that were listed before', async () => {
			vault.addOrganizations('Old');
			await catalog.organizations.load();
			vault.organizations.length = 0;
			vault.addOrganizations('New');
			await catalog.scan();
			assert.deepEqual(organizationsOf(), ['New']);
		});
	});

	suite('with events that count as refused only where they are', () => {
		setup(async () => {
			vault.add('a');
			vault.add('b');
			await catalog.scan();
		});

		for (const code of ['rejected', 'unexpected', 'notFound'] as const) {
			test(`an answer of ${code} to a cursor has everything learnt anew, and events followed again`, async () => {
				vault.failNext('listEvents', new VaultError(code));
				vault.erase(vault.named('a')?.id ?? '');
				await catalog.sync();
				assert.deepEqual(namesOf(), ['b']);
				assert.equal(isRefused(), false);
				vault.forgetCalls();
				await catalog.sync();
				assert.deepEqual(vault.calls, ['listEvents']);
			});
		}

		for (const code of ['rejected', 'unexpected'] as const) {
			test(`an answer of ${code} without a cursor is one that did not come: it is asked for again`, async () => {
				catalog = new Catalog(vault);
				vault.failNext('listEvents', new VaultError(code));
				await catalog.scan();
				assert.deepEqual(namesOf(), ['a', 'b']);
				assert.equal(isRefused(), false);
				vault.erase(vault.named('a')?.id ?? '');
				await catalog.sync();
				assert.deepEqual(namesOf(), ['b']);
			});
		}

		for (const code of ['forbidden', 'notFound'] as const) {
			test(`an answer of ${code} without a cursor is a refusal, for a day`, async () => {
				catalog = new Catalog(vault);
				vault.failNext('listEvents', new VaultError(code));
				await catalog.scan();
				vault.forgetCalls();
				await catalog.sync();
				assert.equal(vault.count('listEvents'), 0);
				mock.timers.enable({ apis: ['Date'], now: Date.now() + 25 * hour });
				await catalog.sync();
				assert.notEqual(vault.count('listEvents'), 0);
			});
		}

		test('a refusal that a clock puts into the future is over', async () => {
			nextWindow({ refusedEventsAt: Date.now() + 365 * 24 * hour });
			vault.forgetCalls();
			await catalog.sync();
			assert.deepEqual(vault.calls, ['listEvents']);
		});

		test('an event that is older than the one before it is taken in', async () => {
			const [first] = vault.events;
			const last = vault.events.at(-1);
			assert.ok(first?.kind === 'created' && last);
			const fresh = vault.add('late');
			const told = vault.events.pop();
			assert.ok(told);
			vault.events.push({ ...told, at: new Date(last.at.getTime() - 5) });
			vault.forgetCalls();
			await catalog.sync();
			assert.equal(isRefused(), false);
			assert.equal(vault.count('listEvents'), 1, 'nothing is learnt anew for it');
			assert.ok(catalog.get(fresh.id));
		});

		test('events that are read while the list fails are given up, not refused', async () => {
			catalog = new Catalog(vault, { ...kept(), listing: { after: 'last week' }, reading: { after: 'event_000001' } });
			vault.failNext('listObjects', new VaultError('rejected', { status: 400 }));
			const answer = vault.holdNext('listEvents');
			const scanning = catalog.scan();
			await until(() => vault.count('listObjects') > 1);
			answer();
			await scanning;
			assert.equal(catalog.progress.phase, 'complete');
			assert.equal(isRefused(), false);
		});
	});

	suite('with an object that was re-created under its name', () => {
		for (const [what, prepare] of [
			['a whole list, a day later', () => nextWindow({ listedAt: Date.now() - 25 * hour })],
			['a refresh of a vault that ignores times', () => (vault.knowsUpdatedAfter = false)],
		] as const) {
			test(`the new one is there after ${what}`, async () => {
				vault.tellsEvents = false;
				vault.add('oldest');
				const old = vault.add('db', { organization_id: 'org_a' });
				await catalog.scan();
				vault.erase(old.id);
				const fresh = vault.add('db', { organization_id: 'org_b' });
				prepare();
				await catalog.sync();
				await catalog.refresh();
				assert.equal(catalog.get(old.id), undefined);
				assert.equal(catalog.findByName('db')?.id, fresh.id);
				assert.deepEqual(namesOf(), ['db', 'oldest']);
			});
		}
	});

	test('with a clock of the vault that is set back, a new object is found', async () => {
		vault.add('before');
		await catalog.scan();
		const fresh = vault.add('after');
		const told = vault.events.pop();
		assert.ok(told);
		const past = new Date(told.at.getTime() - hour);
		vault.events.push({ ...told, at: past });
		const listObjects = vault.listObjects.bind(vault);
		vault.listObjects = async ({ updatedAfter, ...page }, options) => {
			const { items, next } = await listObjects(page, options);
			const rows = items.map((row) => (row.id === fresh.id ? { ...row, updatedAt: past } : row));
			return { next, items: rows.filter((row) => !updatedAfter || (row.updatedAt ?? past) > updatedAfter) };
		};
		await catalog.sync();
		assert.deepEqual(namesOf(), ['after', 'before']);
	});

	test('with a list that is later than the events, a new object is found the next time', async () => {
		vault.add('old');
		await catalog.scan();
		const fresh = vault.add('new');
		const listObjects = vault.listObjects.bind(vault);
		vault.listObjects = () => Promise.resolve({ items: [], next: undefined });
		await catalog.sync();
		vault.listObjects = listObjects;
		await catalog.sync();
		assert.ok(catalog.get(fresh.id));
		vault.forgetCalls();
		await catalog.sync();
		assert.deepEqual(vault.calls, ['listEvents'], 'what was found is not looked for again');
	});

	suite('with answers to our own calls that come late', () => {
		test('an object that was deleted before events were followed is no ghost', async () => {
			const late = vault.add('late');
			vault.erase(late.id);
			await catalog.scan();
			catalog.put(late);
			await catalog.sync();
			assert.equal(catalog.get(late.id), undefined);
		});

		test('an object that was deleted since is no ghost, and one that changed since is as it is now', async () => {
			const [gone, changed] = [vault.add('gone'), vault.add('changed')];
			await catalog.scan();
			vault.erase(gone.id);
			const newer = vault.publish(changed.id, 'newer');
			await catalog.sync();
			for (const answer of [gone, changed]) catalog.put(answer);
			await catalog.sync();
			assert.equal(catalog.get(gone.id), undefined);
			assert.deepEqual(catalog.get(changed.id)?.updatedAt, newer.updatedAt);
		});

		test('an object that we deleted is no ghost, even where the vault tells no events', async () => {
			vault.tellsEvents = false;
			const late = vault.add('late');
			vault.add('stays');
			await catalog.scan();
			vault.erase(late.id);
			catalog.remove(late.id);
			catalog.put(late);
			await catalog.sync();
			assert.deepEqual(namesOf(), ['stays']);
		});

		test('an object that others made and deleted is not taken for the one that they made in its place at once', async () => {
			vault.add('stays');
			await catalog.scan();
			vault.step = 300;
			const late = vault.add('again');
			vault.erase(late.id);
			await catalog.sync();
			catalog.put(late);
			const again = vault.add('again');
			await catalog.sync();
			await catalog.sync();
			assert.deepEqual(
				Array.from(catalog.objects(), ({ id }) => id).sort(),
				[vault.named('stays')?.id, again.id].sort(),
			);
		});

		test('a page of organizations that is older than an event is asked for again', async () => {
			const [organization] = vault.addOrganizations('Gone', 'Stays');
			vault.add('a');
			await catalog.scan();
			const answer = vault.holdNext('listOrganizations');
			const loading = catalog.organizations.load();
			await until(() => vault.count('listOrganizations') === 1);
			vault.organizations.shift();
			const at = new Date(Date.UTC(2026, 0, 2));
			const event = {
				id: 'event_900000',
				at,
				kind: 'organizationDeleted',
				organizationId: organization?.id ?? '',
			} as const;
			vault.events.push(event);
			await catalog.sync();
			answer();
			await loading;
			await catalog.sync();
			assert.deepEqual(organizationsOf(), ['Stays']);
		});
	});

	test('what another window left in doubt is looked up here, where its marks are gone on from', async () => {
		vault.step = 300;
		const { id } = vault.add('gone at once');
		await catalog.scan();
		vault.erase(id);
		vault.failNext('describeObject', lost());
		await assert.rejects(catalog.sync());
		const fresh = new Catalog(vault);
		await fresh.merge(kept());
		assert.ok(fresh.get(id));
		await fresh.sync();
		assert.equal(fresh.get(id), undefined);
	});

	test('after longer than a vault keeps events, everything is listed: a cursor may lead over what is told no more', async () => {
		const { id } = vault.add('gone');
		vault.add('stays');
		await catalog.scan();
		vault.erase(id);
		vault.add('fresh');
		vault.events.splice(0, vault.events.length - 1);
		const listEvents = vault.listEvents.bind(vault);
		vault.listEvents = ({ after, ...page }, options) =>
			listEvents({ ...page, after: vault.events.some((event) => event.id === after) ? after : undefined }, options);
		nextWindow({ followedAt: Date.now() - 26 * 24 * hour });
		await catalog.sync();
		assert.deepEqual(namesOf(), ['fresh', 'stays']);
	});

	test('an answer to our own call stays that comes while an older one is on its way', async () => {
		const first = vault.add('a');
		await catalog.scan();
		vault.publish(first.id, 'two');
		await catalog.sync();
		catalog.put(first);
		const answer = vault.holdNext('describeObject');
		vault.forgetCalls();
		const syncing = catalog.sync();
		await until(() => vault.count('describeObject') === 1);
		const ours = await vault.updateObject({ id: first.id, value: 'three', versionCheck: undefined });
		catalog.put(ours);
		answer();
		await syncing;
		assert.equal(catalog.get(first.id)?.versionId, ours.versionId);
	});

	test('with organizations that another window listed in part, the rest is still to come', async () => {
		vault.addOrganizations(...Array.from({ length: 150 }, (_, index) => `Company ${index}`));
		await catalog.organizations.load();
		const other = new Catalog(vault);
		await other.merge(kept());
		assert.equal(other.organizations.items.length, 100);
		assert.equal(other.organizations.hasMore, true);
	});

	suite('with versions and organizations', () => {
		test('the versions under an open row are those after a change by others', async () => {
			const object = vault.add('db', {}, 'one', 'two');
			const outline = new Outline(vault, catalog);
			await catalog.scan();
			const count = async () => {
				const known = catalog.get(object.id);
				assert.ok(known);
				return (await outline.children(outline.objectNode(known))).length;
			};
			assert.equal(await count(), 2);
			vault.publish(object.id, 'three');
			await catalog.sync();
			assert.equal(await count(), 3);
			assert.equal(vault.count('listVersions'), 2);
			await count();
			assert.equal(vault.count('listVersions'), 2);
		});

		test('where events are refused, organizations are those of the last day', async () => {
			vault.tellsEvents = false;
			vault.addOrganizations('Gone', 'Stays');
			vault.add('db');
			await catalog.organizations.load();
			await catalog.scan();
			vault.organizations.shift();
			vault.addOrganizations('New');
			nextWindow({ listedAt: Date.now() - 25 * hour });
			await catalog.sync();
			assert.deepEqual(organizationsOf(), ['New', 'Stays']);
		});

		test('where a cursor was too old, organizations are listed again, with all pages that were there', async () => {
			vault.addOrganizations(...Array.from({ length: 150 }, (_, index) => `Company ${index}`));
			for (const name of ['db', 'key']) vault.add(name);
			await catalog.organizations.load();
			await catalog.organizations.load();
			await catalog.scan();
			vault.organizations.splice(120, 1);
			vault.events.length = 0;
			vault.add('later');
			await catalog.sync();
			assert.equal(catalog.organizations.items.length, 149);
		});

		test('where a page was asked for while organizations were brought up to date, they are once more', async () => {
			vault.addOrganizations(...Array.from({ length: 150 }, (_, index) => `Company ${index}`));
			await catalog.organizations.load();
			vault.organizations.splice(20, 1);
			const before = vault.count('listOrganizations');
			const answer = vault.holdNext('listOrganizations');
			const renewing = catalog.organizations.renew();
			await until(() => vault.count('listOrganizations') > before);
			await catalog.organizations.load();
			answer();
			await renewing;
			assert.equal(catalog.snapshot().areOrganizationsStale, true);
			await catalog.organizations.renew();
			assert.equal(catalog.snapshot().areOrganizationsStale, false);
			assert.equal(catalog.organizations.find(vault.organizations[20]?.id ?? '')?.name, 'Company 21');
			assert.equal(catalog.organizations.items.length, 149);
		});

		test('a page of organizations whose cursor is not known any more is found from the first one on', async () => {
			vault.addOrganizations(...Array.from({ length: 150 }, (_, index) => `Company ${index}`));
			await catalog.organizations.load();
			vault.failNext('listOrganizations', new VaultError('rejected', { status: 400 }));
			await catalog.organizations.load();
			assert.equal(catalog.organizations.failure, undefined);
			assert.equal(catalog.organizations.items.length, 150);
		});

		test('an organization id that is an empty text is none', async () => {
			vault.add('none', { team: 'x' });
			vault.add('odd', { organization_id: '' });
			await catalog.scan();
			assert.deepEqual(
				catalog.objectsOf(undefined).map(({ name }) => name),
				['none', 'odd'],
			);
			assert.deepEqual(catalog.organizationIds(), []);
		});
	});

	test('a refresh asks again also where another window looked up everything', async () => {
		vault.tellsEvents = false;
		vault.add('a');
		await catalog.scan();
		nextWindow({ followedAt: 0 });
		vault.add('b');
		await catalog.refresh();
		assert.deepEqual(namesOf(), ['a', 'b']);
	});

	suite('with changes within one second', () => {
		let id: string;
		const publishOurs = async (value: string) => {
			catalog.put(await vault.updateObject({ id, value, versionCheck: undefined }));
			vault.forgetCalls();
		};
		setup(async () => {
			({ id } = vault.add('a'));
			await catalog.scan();
			vault.step = 300;
		});

		for (const [what, hear] of [
			['one of ours', () => publishOurs('ours')],
			[
				'another one of theirs',
				async () => {
					vault.publish(id, 'theirs');
					await catalog.sync();
					catalog.open(await vault.describeObject(id));
				},
			],
		] as const) {
			test(`one of theirs is told from ${what}, whose event was heard`, async () => {
				vault.step = 60_000;
				await hear();
				await catalog.sync();
				assert.equal(catalog.unseen(id), undefined);
				vault.step = 300;
				const { versionId, updatedAt } = vault.publish(id, 'theirs at once');
				await catalog.sync();
				const known = catalog.get(id);
				assert.deepEqual([known?.versionId, known?.updatedAt], [versionId, updatedAt]);
				assert.equal(catalog.unseen(id)?.by, vault.actor);
				vault.forgetCalls();
				await catalog.sync();
				assert.deepEqual(vault.calls, ['listEvents'], 'it is looked up once');
			});
		}

		test('two of ours are nothing new when their events come, and cost no request', async () => {
			await publishOurs('one');
			await publishOurs('two');
			await catalog.sync();
			assert.deepEqual(vault.calls, ['listEvents']);
			assert.equal(catalog.unseen(id), undefined);
		});

		test('one that a list told of is nothing new when its event comes', async () => {
			vault.publish(id, 'theirs');
			await catalog.sync();
			vault.step = 60_000;
			vault.publish(id, 'theirs again');
			await catalog.refresh();
			vault.forgetCalls();
			await catalog.sync();
			assert.deepEqual(vault.calls, ['listEvents']);
		});

		test('one that another window published is nothing new when its event comes', async () => {
			vault.publish(id, 'theirs');
			await catalog.sync();
			const other = new Catalog(vault, kept());
			vault.step = 60_000;
			other.put(await vault.updateObject({ id, value: 'ours', versionCheck: undefined }));
			await catalog.merge(other.snapshot());
			catalog.open(await vault.describeObject(id));
			vault.forgetCalls();
			await catalog.sync();
			assert.deepEqual(vault.calls, ['listEvents']);
			assert.equal(catalog.unseen(id), undefined);
		});

		test('one of ours right after one of theirs, whose event was heard, costs no request', async () => {
			vault.publish(id, 'theirs');
			await catalog.sync();
			await publishOurs('ours');
			await catalog.sync();
			assert.deepEqual(vault.calls, ['listEvents']);
		});
	});
});
