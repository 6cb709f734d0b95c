import assert from 'node:assert/strict';
import { filter } from '../../../../src/commands/tree/browse';
import { groupBy, markAllSeen, sortBy, viewAsList, viewAsTree } from '../../../../src/commands/tree/arrange';
import { describeArrangement } from '../../../../src/commands/tree/arrangementText';
import { failureOf, makeApp } from '../../../support/fakes';

const withObjects = async () => {
	const made = makeApp();
	made.vault.addOrganizations('Acme');
	made.vault.add('one', { organization_id: 'org_acme', provider: 'openai' });
	made.vault.add('two', { provider: 'openai' });
	await made.outline.children();
	await made.catalog.scan();
	made.vault.forgetCalls();
	return made;
};

suite('Arranging the tree', () => {
	test('“Group By…” offers the organization, each name of key contexts with its count, and nothing', async () => {
		const { app, ui, outline } = await withObjects();
		ui.picks(/Group By: .*Now: organization/, 'provider');
		await groupBy(app);
		assert.deepEqual(
			ui.lists.at(-1)?.map(({ label, description }) => [label, description]),
			[
				['Organization', undefined],
				['provider', '2 objects'],
				['Nothing', 'a plain list'],
				['Several Levels…', undefined],
			],
		);
		assert.deepEqual(outline.arrangement.levels, [{ by: 'pair', name: 'provider' }]);
	});

	test('a spelling of the organization is offered only where it says something else', async () => {
		const { app, ui, vault, catalog } = await withObjects();
		catalog.put(vault.add('three', { organizationId: 'org_acme', organization: 'org_acme' }));
		catalog.put(vault.add('four', { organization_id: 'org_acme', organisation: 'org_globex' }));
		catalog.put(vault.add('five', { organization: 'eu' }));
		ui.picks(/Group By/, undefined);
		await groupBy(app);
		assert.deepEqual(
			ui.lists.at(-1)?.map(({ label, description }) => [label, description]),
			[
				['Organization', undefined],
				['organization', '2 objects'],
				['provider', '2 objects'],
				['organisation', '1 object'],
				['Nothing', 'a plain list'],
				['Several Levels…', undefined],
			],
		);
	});

	test('how it is arranged is said where that is another way than at first', () => {
		const [organization, provider] = [{ by: 'organization' }, { by: 'pair', name: 'provider' }] as const;
		const arrangements = [
			[[organization], 'name', ''],
			[[organization], 'change', 'Sorted by last change'],
			[[], 'name', 'Grouped by nothing'],
			[[provider, organization], 'change', 'Grouped by provider, then organization · sorted by last change'],
		] as const;
		for (const [levels, sortBy, text] of arrangements) assert.equal(describeArrangement({ levels, sortBy }), text);
	});

	test('“Nothing” makes a plain list', async () => {
		const { app, ui, outline } = await withObjects();
		ui.picks(/Group By/, 'Nothing');
		await groupBy(app);
		assert.deepEqual(
			(await outline.children()).map(({ kind }) => kind),
			['object', 'object'],
		);
	});

	test('several levels are in one another in the order in which they were picked', async () => {
		const { app, ui, outline } = await withObjects();
		ui.picks(/Group By: /, 'Several Levels…');
		ui.picks(/Several Levels: The first level/, 'provider');
		ui.picks(/Several Levels: Within provider/, 'Organization');
		ui.picks(/Several Levels: Within provider, then organization/, 'Done');
		await groupBy(app);
		assert.deepEqual(outline.arrangement.levels, [{ by: 'pair', name: 'provider' }, { by: 'organization' }]);
	});

	test('who leaves in the middle has the tree as it was', async () => {
		const { app, ui, outline } = await withObjects();
		const before = outline.arrangement;
		ui.picks(/Group By: /, 'Several Levels…');
		ui.picks(/The first level/, 'provider');
		ui.picks(/Within provider/, undefined);
		await groupBy(app);
		ui.picks(/Group By: /, undefined);
		await groupBy(app);
		ui.picks(/Sort By/, undefined);
		await sortBy(app);
		assert.equal(outline.arrangement, before);
	});

	test('“Sort By…” says which order it is now', async () => {
		const { app, ui, outline } = await withObjects();
		ui.picks(/Sort By/, 'Last Change');
		await sortBy(app);
		assert.equal(outline.arrangement.sortBy, 'change');
		ui.picks(/Sort By/, 'Name');
		await sortBy(app);
		const now = ui.lists.at(-1)?.find(({ description }) => description === 'now');
		assert.equal(now?.label, 'Last Change');
		assert.equal(outline.arrangement.sortBy, 'name');
	});

	test('“View as List” shows whole names, “View as Tree” folders again', async () => {
		const { app, outline } = await withObjects();
		viewAsList(app);
		assert.equal(outline.arrangement.isTree, false);
		viewAsTree(app);
		assert.equal(outline.arrangement.isTree, true);
	});

	test('“Filter…” from the palette filters the rows at the top', async () => {
		const { app, ui, outline } = await withObjects();
		ui.types(/Filter the Tree/, 'acm');
		await filter(app);
		assert.equal(outline.filterOf(''), 'acm');
	});

	test('“Mark All as Seen” takes every mark', async () => {
		const { app, vault, catalog, outline } = await withObjects();
		vault.publish(catalog.findByName('two')?.id ?? '', 'newer');
		await catalog.refresh();
		assert.equal(outline.unseenCount, 1);
		await markAllSeen(app);
		assert.equal(outline.unseenCount, 0);
	});

	test('nothing of it asks the vault', async () => {
		const { app, ui, vault } = await withObjects();
		ui.picks(/Group By/, 'provider');
		ui.picks(/Sort By/, 'Last Change');
		for (const command of [groupBy, sortBy, viewAsList, viewAsTree]) await Promise.resolve().then(() => command(app));
		ui.assertDone();
		assert.deepEqual(vault.calls, []);
	});

	test('without a connection, each says so', async () => {
		const { app, connections } = makeApp();
		Object.assign(connections, { session: undefined });
		for (const command of [groupBy, sortBy, viewAsList, viewAsTree, filter, markAllSeen]) {
			assert.equal((await failureOf(Promise.resolve().then(() => command(app)))).code, 'notConnected');
		}
	});
});
