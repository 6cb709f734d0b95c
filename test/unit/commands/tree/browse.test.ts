import assert from 'node:assert/strict';
import {
	continueScan,
	filterRow,
	loadMore,
	refresh,
	refreshRows,
	retry,
	showLog,
	stopScan,
} from '../../../../src/commands/tree/browse';
import { copyIds, copyKeyContext, copyNames, copyValue } from '../../../../src/commands/objects/copy';
import type { OutlineNode } from '../../../../src/vault/outline/nodes';
import { failureOf, fromPalette, lost, makeApp } from '../../../support/fakes';

const withObjects = async (count = 3) => {
	const made = makeApp();
	made.vault.addOrganizations('Acme');
	for (let index = 0; index < count; index++) made.vault.add(`key ${index}`, { organization_id: 'org_acme' }, 's3cret');
	const [acme] = await made.outline.children();
	assert.ok(acme);
	await made.catalog.scan();
	made.vault.forgetCalls();
	const object = made.catalog.findByName('key 0');
	assert.ok(object);
	/** The row of this kind under Acme. */
	const rowOf = async (kind: OutlineNode['kind']) => {
		const row = (await made.outline.children(acme)).find((node) => node.kind === kind);
		assert.ok(row);
		return row;
	};
	return { ...made, acme, object, rowOf };
};

suite('Browsing', () => {
	test('a refresh from the view asks for everything again', async () => {
		const { app, vault, connections } = await withObjects();
		await refresh(app);
		assert.ok(vault.count('listOrganizations') === 1 && vault.count('listObjects') === 1);
		assert.deepEqual(connections.used, []);
	});

	test('a refresh of an object’s row looks that one up', async () => {
		const { app, vault, on, object } = await withObjects();
		await refreshRows(app, on(object));
		assert.deepEqual(vault.calls, ['describeObject']);
	});

	test('a refresh of several rows looks each object up, and once at what changed in the organizations', async () => {
		const { app, vault, on, acme, object, catalog } = await withObjects();
		vault.addOrganizations('Globex');
		await app.connections.session?.outline.refresh();
		const organizations = (await app.connections.session?.outline.children()) ?? [];
		const other = catalog.findByName('key 1');
		assert.ok(other && organizations.length > 1);
		await catalog.scan();
		vault.forgetCalls();
		await refreshRows(app, { nodes: [acme] });
		const once = [...vault.calls];
		vault.forgetCalls();
		await refreshRows(app, { nodes: [...on(object, other).nodes, ...organizations] });
		assert.deepEqual(vault.calls.toSorted(), ['describeObject', 'describeObject', ...once].toSorted());
	});

	test('a refresh while there is no tree connects anew', async () => {
		const { app, connections } = makeApp();
		await refresh(app);
		assert.deepEqual(connections.used, ['one']);
	});

	test('“Load More” shows the next hundred', async () => {
		const { app, outline, acme, rowOf } = await withObjects(150);
		await loadMore(app, { nodes: [await rowOf('more')] });
		assert.equal((await outline.children(acme)).length, 150);
	});

	test('a click works on the row that it selects, and on no row of another kind', async () => {
		const { app, outline, acme, rowOf } = await withObjects(150);
		const clicking = (node: OutlineNode) => ({ ...app, view: { ...app.view, selection: () => [node] } });
		assert.equal((await failureOf(loadMore(clicking(acme), fromPalette))).code, 'rowRedrawn');
		assert.equal((await outline.children(acme)).length, 101);
		await loadMore(clicking(await rowOf('more')), fromPalette);
		assert.equal((await outline.children(acme)).length, 150);
	});

	test('a click on a row that VS Code was just drawing anew, and does not know, says so', async () => {
		const { app } = await withObjects(150);
		for (const click of [loadMore, retry, filterRow]) {
			assert.equal((await failureOf(click(app, fromPalette))).code, 'rowRedrawn');
		}
	});

	test('“Retry” tries again what its row stands for', async () => {
		const { app, vault, outline, object } = await withObjects();
		vault.failNext('listVersions', lost());
		const [failure] = await outline.children(outline.objectNode(object));
		assert.equal(failure?.kind, 'failure');
		await retry(app, { nodes: [failure] });
		assert.equal((await outline.children(outline.objectNode(object)))[0]?.kind, 'version');
	});

	test('“Filter…” filters, shows the filter, and lifts it again', async () => {
		const { app, ui, outline, acme, rowOf } = await withObjects();
		ui.types(/Filter/, 'key 2');
		await filterRow(app, { nodes: [acme] });
		assert.deepEqual(
			(await outline.children(acme)).map(({ kind }) => kind),
			['filtered', 'object'],
		);
		ui.types(/Filter/, '');
		await filterRow(app, { nodes: [await rowOf('filtered')] });
		assert.equal(ui.questions.at(-1)?.value, 'key 2');
		assert.equal((await outline.children(acme)).length, 3);
	});

	test('“Filter…” changes nothing when the person leaves', async () => {
		const { app, ui, outline, acme } = await withObjects();
		await outline.filter(acme.key, 'key 2');
		ui.types(/Filter/, undefined);
		await filterRow(app, { nodes: [acme] });
		assert.equal(outline.filterOf(acme.key), 'key 2');
	});

	test('“Filter…” works on its row under five hundred objects', async () => {
		const { app, ui, outline, acme, rowOf } = await withObjects(620);
		for (let page = 0; page < 4; page++) await outline.loadMore(acme.key);
		ui.types(/Filter/, 'key 619');
		await filterRow(app, { nodes: [await rowOf('filter')] });
		assert.deepEqual(
			(await outline.children(acme)).map(({ kind }) => kind),
			['filtered', 'object'],
		);
	});

	test('“Stop Indexing” stops, and “Continue Indexing” goes on, each with a word', async () => {
		const { app, ui, vault, catalog } = makeApp();
		vault.add('token');
		const letGo = vault.holdNext('listObjects');
		const scanning = catalog.scan();
		stopScan(app);
		letGo();
		await scanning;
		assert.equal(catalog.progress.phase, 'stopped');
		continueScan(app);
		await catalog.scan();
		assert.equal(catalog.progress.phase, 'complete');
		assert.deepEqual(ui.announcements, ['Indexing is stopped.', 'Indexing goes on.']);
		assert.deepEqual(ui.messages, []);
	});

	test('with nothing to stop or to continue, they say so, and change nothing', async () => {
		const { app, ui, vault, catalog } = await withObjects();
		stopScan(app);
		continueScan(app);
		assert.equal(catalog.progress.phase, 'complete');
		assert.deepEqual(vault.calls, []);
		assert.match(ui.messages[0] ?? '', /^Nothing is being indexed\.$/);
		assert.match(ui.messages[1] ?? '', /^Nothing was stopped: all objects are indexed\./);
	});

	test('“Continue Indexing” says that it is running where it is', async () => {
		const { app, ui, catalog } = makeApp();
		const scanning = catalog.scan();
		continueScan(app);
		await scanning;
		assert.deepEqual([ui.messages, ui.announcements], [['Indexing is running.'], []]);
	});

	test('the log opens', () => {
		const { app, ui } = makeApp();
		showLog(app);
		assert.equal(ui.logsShown, 1);
	});
});

suite('Copying', () => {
	test('a value makes one read call, clears itself, and is not said', async () => {
		const { app, ui, vault, clipboard, on, object } = await withObjects();
		await copyValue(app, on(object));
		assert.deepEqual(vault.calls, ['readObject']);
		assert.deepEqual(clipboard.secrets, ['s3cret']);
		assert.equal(clipboard.content, '', 'never as a text that stays');
		assert.match(ui.messages[0] ?? '', /“key 0”.*30 seconds/);
		assert.doesNotMatch(JSON.stringify(ui.messages), /s3cret/);
	});

	test('a value of another key context is refused', async () => {
		const { app, clipboard, on, object } = await withObjects();
		assert.equal((await failureOf(copyValue(app, on({ ...object, keyContext: {} })))).code, 'contextChanged');
		assert.deepEqual(clipboard.secrets, []);
	});

	test('a name, an id and a key context make no call', async () => {
		const { app, vault, clipboard, on, object } = await withObjects();
		await copyNames(app, on(object));
		assert.equal(clipboard.content, 'key 0');
		await copyIds(app, on(object));
		assert.equal(clipboard.content, object.id);
		await copyKeyContext(app, on(object));
		assert.equal(clipboard.content, '{"organization_id":"org_acme"}');
		assert.deepEqual(vault.calls, []);
	});

	test('an id is the organization’s or the version’s on their rows', async () => {
		const { app, clipboard, acme, object, versionRow } = await withObjects();
		await copyIds(app, { nodes: [acme] });
		assert.equal(clipboard.content, 'org_acme');
		await copyIds(app, { nodes: [await versionRow(object, 1)] });
		assert.equal(clipboard.content, object.versionId);
	});

	test('of several rows, names and ids come each in a line, and make no call', async () => {
		const { app, vault, clipboard, on, acme, object, catalog } = await withObjects();
		const other = catalog.findByName('key 1');
		assert.ok(other);
		await copyNames(app, on(object, other));
		assert.equal(clipboard.content, 'key 0\nkey 1');
		await copyIds(app, { nodes: [acme, ...on(object, other).nodes] });
		assert.equal(clipboard.content, `org_acme\n${object.id}\n${other.id}`);
		assert.deepEqual(vault.calls, []);
	});

	test('from the palette asks which object', async () => {
		const { app, ui, clipboard } = await withObjects();
		ui.finds(/Copy Name/, 'key 2', 'key 2');
		await copyNames(app, fromPalette);
		assert.equal(clipboard.content, 'key 2');
	});
});
