import assert from 'node:assert/strict';
import { startLocalVault, type LocalVault } from '../../../src/local/server';
import { Catalog } from '../../../src/vault/catalog/catalog';
import type { CatalogSnapshot } from '../../../src/vault/catalog/snapshot';
import { clientOf, type Client } from './running';

// The last page is not full: after a full one, a vault may have another.
const count = 992;
const organizations = 8;

suite('A catalog of the client’s, against Local Vault', () => {
	let server: LocalVault;
	let client: Client;
	let catalog: Catalog;
	setup(async () => {
		server = await startLocalVault();
		const { url, apiKey } = server;
		client = clientOf(url, { apiKey, requestsPerMinute: 1_000_000 });
		for (let index = 0; index < count; index++) await create(index);
		client.records.length = 0;
		catalog = new Catalog(client.vault);
	});
	teardown(async () => {
		catalog.dispose();
		client.vault.dispose();
		await server.close();
	});
	const create = (index: number) =>
		client.vault.createObject({
			name: `object/${index}`,
			value: 'value',
			keyContext: { organization_id: `org_${index % organizations}` },
		});
	const paths = () => client.records.map(({ path }) => path);
	const nextWindow = () => {
		catalog = new Catalog(client.vault, JSON.parse(JSON.stringify(catalog.snapshot())) as CatalogSnapshot);
		client.records.length = 0;
	};

	test('is learnt from the list and the events, with no look-up and nothing read', async () => {
		await catalog.scan();
		assert.equal(catalog.progress.known, count);
		for (let index = 0; index < organizations; index++) {
			assert.equal(catalog.objectsOf(`org_${index}`).length, count / organizations);
		}
		assert.ok(client.records.length <= 1.05 * 2 * Math.ceil(count / 100), String(client.records.length));
		assert.deepEqual(new Set(paths()), new Set(['/vault/v1/kv', '/events']));
	});

	test('is there at once in the next window, and in step after one request', async () => {
		await catalog.scan();
		nextWindow();
		assert.equal(catalog.progress.known, count);
		await catalog.sync();
		assert.deepEqual(paths(), ['/events']);
	});

	test('takes in 50 changed, 5 new and 3 deleted objects with at most six requests', async () => {
		await catalog.scan();
		for (let index = 0; index < 50; index++) {
			const { id = '' } = catalog.findByName(`object/${index}`) ?? {};
			await client.vault.updateObject({ id, value: 'newer', versionCheck: undefined });
		}
		for (let index = 0; index < 5; index++) await create(count + index);
		for (let index = 100; index < 103; index++) {
			await client.vault.deleteObject(catalog.findByName(`object/${index}`)?.id ?? '', undefined);
		}
		nextWindow();
		await catalog.sync();
		assert.ok(client.records.length <= 6, paths().join());
		assert.equal(catalog.progress.known, count + 2);
		assert.equal(catalog.findByName('object/101'), undefined);
		assert.deepEqual(catalog.findByName('object/996')?.keyContext, { organization_id: 'org_4' });
	});

	test('costs a look-up for each object where events are refused, and no more of them afterwards', async () => {
		await fetch(`${server.url}/_local/faults`, {
			method: 'POST',
			headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify({ route: 'GET /events', status: 403, times: 1000 }),
		});
		await catalog.scan();
		assert.equal(catalog.progress.known, count);
		assert.ok(client.records.length <= 1.01 * (count / 100 + count) + 1, String(client.records.length));
		nextWindow();
		await catalog.sync();
		assert.deepEqual(new Set(paths()), new Set(['/vault/v1/kv']));
	});
});
