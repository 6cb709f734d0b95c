import assert from 'node:assert/strict';
import { type Catalogued, catalogueCalls } from './catalogueCalls';
import { suiteVault } from './running';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

suite("Local Vault: the catalogue's objects", () => {
	const vault = suiteVault();
	const { create, get, getByName, update, remove, ask } = catalogueCalls(vault);
	const context = { organization_id: 'org_1', data_type: 'token' };
	const reordered = { data_type: 'token', organization_id: 'org_1' };
	const wrongContexts = [
		{},
		{ organization_id: 'org_1' },
		{ ...context, more: 'x' },
		{ ...context, data_type: 'other' },
	];

	test('a create answers 201 with id, name, times and version 1', async () => {
		const { status, headers, body } = await ask<Catalogued>('POST', '/create', { name: 'a', data: { n: 1 } });
		assert.equal(status, 201);
		assert.match(headers.get('content-type') ?? '', /^application\/json/);
		const { id, created_at } = body;
		assert.match(id, UUID);
		assert.match(created_at, TIME);
		assert.deepEqual(body, { id, name: 'a', created_at, updated_at: created_at, version: 1 });
	});

	test('get and get-by-name answer data, its text, times and version', async () => {
		const created = await create('read me & more?', { ssn: '123-45-6789', list: [1, { deep: null }] });
		const { status, headers, body } = await get(created.id);
		assert.equal(status, 200);
		assert.match(headers.get('content-type') ?? '', /^application\/json/);
		const data = { ssn: '123-45-6789', list: [1, { deep: null }] };
		assert.deepEqual(body, { ...created, data, value: JSON.stringify(data) });
		assert.deepEqual((await getByName('read me & more?')).body, body);
	});

	test('metadata answers the key context and no data', async () => {
		const created = await create('described', { secret: 'x' }, context);
		const { status, body } = await ask('GET', `/metadata?id=${created.id}`);
		assert.deepEqual([status, body], [200, { ...created, key_context: context }]);
	});

	test('an update answers the next version, and keeps name, creation and context', async () => {
		const created = await create('updated', { n: 1 }, context);
		const { status, body } = await update({ id: created.id, data: { n: 2 } });
		assert.equal(status, 200);
		assert.ok(body.updated_at > created.updated_at);
		assert.deepEqual(body, { ...created, updated_at: body.updated_at, version: 2 });
		assert.deepEqual((await get(created.id)).body, { ...body, data: { n: 2 }, value: '{"n":2}' });
		assert.deepEqual((await ask('GET', `/metadata?id=${created.id}`)).body.key_context, context);
	});

	test('versions lists all of them, newest first', async () => {
		const { id, created_at } = await create('versioned', { n: 1 });
		const { body: updated } = await update({ id, data: { n: 20 } });
		const { status, body } = await ask<{ data: Record<string, unknown>[] }>('GET', `/versions?id=${id}`);
		assert.equal(status, 200);
		const [newest = {}, oldest = {}] = body.data;
		for (const { version_id } of [newest, oldest]) assert.match(String(version_id), UUID);
		assert.notEqual(newest.version_id, oldest.version_id);
		assert.deepEqual(body, {
			data: [
				{
					version: 2,
					version_id: newest.version_id,
					created_at: updated.updated_at,
					size: 8,
					current_version: true,
				},
				{ version: 1, version_id: oldest.version_id, created_at, size: 7, current_version: false },
			],
			list_metadata: {},
		});
	});

	test('version answers an object as it was then, and the newest as get does', async () => {
		const created = await create('then', { n: 1 });
		await update({ id: created.id, data: { n: 2 } });
		const version = (number: number) => ask('GET', `/version?id=${created.id}&version=${number}`);
		const first = await version(1);
		const { version_id: firstId } = first.body;
		assert.match(String(firstId), UUID);
		assert.deepEqual(
			[first.status, first.body],
			[200, { ...created, version_id: firstId, data: { n: 1 }, value: '{"n":1}' }],
		);
		const { version_id: secondId, ...second } = (await version(2)).body;
		assert.notEqual(secondId, firstId);
		assert.deepEqual(second, (await get(created.id)).body);
		assert.equal((await version(3)).status, 404);
	});

	test('an update with the current version passes, one with another is a conflict and changes nothing', async () => {
		const { id } = await create('checked', { n: 1 });
		assert.equal((await update({ id, data: { n: 2 }, version: 1 })).status, 200);
		for (const version of [1, 3, Number.MAX_SAFE_INTEGER]) {
			const { status, body } = await update({ id, data: { n: 3 }, version });
			assert.deepEqual([status, body.code], [409, 'conflict']);
			assert.match(String(body.message), /^Version conflict: .*\.$/);
		}
		assert.deepEqual([(await get(id)).body.version, (await get(id)).body.value], [2, '{"n":2}']);
	});

	test('a delete with another version than the current one is a conflict and deletes nothing', async () => {
		const { id } = await create('kept', { n: 1 });
		await update({ id, data: { n: 2 } });
		const { status, body } = await remove({ id, version: 1 });
		assert.deepEqual([status, body.code], [409, 'conflict']);
		assert.equal((await get(id)).status, 200);
		assert.equal((await remove({ id, version: 2 })).status, 200);
	});

	test('a delete answers when; from then on every call says 404 and since when, and the name is free', async () => {
		const { id } = await create('gone', { n: 1 });
		const { status, body } = await remove({ id });
		assert.equal(status, 200);
		assert.match(String(body.deleted_at), TIME);
		assert.deepEqual(body, { id, name: 'gone', deleted_at: body.deleted_at });
		const message = `Object not found: the object was deleted at ${String(body.deleted_at)}.`;
		for (const answer of [
			await get(id),
			await getByName('gone'),
			await ask('GET', `/metadata?id=${id}`),
			await ask('GET', `/version?id=${id}&version=1`),
			await ask('GET', `/versions?id=${id}`),
			await update({ id, data: {} }),
			await remove({ id }),
		]) {
			assert.deepEqual([answer.status, answer.body], [404, { code: 'not_found', message }]);
		}
		const again = await create('gone', { n: 2 });
		assert.notEqual(again.id, id);
		assert.equal((await getByName('gone')).body.id, again.id);
	});

	test('the key context is matched in any order, and a wrong one is as good as no object', async () => {
		const { id } = await create('bound', { n: 1 }, context);
		const absent = await get('00000000-0000-4000-8000-000000000000');
		for (const wrong of wrongContexts) {
			for (const answer of [
				await get(id, wrong),
				await getByName('bound', wrong),
				await update({ id, data: { n: 2 }, key_context: wrong }),
				await remove({ id, key_context: wrong }),
			]) {
				assert.deepEqual([answer.status, answer.body], [404, absent.body]);
			}
		}
		for (const right of [context, reordered]) {
			assert.equal((await get(id, right)).body.value, '{"n":1}');
			assert.equal((await getByName('bound', right)).body.value, '{"n":1}');
		}
		assert.equal((await update({ id, data: { n: 2 }, key_context: reordered })).status, 200);
		assert.equal((await remove({ id, key_context: reordered })).status, 200);
	});

	test('a wrong context learns neither that an object was deleted nor that a version is stale', async () => {
		const { id } = await create('hidden', { n: 1 }, context);
		await update({ id, data: { n: 2 } });
		assert.equal((await update({ id, data: {}, version: 1, key_context: {} })).status, 404);
		await remove({ id });
		const { body } = await get(id, {});
		assert.equal(body.message, 'Object not found: this vault has no such object.');
	});

	test('an object created without a key context has the empty one', async () => {
		const { id } = await create('plain', {});
		assert.equal((await get(id, {})).status, 200);
		assert.equal((await get(id, context)).status, 404);
		assert.deepEqual((await ask('GET', `/metadata?id=${id}`)).body.key_context, {});
	});
});
