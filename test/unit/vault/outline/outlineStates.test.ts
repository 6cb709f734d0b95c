import assert from 'node:assert/strict';
import type { Catalog } from '../../../../src/vault/catalog/catalog';
import { VaultError } from '../../../../src/vault/errors';
import type { Outline } from '../../../../src/vault/outline/outline';
import { organizationsKey } from '../../../../src/vault/outline/organizationRows';
import { lost } from '../../../support/fakes';
import type { FakeVault } from '../../../support/fakeVault';
import { acme, acmeRow, drawOrganizations, fillAcme, makeOutline } from '../../../support/outlines';
import { drawn, picture } from '../../../support/picture';
import { until } from '../../../support/until';

suite('Outline in trouble', () => {
	let vault: FakeVault;
	let catalog: Catalog;
	let outline: Outline;
	setup(() => ({ vault, catalog, outline } = makeOutline()));
	const draw = () => drawOrganizations(outline);
	const fill = (count: number) => fillAcme(vault, count);

	suite('failures', () => {
		test('of the version list are a row under the object, retried in place', async () => {
			vault.addOrganizations('Acme');
			const object = vault.add('token', acme);
			await outline.children();
			await catalog.scan();
			vault.failNext('listVersions', lost());
			const failed = drawn(`
			Acme
				token
					! unavailable
			`);
			assert.equal(await picture(outline), failed);
			assert.equal(await picture(outline), failed, 'painting again does not ask again');
			assert.equal(vault.count('listVersions'), 1);
			await outline.retry(`object:${object.id}`);
			assert.match(await picture(outline), /token\n {4}Version 1, current/);
		});

		test('of the scan are a row under each opened organization, until it is retried', async () => {
			fill(2);
			vault.failNext('listObjects', lost());
			await draw();
			await until(() => catalog.progress.phase === 'failed');
			const failed = drawn(`
			Acme
				! unavailable
			No organization
				! unavailable
			`);
			assert.equal(await draw(), failed);
			assert.equal(await draw(), failed, 'painting again does not scan again');
			assert.equal(vault.count('listObjects'), 1);
			await outline.retry(acmeRow);
			await until(() => catalog.progress.phase === 'complete');
			assert.match(await draw(), /^Acme\n {2}key 0\n {2}key 1$/);
		});

		test('of the scan leave what is known where it is', async () => {
			fill(120);
			vault.failNext('listObjects', undefined);
			vault.failNext('listObjects', lost());
			await draw();
			await until(() => catalog.progress.phase === 'failed');
			assert.match(await draw(), /Acme\n {2}key 0\n[\s\S]* {2}! unavailable/);
		});

		test('of a further page of organizations are a row after those that are there, retried in place', async () => {
			vault.addOrganizations(...Array.from({ length: 120 }, (_, index) => `Company ${index}`));
			await outline.children();
			vault.failNext('listOrganizations', lost());
			await outline.loadMore(organizationsKey);
			const rows = (await picture(outline, () => false)).split('\n');
			assert.deepEqual([rows.length, ...rows.slice(-2)], [102, '! unavailable', 'No organization']);
			await outline.retry(organizationsKey);
			assert.equal((await picture(outline, () => false)).split('\n').length, 121);
		});

		test('of single objects are one row after the organizations, until a refresh', async () => {
			fill(3);
			for (let call = 0; call < 2; call++) vault.failNext('describeObject', new VaultError('keyUnavailable'));
			await outline.children();
			await catalog.scan();
			assert.equal(
				await draw(),
				drawn(`
				Acme
					key 2
				2 unreadable
				`),
			);
			const row = (await outline.children()).at(-1);
			assert.deepEqual(row, { kind: 'unreadable', key: 'unreadable:', count: 2 });
			assert.deepEqual(await outline.children(row), []);
			assert.equal(await outline.parent(row), undefined);
			await outline.refresh();
			await until(() => catalog.progress.phase === 'complete');
			assert.doesNotMatch(await draw(), /unreadable/);
		});

		test('that nobody foresaw are rows too', async () => {
			vault.failNext('listOrganizations', new TypeError('what?'));
			assert.equal(await picture(outline, () => false), '! TypeError: what?\nNo organization');
		});
	});

	suite('state', () => {
		test('is loading until the first answer', async () => {
			assert.equal(outline.state, 'loading');
			fill(0);
			const answer = vault.holdNext('listOrganizations');
			const rows = outline.children();
			assert.equal(outline.state, 'loading');
			answer();
			await rows;
			assert.equal(outline.state, 'ready');
		});

		for (const code of ['unauthorized', 'forbidden', 'offline'] as const) {
			test(`is ${code} when the organizations can’t be listed for that reason, with no rows`, async () => {
				vault.failNext('listOrganizations', new VaultError(code));
				assert.equal(await picture(outline), '');
				assert.equal(outline.state, code);
			});

			test(`is ${code} when there is no organization and objects can’t be listed for that reason`, async () => {
				vault.failNext('listObjects', new VaultError(code));
				assert.equal(await picture(outline), '');
				assert.equal(outline.state, code);
			});
		}

		test('is ready with a row for the failure when the vault does not answer', async () => {
			vault.failNext('listOrganizations', lost());
			assert.equal(await picture(outline, () => false), '! unavailable\nNo organization');
			assert.equal(outline.state, 'ready');
		});

		test('is empty when there are neither organizations nor objects', async () => {
			assert.equal(await picture(outline), '');
			assert.equal(outline.state, 'empty');
		});

		test('is ready when there are objects without organizations', async () => {
			vault.add('shared', { team: 'platform' });
			assert.equal(await picture(outline, () => false), 'No organization');
			assert.equal(outline.state, 'ready');
		});

		test('recovers when it is asked again', async () => {
			vault.failNext('listOrganizations', new VaultError('offline'));
			fill(0);
			await outline.children();
			await outline.refresh();
			assert.equal(outline.state, 'ready');
			assert.equal(await picture(outline, () => false), 'Acme\nNo organization');
		});

		test('leaves empty behind when the first object was created', async () => {
			await outline.children();
			assert.equal(outline.state, 'empty');
			catalog.put(vault.add('first', { team: 'a' }));
			assert.equal(await picture(outline, () => false), 'No organization');
			assert.equal(outline.state, 'ready');
		});
	});

	suite('late answers', () => {
		test('everybody who asks while the first answer is on its way gets the rows', async () => {
			fill(0);
			const answer = vault.holdNext('listOrganizations');
			const both = Promise.all([outline.children(), outline.children()]);
			answer();
			const [first, second] = await both;
			assert.equal(first.length, 2);
			assert.deepEqual(second, first);
			assert.equal(vault.count('listOrganizations'), 1);
		});

		test('the state is found once for everybody who asks', async () => {
			await Promise.all([outline.children(), outline.children()]);
			assert.deepEqual(vault.calls, ['listOrganizations', 'listObjects']);
		});

		test('an answer from before a refresh paints nothing but the newer one', async () => {
			vault.addOrganizations('Old');
			const oldAnswer = vault.holdNext('listOrganizations');
			const oldRows = outline.children();
			vault.organizations.length = 0;
			vault.addOrganizations('New');
			await outline.refresh();
			oldAnswer();
			assert.equal((await oldRows)[0]?.key, 'organization:org_new');
			assert.equal(await picture(outline, () => false), 'New\nNo organization');
		});

		test('a state from before a refresh does not replace the newer one', async () => {
			const oldAnswer = vault.holdNext('listObjects');
			const oldRows = outline.children();
			await until(() => vault.count('listObjects') === 1);
			vault.addOrganizations('New');
			await outline.refresh();
			oldAnswer();
			await oldRows;
			assert.equal(outline.state, 'ready');
		});

		test('versions from before a refresh of their object are not shown after it', async () => {
			const object = vault.add('token', acme, 'one');
			catalog.put(object);
			const row = outline.objectNode(object);
			const oldAnswer = vault.holdNext('listVersions');
			const oldRows = outline.children(row);
			vault.publish(object.id, 'two');
			await outline.refreshObject(object.id);
			assert.equal((await outline.children(row)).length, 2);
			oldAnswer();
			await oldRows;
			assert.equal((await outline.children(row)).length, 2);
		});

		test('a refresh of everything asks for all three again', async () => {
			fill(1);
			await draw();
			await catalog.scan();
			await picture(outline);
			const { id } = catalog.findByName('key 0') ?? { id: '' };
			vault.publish(id, 'newer');
			vault.forgetCalls();
			await outline.refresh();
			await until(() => catalog.progress.phase === 'complete');
			assert.match(await picture(outline), /key 0\n {4}Version 2, current\n {4}Version 1/);
			assert.deepEqual([...vault.calls].sort(), ['listObjects', 'listObjects', 'listOrganizations', 'listVersions']);
		});

		test('a refresh asks for no objects where the vault can’t be reached: the view says so alone', async () => {
			fill(1);
			await draw();
			await catalog.scan();
			vault.forgetCalls();
			vault.failNext('listOrganizations', new VaultError('offline'));
			await outline.refresh();
			assert.equal(outline.state, 'offline');
			assert.equal(catalog.progress.phase, 'complete');
			assert.deepEqual(vault.calls, ['listOrganizations']);
		});

		test('a failure that comes while everything is asked for again is no row where the view says it', async () => {
			fill(1);
			await draw();
			await catalog.scan();
			const object = catalog.findByName('key 0');
			assert.ok(object);
			vault.failNext('listVersions', new VaultError('offline'));
			vault.failNext('listOrganizations', new VaultError('offline'));
			const refreshing = outline.refresh();
			const rows = outline.children(outline.objectNode(object));
			await refreshing;
			assert.deepEqual(await rows, []);
			assert.equal(outline.state, 'offline');
		});

		test('after its end nothing is told', async () => {
			outline.onDidChange(() => assert.fail('told of something'));
			outline.dispose();
			catalog.put(vault.add('a'));
			await outline.refresh();
		});
	});
});
