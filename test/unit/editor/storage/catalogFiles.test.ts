import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import type { ExtensionContext } from 'vscode';
import { CatalogFiles } from '../../../../src/editor/storage/catalogFiles';
import { ConnectionList } from '../../../../src/editor/connection/connectionList';
import { SealedFiles } from '../../../../src/editor/storage/sealedFiles';
import { Catalog } from '../../../../src/vault/catalog/catalog';
import { secretsOver } from '../../../support/draftWindows';
import { FakeVault } from '../../../support/fakeVault';
import { removeFolder } from '../../../support/removeFolder';

const one = { id: 'one', keyRevision: 'first' };

suite('Catalogs on the disk', () => {
	let folder: string;
	let context: ExtensionContext;
	let files: CatalogFiles;
	let vault: FakeVault;
	const secrets = new Map<string, string>();
	setup(() => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'catalogs-'));
		context = { globalStorageUri: { fsPath: folder }, secrets: secretsOver(secrets) } as ExtensionContext;
		files = new CatalogFiles(context);
		vault = new FakeVault();
		vault.add('SECRET-NAME', { organization_id: 'org_SECRET' });
	});
	teardown(() => removeFolder(folder));
	const written = () => readdirSync(path.join(folder, 'catalogs'));
	/** Has a catalog learn everything and keeps it. */
	const keep = async () => {
		const catalog = new Catalog(vault);
		const end = files.keep(one, catalog);
		await catalog.scan();
		await end();
		return catalog;
	};

	test('a catalog that was kept is there for the next window, one file for each connection', async () => {
		await keep();
		assert.equal(written().length, 1);
		const next = new Catalog(vault, await files.read(one));
		assert.equal(next.progress.phase, 'complete');
		assert.equal(next.findByName('SECRET-NAME')?.keyContext['organization_id'], 'org_SECRET');
		assert.equal(await files.read({ ...one, id: 'two' }), undefined);
	});

	test('what was kept of a connection tells its environment and its objects, without its vault', async () => {
		const catalog = await keep();
		const object = catalog.findByName('SECRET-NAME');
		assert.ok(object);
		const end = files.keep(one, catalog);
		catalog.put(await vault.describeObject(object.id));
		await end();
		vault.forgetCalls();
		const known = await files.known(one);
		assert.deepEqual([known?.environmentId, known?.get(object.id)?.name], ['environment', 'SECRET-NAME']);
		assert.equal(known?.get('another'), undefined);
		assert.equal(await files.known({ ...one, keyRevision: 'another key' }), undefined);
		assert.deepEqual(vault.calls, []);
	});

	test('two clients of one storage, each with a key of its own, keep a catalog each', async () => {
		await keep();
		const ofFirst = new Map(secrets);
		secrets.clear();
		assert.equal(await files.read(one), undefined);
		await keep();
		assert.equal(written().length, 2);
		const ofSecond = new Map(secrets);
		for (const client of [ofFirst, ofSecond]) {
			for (const [name, key] of client) secrets.set(name, key);
			assert.equal(new Catalog(vault, await files.read(one)).progress.phase, 'complete');
		}
		await files.retain([one]);
		assert.equal(written().length, 2);
		await files.forget('one');
		assert.deepEqual(written(), []);
	});

	test('neither names nor key contexts are to be read in the file', async () => {
		await keep();
		for (const file of written()) {
			const bytes = readFileSync(path.join(folder, 'catalogs', file));
			assert.equal(bytes.includes('SECRET'), false);
			assert.equal(bytes.includes(Buffer.from('SECRET', 'utf16le')), false);
		}
	});

	test('a damaged file counts as none', async () => {
		await keep();
		const file = path.join(folder, 'catalogs', written()[0] ?? '');
		const bytes = readFileSync(file);
		bytes[40] = (bytes[40] ?? 0) ^ 1;
		writeFileSync(file, bytes);
		assert.equal(await files.read(one), undefined);
	});

	test('a file of another key counts as none', async () => {
		await keep();
		secrets.clear();
		assert.equal(await files.read(one), undefined);
	});

	test('two windows lose nothing of what each learnt', async () => {
		const first = new Catalog(vault);
		const second = new Catalog(vault);
		const ends = [files.keep(one, first), files.keep(one, second)];
		first.put(vault.add('by first'));
		await ends[0]?.();
		second.put(vault.add('by second'));
		await ends[1]?.();
		const next = new Catalog(vault, await files.read(one));
		assert.ok(next.findByName('by first') && next.findByName('by second'));
	});

	suite('of a connection whose API key is replaced by one of another environment', () => {
		const before = { id: 'one', keyRevision: 'first' };
		const after = { id: 'one', keyRevision: 'second' };
		let staging: FakeVault;
		let production: FakeVault;
		let others: CatalogFiles;
		let lists: ConnectionList[];
		setup(() => {
			lists = [];
			staging = new FakeVault();
			production = new FakeVault();
			staging.add('of staging');
			production.add('of production');
			others = new CatalogFiles(context);
		});
		teardown(() => lists.forEach((list) => list.dispose()));
		const namesOf = (catalog: Catalog) => Array.from(catalog.objects(), ({ name }) => name).sort();
		const keptFor = async (owner: typeof before) => namesOf(new Catalog(new FakeVault(), await files.read(owner)));

		test('what a window with the old key still writes is neither read nor merged with the new one, in no order', async () => {
			const [old, fresh] = [new Catalog(staging), new Catalog(production)];
			await Promise.all([old.scan(), fresh.scan()]);
			const save = async (where: CatalogFiles, owner: typeof before, catalog: Catalog) => {
				const end = where.keep(owner, catalog);
				await catalog.openAll();
				await end();
			};
			for (let turn = 0; turn < 2; turn++) {
				await save(files, before, old);
				await save(others, after, fresh);
			}
			await Promise.all([save(files, before, old), save(others, after, fresh)]);
			assert.deepEqual([namesOf(old), namesOf(fresh)], [['of staging'], ['of production']]);
			assert.deepEqual([await keptFor(before), await keptFor(after)], [['of staging'], ['of production']]);
		});

		test('Replace API Key in one window, while the other has the old one open: each shows its own, and the old one goes', async () => {
			const keys = new Map<string, string>();
			const keyStore = {
				...secretsOver(keys),
				keys: () => Promise.resolve([...keys.keys()]),
				delete: () => Promise.resolve(),
			};
			lists = [1, 2].map(() => new ConnectionList(folder, keyStore, () => undefined));
			const [here, there] = lists as [ConnectionList, ConnectionList];
			const connection = { id: 'one', name: 'Team', endpoint: 'https://vault.example.com', isProduction: false };
			const kept = await here.add(connection, 'sk_test_staging');
			await there.open();
			const old = new Catalog(staging);
			const endOld = files.keep(kept, old);
			await old.scan();

			// As the connections do: the catalog of the key that was is forgotten before the new one is used.
			const replaced = await there.replaceKey(connection, 'sk_test_production');
			await others.forget(replaced.id);
			const fresh = new Catalog(production, await others.read(replaced));
			const endFresh = others.keep(replaced, fresh);
			await fresh.scan();
			await endFresh();

			// The other window has not looked at the list yet, and writes what it learnt.
			old.put(staging.add('of staging, later'));
			await endOld();
			await here.reload();
			await files.retain(here.all);
			const next = new Catalog(production, await files.read(here.all[0] ?? kept));
			assert.deepEqual(namesOf(next), ['of production']);
			assert.deepEqual(namesOf(old), ['of staging', 'of staging, later']);
			assert.equal(written().length, 1);
			assert.equal(await files.read(kept), undefined);
		});
	});

	test('a forgotten catalog is gone from the disk', async () => {
		await keep();
		await files.forget('one');
		assert.deepEqual(written(), []);
	});

	test('a disk that refuses is no failure: what can’t be kept is learnt anew', async () => {
		writeFileSync(path.join(folder, 'catalogs'), 'in the way');
		const catalog = await keep();
		assert.equal(catalog.progress.phase, 'complete');
	});

	test('what a killed window left of a catalog goes with its connection, and of one that is in use after a minute', async () => {
		await keep();
		const [file] = written();
		const left = [`${String(file)}.${crypto.randomUUID()}`, `two.first.key.sealed.${crypto.randomUUID()}`];
		for (const name of left) writeFileSync(path.join(folder, 'catalogs', name), 'half');
		await files.retain([one]);
		assert.deepEqual(written(), [file, left[0]]);
		await keep();
		assert.deepEqual(written(), [file, left[0]], 'another window may be writing it');
		const later = performance.now() + 61_000;
		mock.method(performance, 'now', () => later);
		await keep();
		assert.deepEqual(written(), [file]);
		writeFileSync(path.join(folder, 'catalogs', String(left[0])), 'half');
		await files.forget('one');
		assert.deepEqual(written(), []);
		mock.restoreAll();
	});

	test('a write is known by its own stamp, whatever another window wrote right after it', async () => {
		const sealed = new SealedFiles(folder, 'catalogs', context.secrets);
		const { rm } = promises;
		mock.method(promises, 'rm', async (...args: Parameters<typeof rm>) => {
			if (/\.sealed\./.test(String(args[0]))) {
				promises.rm = rm;
				await sealed.write('one', 'of the other window');
			}
			return rm(...args);
		});
		const stamp = await sealed.write('one', 'of this one');
		mock.restoreAll();
		assert.notEqual(await sealed.stamp('one'), stamp);
		assert.equal(await sealed.stamp('one'), await sealed.stamp('one'));
	});
});
