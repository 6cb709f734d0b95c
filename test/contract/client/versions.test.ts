import assert from 'node:assert/strict';
import { clientOf, failureOf, send, suiteFakes, suiteVault } from './running';

suite('The client’s versions, against Local Vault', () => {
	const running = suiteVault();
	const keyContext = { organization_id: 'org_versions' };
	const withVersions = async (name: string, [first = '', ...others]: readonly string[]) => {
		const { id } = await running.vault.createObject({ name, value: first, keyContext });
		for (const value of others) await running.vault.updateObject({ id, value, versionCheck: undefined });
		return id;
	};

	test('versions are listed newest first, with sizes, ages and the one that is current', async () => {
		const id = await withVersions('listed', ['a', 'bb', 'é€']);
		const versions = await running.vault.listVersions(id);
		assert.deepEqual(
			versions.map(({ size }) => size),
			[5, 2, 1],
		);
		assert.deepEqual(
			versions.map(({ isCurrent }) => isCurrent),
			[true, false, false],
		);
		const times = versions.map(({ createdAt }) => createdAt.getTime());
		assert.deepEqual(
			times,
			times.toSorted((a, b) => b - a),
		);
		assert.equal((await running.vault.describeObject(id)).versionId, versions[0]?.id);
	});

	test('equal values of one object have equal etags, and others have others', async () => {
		const versions = await running.vault.listVersions(await withVersions('etags', ['same', 'other', 'same']));
		assert.equal(versions[0]?.etag, versions[2]?.etag);
		assert.notEqual(versions[0]?.etag, versions[1]?.etag);
	});

	test('every old value is read by its position from the oldest', async () => {
		const values = ['first', '{"json":true}', '', '\uFEFFlast\r\n'];
		const id = await withVersions('positions', values);
		const read = await Promise.all(values.map((_, index) => running.vault.readVersion(id, index + 1)));
		assert.deepEqual(read, values);
	});

	test('an object that is gone is notFound, and old values can be read further on', async () => {
		const [gone, there] = [await withVersions('gone', ['x']), await withVersions('there', ['old', 'new'])];
		await running.vault.deleteObject(gone, undefined);
		await failureOf(running.vault.readVersion(gone, 1), 'notFound');
		assert.equal(await running.vault.readVersion(there, 1), 'old');
	});

	test('a position after the last is notFound, and old values can be read further on', async () => {
		const id = await withVersions('beyond', ['old', 'new']);
		await failureOf(running.vault.readVersion(id, 3), 'notFound');
		assert.equal(await running.vault.readVersion(id, 1), 'old');
	});
});

suite('The client’s old values, against a vault without a route for them', () => {
	const start = suiteFakes();
	const version = { id: 'ver_1', created_at: '2026-01-02T03:04:05Z', current_version: true, size: 1, etag: 'e' };
	const versions = { data: [version], list_metadata: { before: null, after: null } };

	test('the answer is noOldValues, and the second call makes no request', async () => {
		const fake = await start((response, { url }) =>
			url.endsWith('/versions') ? send(response, 200, versions) : send(response, 404, { error: 'Not Found' }),
		);
		const { vault } = clientOf(fake.url);
		await failureOf(vault.readVersion('id-1', 1), 'noOldValues');
		assert.deepEqual(
			fake.seen.map(({ method, url }) => `${method} ${url}`),
			['GET /vault/object/version?id=id-1&version=1', 'GET /vault/v1/kv/id-1/versions'],
		);
		await failureOf(vault.readVersion('id-2', 1), 'noOldValues');
		assert.equal(fake.seen.length, 2);
	});

	test('where the object is gone too, nothing is concluded about the route', async () => {
		const fake = await start((response) => send(response, 404, { error: 'Not Found' }));
		const { vault } = clientOf(fake.url);
		await failureOf(vault.readVersion('id-1', 1), 'notFound');
		await failureOf(vault.readVersion('id-1', 1), 'notFound');
		assert.equal(fake.seen.length, 4);
	});

	test('where the second question fails, nothing is concluded about the route', async () => {
		const fake = await start((response, { url }) =>
			send(response, url.endsWith('/versions') ? 403 : 404, { error: 'No' }),
		);
		const { vault } = clientOf(fake.url);
		await failureOf(vault.readVersion('id-1', 1), 'forbidden');
		await failureOf(vault.readVersion('id-1', 1), 'forbidden');
		assert.equal(fake.seen.length, 4);
	});
});
