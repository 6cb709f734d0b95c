import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { findObject } from '../../../../src/commands/find/find';
import { failureOf, lost, makeApp } from '../../../support/fakes';
import { known } from '../../../support/known';
import { until } from '../../../support/until';

const withVault = () => {
	const made = makeApp();
	made.vault.addOrganizations('Acme');
	for (const name of ['key 0', 'key 1', 'key 2']) made.vault.add(name, { organization_id: 'org_acme' }, 's3cret');
	return made;
};

/** With a catalog that has just looked up everything. */
const withCatalog = async () => {
	const made = withVault();
	await made.outline.children();
	await made.catalog.scan();
	made.vault.forgetCalls();
	const object = made.catalog.findByName('key 0');
	assert.ok(object);
	return { ...made, object };
};

/** As if so much time had passed since the catalog was in step, in ms. */
function laterBy(ms: number): void {
	const now = performance.now() + ms;
	mock.method(performance, 'now', () => now);
}

const labels = (rows: readonly { readonly label: string }[] | undefined) => rows?.map(({ label }) => label);

suite('Finding an object', () => {
	teardown(() => mock.reset());

	test('shows it in the tree, whatever the case of what is typed', async () => {
		const { app, ui, shown, catalog } = await withCatalog();
		ui.finds(/Find Object/, 'KEY 1', 'key 1');
		await findObject(app);
		assert.deepEqual(shown, [catalog.findByName('key 1')]);
	});

	test('takes some letters of the name', async () => {
		const { app, ui, shown, catalog } = await withCatalog();
		ui.finds(/Find Object/, 'ky2', 'key 2');
		await findObject(app);
		assert.deepEqual(shown, [catalog.findByName('key 2')]);
	});

	test('says which organization each one belongs to', async () => {
		const { app, ui, vault, catalog } = await withCatalog();
		catalog.put(vault.add('shared', { team: 'a' }));
		ui.finds(/Find Object/, '', undefined);
		await findObject(app);
		assert.match(ui.lists[0]?.find(({ label }) => label === 'key 0')?.description ?? '', /^Acme · /);
		assert.match(ui.lists[0]?.find(({ label }) => label === 'shared')?.description ?? '', /^No organization · /);
	});

	test('finds by id', async () => {
		const { app, ui, object, shown } = await withCatalog();
		ui.finds(/Find Object/, object.id, 'key 0');
		await findObject(app);
		assert.deepEqual(shown, [object]);
	});

	test('finds by the values of the key context, and says in the row what matched', async () => {
		const { app, ui, vault, catalog, shown } = await withCatalog();
		catalog.put(vault.add('byok', { organization_id: 'org_acme', kind: 'key', user_id: 'user_1' }));
		catalog.put(vault.add('other', { organization_id: 'org_acme', kind: 'key', user_id: 'user_2' }));
		ui.finds(/Find Object/, 'kind=key user_1', 'byok');
		await findObject(app);
		assert.deepEqual(shown, [catalog.findByName('byok')]);
		assert.deepEqual(labels(ui.lists[0]), ['byok']);
		assert.equal(ui.lists[0]?.[0]?.detail, 'Matches kind=key and user_id=user_1 · organization_id=org_acme');
		assert.match(ui.lists[0]?.[0]?.description ?? '', /^Acme · /);
	});

	test('finds by the organization’s name, and says so', async () => {
		const { app, ui } = await withCatalog();
		ui.finds(/Find Object/, 'acme', 'key 2');
		await findObject(app);
		assert.deepEqual(labels(ui.lists[0]), ['key 0', 'key 1', 'key 2']);
		assert.equal(ui.lists[0]?.[0]?.detail, 'Matches the organization’s name · organization_id=org_acme');
	});

	test('learns the names of organizations that have objects, and finds by them', async () => {
		const { app, ui, vault, catalog } = withVault();
		vault.addOrganizations(...Array.from({ length: 200 }, (_, index) => `Company ${index}`));
		vault.organizations.push({ id: 'org_01', name: 'Stark Industries' });
		vault.add('arc', { organization_id: 'org_01' });
		await catalog.scan();
		ui.finds(/Find Object/, 'arc', 'arc');
		await findObject(app);
		await until(() => catalog.organizations.find('org_01') !== undefined);
		ui.finds(/Find Object/, 'stark indus', 'arc');
		await findObject(app);
		assert.deepEqual(labels(ui.lists[1]), ['arc']);
	});

	test('says that it found by the ID', async () => {
		const { app, ui, object } = await withCatalog();
		ui.finds(/Find Object/, object.id, 'key 0');
		await findObject(app);
		assert.equal(ui.lists[0]?.[0]?.detail, `Matches the ID ${object.id} · organization_id=org_acme`);
	});

	test('shows the organization’s ID last: its name is in the row already', async () => {
		const { app, ui, vault, catalog } = await withCatalog();
		catalog.put(vault.add('llm', { organization_id: 'org_acme', kind: 'key', provider: 'openai' }));
		ui.finds(/Find Object/, 'openai', 'llm');
		await findObject(app);
		assert.equal(ui.lists[0]?.[0]?.detail, 'Matches provider=openai · kind=key, organization_id=org_acme');
	});

	test('shows of a long key context what matched, and as much of the others as a row has room for', async () => {
		const { app, ui, vault, catalog } = await withCatalog();
		const long = '🔑'.repeat(240);
		const pairs = Array.from({ length: 10 }, (_, index) => [`name ${index}`, `${long} needle ${index}`]);
		catalog.put(vault.add('long', Object.fromEntries(pairs) as Record<string, string>));
		ui.finds(/Find Object/, '"needle 3"', 'long');
		await findObject(app);
		const detail = ui.lists[0]?.[0]?.detail ?? '';
		assert.match(detail, /^Matches name 3=…(🔑)+ needle 3 · name 0=(🔑)+…$/u);
		assert.ok(detail.length < 350, `${detail.length}`);
		assert.ok(detail.isWellFormed());
	});

	test('does not count as opening it', async () => {
		const { app, ui, object, catalog } = await withCatalog();
		ui.finds(/Find Object/, 'key 0', 'key 0');
		await findObject(app);
		assert.equal(catalog.openedAt(object.id), 0);
	});

	test('says that nothing matches, of how many objects, and whether more are being indexed', async () => {
		const { app, ui, catalog } = await withCatalog();
		ui.finds(/Find Object/, 'zzz', undefined);
		await findObject(app);
		ui.finds(/Find Object/, 'zzz', undefined);
		void catalog.refresh();
		await findObject(app);
		assert.deepEqual(
			ui.noMatches.map(({ label, description }) => `${label} ${description}`),
			['Nothing matches “zzz” in 3 known objects', 'Nothing matches “zzz” in 3 known objects · still indexing'],
		);
	});

	test('shows nothing when the person leaves', async () => {
		const { app, ui, shown } = await withCatalog();
		ui.finds(/Find Object/, '', undefined);
		await findObject(app);
		assert.deepEqual(shown, []);
	});

	test('starts to look everything up where nothing was, and lists it as it comes', async () => {
		const { app, ui, shown, catalog } = withVault();
		ui.awaits(/Find Object/, '', 'key 2');
		await findObject(app);
		assert.deepEqual(labels(ui.lists[0]), []);
		assert.deepEqual(shown, [catalog.findByName('key 2')]);
	});

	test('does not go on with a scan that the person stopped', async () => {
		const { app, ui, vault, catalog } = withVault();
		const answer = vault.holdNext('listObjects');
		const scanning = catalog.scan();
		await until(() => vault.count('listObjects') === 1);
		catalog.stop();
		answer();
		await scanning;
		assert.equal(catalog.progress.phase, 'stopped');
		ui.finds(/Find Object/, '', undefined);
		await findObject(app);
		assert.equal(catalog.progress.phase, 'stopped');
	});
});

suite('Finding an object in the vault itself', () => {
	teardown(() => mock.reset());

	test('costs no request while the catalog is in step and something in it matches', async () => {
		const { app, ui, vault } = await withCatalog();
		ui.finds(/Find Object/, 'key', 'key 1');
		await findObject(app);
		assert.deepEqual(vault.calls, []);
	});

	test('costs none for an exact name, and decrypts nothing', async () => {
		const { app, ui, vault } = await withCatalog();
		ui.finds(/Find Object/, 'key 1', 'key 1');
		await findObject(app);
		assert.deepEqual(vault.calls, []);
	});

	test('happens when nothing in the catalog matches; what is found is looked up', async () => {
		const { app, ui, vault, catalog, shown } = await withCatalog();
		const unseen = vault.add('token');
		ui.finds(/Find Object/, 'token', 'token');
		await findObject(app);
		assert.deepEqual(vault.calls, ['listObjects', 'describeObject']);
		assert.deepEqual(shown, [unseen]);
		assert.deepEqual(catalog.get(unseen.id), known(unseen));
	});

	test('happens when the catalog was not in step for a minute, and lists nothing twice', async () => {
		const { app, ui, vault } = await withCatalog();
		vault.add('key 00');
		laterBy(60_000);
		ui.finds(/Find Object/, 'key', 'key 00');
		await findObject(app);
		assert.deepEqual(labels(ui.lists[0]), ['key 0', 'key 1', 'key 2']);
		assert.deepEqual(labels(ui.lists[1]), ['key 0', 'key 00', 'key 1', 'key 2']);
	});

	test('never happens for a pair of a key context, which it would not understand', async () => {
		const { app, ui, vault } = withVault();
		vault.add('provider=openai');
		laterBy(60_000);
		ui.finds(/Find Object/, 'provider=openai', undefined).finds(/Find Object/, 'key provider=', undefined);
		await findObject(app);
		await findObject(app);
		assert.deepEqual(vault.searches, []);
	});

	test('never happens for a text that no name can have', async () => {
		const { app, ui, vault } = await withCatalog();
		laterBy(60_000);
		ui.finds(/Find Object/, 'x'.repeat(10_000), undefined);
		await findObject(app);
		assert.deepEqual(vault.searches, []);
	});

	test('happens while the catalog is not complete; what is known stands first', async () => {
		const { app, ui, vault, catalog } = withVault();
		vault.failNext('listObjects', lost());
		await catalog.scan();
		catalog.put(vault.add('monkey'));
		ui.finds(/Find Object/, 'key', 'key 1');
		await findObject(app);
		assert.deepEqual(labels(ui.lists[0]), ['monkey']);
		assert.deepEqual(labels(ui.lists[1]), ['monkey', 'key 0', 'key 1', 'key 2']);
		assert.equal(catalog.findByName('key 1')?.name, 'key 1');
	});

	test('looks up an id that the catalog does not know, and lists nothing for it', async () => {
		const { app, ui, vault, shown, catalog } = await withCatalog();
		const unseen = vault.add('token');
		ui.finds(/Find Object/, unseen.id, 'token');
		await findObject(app);
		assert.deepEqual(vault.calls, ['describeObject']);
		assert.deepEqual(shown, [catalog.get(unseen.id)]);
		assert.deepEqual(labels(ui.lists[1]), ['token']);
	});

	test('finds nothing, and fails in nothing, for an id that there is no object of', async () => {
		const { app, ui, vault } = await withCatalog();
		ui.finds(/Find Object/, 'b1f4c2de-0000-4000-8000-000000000000', undefined);
		await findObject(app);
		assert.deepEqual(vault.calls, ['describeObject', 'listObjects']);
		assert.deepEqual(ui.lists[1], []);
	});

	test('finds an object whose name looks like an id', async () => {
		const { app, ui, vault, shown } = await withCatalog();
		const unseen = vault.add('secret_0123456789');
		ui.finds(/Find Object/, unseen.name, unseen.name);
		await findObject(app);
		assert.deepEqual(shown, [unseen]);
	});

	test('fails with the vault where nothing is known', async () => {
		const { app, ui, vault } = await withCatalog();
		vault.failNext('describeObject', lost());
		ui.finds(/Find Object/, 'secret_ffffffff', undefined);
		assert.equal((await failureOf(findObject(app))).code, 'unavailable');
	});

	test('does not keep anybody from what is known when it fails', async () => {
		const { app, ui, vault, catalog, shown } = await withCatalog();
		laterBy(60_000);
		vault.failNext('listObjects', lost());
		ui.finds(/Find Object/, 'key', 'key 1');
		await findObject(app);
		assert.deepEqual(shown, [catalog.findByName('key 1')]);
	});
});
