import assert from 'node:assert/strict';
import { showAlike } from '../../../../src/commands/tree/arrange';
import { ObjectPage } from '../../../../src/commands/objectPage/objectPage';
import { VaultError } from '../../../../src/vault/errors';
import { makeApp } from '../../../support/fakes';
import { until } from '../../../support/until';

const openPage = async (...values: string[]) => {
	const made = makeApp();
	made.vault.addOrganizations('Acme');
	const object = made.vault.add('db', { organization_id: 'org_acme', provider: 'openai' }, ...values);
	await made.outline.children();
	await made.catalog.scan();
	made.vault.forgetCalls();
	const { session } = made.connections;
	assert.ok(session);
	return { ...made, object, page: new ObjectPage(session, object.id) };
};
const numbers = ({ versions }: ObjectPage) =>
	versions.state === 'shown' ? versions.value.map(({ number }) => number) : versions.state;

suite('The page of an object', () => {
	test('shows what the catalog knows without a request', async () => {
		const { page, vault } = await openPage();
		assert.equal(page.object?.name, 'db');
		assert.deepEqual([page.metadata.state, page.versions.state, vault.calls], ['unasked', 'unasked', []]);
	});

	test('asks for metadata, versions and the newest reads, once, and decrypts nothing', async () => {
		const { page, vault } = await openPage('one', 'two');
		await Promise.all([page.askIfOutdated(), page.askIfOutdated()]);
		await page.askIfOutdated();
		assert.deepEqual(vault.calls.toSorted(), ['describeObject', 'listActivity', 'listVersions']);
		assert.deepEqual(numbers(page), [2, 1]);
		assert.equal(page.metadata.state, 'shown');
	});

	test('shows each answer as it comes', async () => {
		const { page, vault } = await openPage();
		const go = vault.holdNext('describeObject');
		const looking = page.askIfOutdated();
		await until(() => page.versions.state === 'shown');
		assert.equal(page.metadata.state, 'loading');
		go();
		await looking;
		assert.equal(page.metadata.state, 'shown');
	});

	test('asks again when the object was changed by others, and shows the old versions meanwhile', async () => {
		const { page, vault, catalog, object } = await openPage('one');
		await page.askIfOutdated();
		vault.forgetCalls();
		const go = vault.holdNext('listVersions');
		catalog.put(vault.publish(object.id, 'two'));
		assert.deepEqual(numbers(page), [1]);
		go();
		await until(() => numbers(page).length === 2);
		assert.deepEqual(vault.calls.toSorted(), ['describeObject', 'listActivity', 'listVersions']);
	});

	test('lists versions again where somebody published between the two answers', async () => {
		const { page, vault, object } = await openPage('one');
		const describe = vault.describeObject.bind(vault);
		vault.describeObject = async (...args) => {
			await until(() => page.versions.state === 'shown');
			vault.publish(object.id, 'two');
			return describe(...args);
		};
		await page.askIfOutdated();
		assert.deepEqual(numbers(page), [2, 1]);
		assert.equal(vault.count('listVersions'), 2);
	});

	test('asks nobody when something else changes', async () => {
		const { page, vault, catalog } = await openPage();
		await page.askIfOutdated();
		const other = vault.add('other');
		vault.forgetCalls();
		catalog.put(other);
		assert.deepEqual(vault.calls, []);
	});

	test('asks nobody before it was looked at, whatever changes', async () => {
		const { vault, catalog, object } = await openPage('one');
		catalog.put(vault.publish(object.id, 'two'));
		assert.deepEqual(vault.calls, []);
	});

	test('tells a failure, and asks once more when told to', async () => {
		const { page, vault } = await openPage();
		vault.failNext('describeObject', new VaultError('unavailable'));
		vault.failNext('listVersions', new VaultError('unavailable'));
		await page.askIfOutdated();
		assert.deepEqual([page.metadata.state, page.versions.state], ['failed', 'failed']);
		await page.askAgain();
		assert.deepEqual([page.metadata.state, page.versions.state], ['shown', 'shown']);
	});

	test('has no object any more when the vault says that it is gone', async () => {
		const { page, vault, object } = await openPage();
		vault.erase(object.id);
		await page.askIfOutdated();
		assert.equal(page.object, undefined);
	});

	test('looks at earlier events with five requests at most, and only when told to', async () => {
		const { page, vault } = await openPage();
		vault.tellsEvents = true;
		const now = Date.now();
		for (let count = 2_000; count > 0; count--) vault.activity.add('read', 'other', now - count * 1_000);
		await page.askIfOutdated();
		vault.forgetCalls();
		await page.lookFurtherBack();
		assert.deepEqual(vault.calls, Array(5).fill('listActivity'));
	});

	test('asks for the newest events of each kind once more, when a person wants all of it again', async () => {
		const { page, vault } = await openPage();
		vault.tellsEvents = true;
		for (const kind of ['updated', 'read'] as const) vault.activity.add(kind, 'db', Date.now() - 60_000);
		await page.askIfOutdated();
		await page.lookFurtherBack();
		vault.forgetCalls();
		await page.askAgain();
		assert.equal(vault.count('listActivity'), 2);
	});

	test('asks for one page of events when the object changes, whatever was asked for before', async () => {
		const { page, vault, catalog, object } = await openPage();
		vault.tellsEvents = true;
		for (const kind of ['updated', 'read'] as const) vault.activity.add(kind, 'db', Date.now() - 60_000);
		await page.askIfOutdated();
		await page.lookFurtherBack();
		vault.forgetCalls();
		catalog.put(vault.publish(object.id, 'two'));
		await until(() => vault.calls.length >= 3);
		assert.deepEqual(vault.calls.toSorted(), ['describeObject', 'listActivity', 'listVersions']);
	});

	test('tells that events could not be asked for, beside what else is known', async () => {
		const { page, vault } = await openPage();
		vault.failNext('listActivity', new VaultError('unavailable'));
		await page.askIfOutdated();
		assert.deepEqual([page.metadata.state, page.versions.state], ['shown', 'shown']);
		assert.ok(page.activityFailure instanceof VaultError);
		await page.lookFurtherBack();
		assert.equal(page.activityFailure, undefined);
	});

	test('ends with no late answer', async () => {
		const { page, vault } = await openPage();
		let told = 0;
		const go = vault.holdNext('describeObject');
		const looking = page.askIfOutdated();
		page.onDidChange(() => told++);
		page.dispose();
		go();
		await looking;
		assert.deepEqual([told, page.metadata.state], [0, 'loading']);
	});

	test('does not ask for ever where metadata is older than what events told', async () => {
		const { page, vault, catalog, object } = await openPage('one');
		catalog.put({ ...object, updatedAt: new Date(object.updatedAt.getTime() + 60_000), versionId: undefined });
		await page.askIfOutdated();
		assert.deepEqual(vault.calls.toSorted(), ['describeObject', 'listActivity', 'listVersions']);
	});
});

suite('What is alike', () => {
	test('a pair of the key context shows its group in the tree, without a request', async () => {
		const { app, outline, vault, object, ui } = await openPage();
		await showAlike(app, object, 1);
		assert.deepEqual(outline.arrangement.levels, [{ by: 'pair', name: 'provider' }]);
		const rows = await outline.children();
		assert.deepEqual(
			rows.map((row) => (row.kind === 'group' ? row.value : row.kind)),
			['filtered', 'openai'],
		);
		assert.equal(ui.announcements.at(-1), 'Grouped by provider, and only with “openai”.');
		assert.deepEqual(vault.calls, []);
	});

	test('the organization’s pair shows the organization, by its name', async () => {
		const { app, outline, object } = await openPage();
		await showAlike(app, object, 0);
		const rows = await outline.children();
		assert.deepEqual(
			rows.map((row) => (row.kind === 'organization' ? row.organization?.name : row.kind)),
			['filtered', 'Acme'],
		);
	});
});
