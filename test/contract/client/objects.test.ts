import assert from 'node:assert/strict';
import { VaultError } from '../../../src/vault/errors';
import { unseenPages } from '../../../src/vault/pages';
import { failureOf, suiteVault } from './running';

const keyContext = { organization_id: 'org_objects', data_type: 'credential' };

suite('The client’s objects, against Local Vault', () => {
	const running = suiteVault();
	let count = 0;
	const create = (value = 'value', name = `object-${++count}`, context: Record<string, string> = keyContext) =>
		running.vault.createObject({ name, value, keyContext: context });

	test('a created object is described with its name, its key context and its first version', async () => {
		const created = await create('secret', 'created');
		const described = await running.vault.describeObject(created.id);
		assert.deepEqual(described, created);
		assert.equal(described.name, 'created');
		assert.deepEqual(described.keyContext, keyContext);
		assert.match(described.environmentId, /^environment_/);
		assert.ok(described.updatedAt instanceof Date && Math.abs(Date.now() - described.updatedAt.getTime()) < 10_000);
		assert.equal(described.updatedBy, 'Local Vault key');
		assert.equal(described.versionId, (await running.vault.listVersions(created.id))[0]?.id);
	});

	test('an object is read by its id with its value', async () => {
		const created = await create('the value');
		assert.deepEqual(await running.vault.readObject(created.id), { ...created, value: 'the value' });
	});

	const values = {
		'no characters': '',
		'a byte order mark': '\uFEFFvalue',
		'CRLF and a last line end': 'first\r\nsecond\r\n',
		NUL: 'a\0b',
		emoji: '👩‍👩‍👧 🔐',
		'quotes and backslashes': String.raw`{"a":"\n"}\"'`,
		'1 MiB': 'é'.repeat(512 * 1024),
	};
	for (const [what, value] of Object.entries(values)) {
		test(`a value of ${what} comes back as it was sent`, async () => {
			const { id, versionId } = await create(value);
			assert.ok((await running.vault.readObject(id)).value === value);
			await running.vault.updateObject({ id, value: 'between', versionCheck: versionId });
			await running.vault.updateObject({ id, value, versionCheck: undefined });
			assert.ok((await running.vault.readObject(id)).value === value);
			assert.ok((await running.vault.readVersion(id, 1)) === value);
		});
	}

	test('a key context may have a pair called __proto__', async () => {
		const context = JSON.parse('{"__proto__":"polluted","organization_id":"org_objects"}') as Record<string, string>;
		const created = await create('value', 'proto', context);
		assert.deepEqual(Object.entries(created.keyContext), Object.entries(context));
		assert.deepEqual(
			Object.entries((await running.vault.describeObject(created.id)).keyContext),
			Object.entries(context),
		);
	});

	test('a second object of the same name is refused as nameTaken', async () => {
		const { id } = await create('first', 'taken');
		const error = await failureOf(create('second', 'taken'), 'nameTaken');
		assert.equal(error.details.status, 409);
		assert.equal((await running.vault.readObject(id)).value, 'first');
	});

	test('an update under the current version check is published', async () => {
		const created = await create('old');
		const updated = await running.vault.updateObject({ ...created, value: 'new', versionCheck: created.versionId });
		assert.notEqual(updated.versionId, created.versionId);
		assert.deepEqual(updated.keyContext, keyContext);
		assert.deepEqual(await running.vault.readObject(created.id), { ...updated, value: 'new' });
	});

	test('an update under an older version check is a conflict and changes nothing', async () => {
		const { id, versionId } = await create('old');
		await running.vault.updateObject({ id, value: 'theirs', versionCheck: versionId });
		const error = await failureOf(
			running.vault.updateObject({ id, value: 'ours', versionCheck: versionId }),
			'conflict',
		);
		assert.equal(error.details.status, 409);
		assert.equal((await running.vault.readObject(id)).value, 'theirs');
	});

	test('an update without a version check is always published', async () => {
		const { id } = await create('old');
		await running.vault.updateObject({ id, value: 'new', versionCheck: undefined });
		assert.equal((await running.vault.readObject(id)).value, 'new');
	});

	test('of twelve updates under one version check, one is published and eleven are conflicts', async () => {
		const { id, versionId } = await create('start');
		const updates = Array.from({ length: 12 }, (_, index) =>
			running.vault.updateObject({ id, value: `writer ${index}`, versionCheck: versionId }),
		);
		const outcomes = await Promise.all(
			updates.map((update) =>
				update.then(
					() => 'published',
					(error: unknown) => (error instanceof VaultError ? error.code : error),
				),
			),
		);
		assert.deepEqual(outcomes.toSorted(), [...Array<string>(11).fill('conflict'), 'published']);
		assert.equal((await running.vault.listVersions(id)).length, 2);
	});

	test('a deletion under an older version check is a conflict and deletes nothing', async () => {
		const { id, versionId } = await create('old');
		await running.vault.updateObject({ id, value: 'new', versionCheck: versionId });
		await failureOf(running.vault.deleteObject(id, versionId), 'conflict');
		assert.equal((await running.vault.readObject(id)).value, 'new');
	});

	test('a deleted object is gone for every call, and the vault’s sentence says since when', async () => {
		const { id, versionId } = await create();
		await running.vault.deleteObject(id, versionId);
		const error = await failureOf(running.vault.readObject(id), 'notFound');
		assert.equal(error.details.status, 404);
		assert.match(error.details.reason ?? '', /deleted at \d{4}-\d\d-\d\dT/);
		await failureOf(running.vault.describeObject(id), 'notFound');
		await failureOf(running.vault.listVersions(id), 'notFound');
		await failureOf(running.vault.updateObject({ id, value: 'late', versionCheck: undefined }), 'notFound');
		await failureOf(running.vault.deleteObject(id, undefined), 'notFound');
	});

	test('a deletion without a version check is carried out', async () => {
		const { id } = await create();
		await running.vault.deleteObject(id, undefined);
		await failureOf(running.vault.describeObject(id), 'notFound');
	});
});

suite('The client’s lists of objects, against Local Vault', () => {
	const running = suiteVault();
	const names = Array.from({ length: 25 }, (_, index) => `row-${String(index).padStart(2, '0')}`);

	suiteSetup(async () => {
		for (const name of names) await running.vault.createObject({ name, value: 'v', keyContext });
	});

	for (const limit of [1, 5, 10, 24, 25, 26, 100]) {
		test(`pages of ${limit} bring every object once and come to an end`, async () => {
			const seen: string[] = [];
			for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
				const page = await running.vault.listObjects({ limit, after });
				assert.ok(page.items.length <= limit);
				seen.push(...page.items.map(({ name }) => name));
				after = page.next;
			}
			assert.deepEqual(seen.sort(), names);
		});
	}

	test('pages brought by unseenPages hold every object once', async () => {
		const seen: string[] = [];
		for await (const { items } of unseenPages((after) => running.vault.listObjects({ limit: 5, after }))) {
			seen.push(...items.map(({ name }) => name));
		}
		assert.deepEqual(seen.sort(), names);
	});

	test('a row says id, name and when it was updated', async () => {
		const [row] = (await running.vault.listObjects({ limit: 1 })).items;
		assert.ok(row);
		const described = await running.vault.describeObject(row.id);
		assert.deepEqual(row, { id: described.id, name: described.name, updatedAt: described.updatedAt });
	});

	test('a search finds by a part of the name, in either case, and pages too', async () => {
		const first = await running.vault.listObjects({ search: 'ROW-1', limit: 6 });
		const second = await running.vault.listObjects({ search: 'ROW-1', limit: 6, after: first.next });
		const found = [...first.items, ...second.items].map(({ name }) => name).sort();
		assert.deepEqual(found, names.slice(10, 20));
		assert.equal(second.next, undefined);
	});

	test('a search may hold what a query uses for itself', async () => {
		await running.vault.createObject({ name: 'odd &limit=1#% + name', value: 'v', keyContext });
		const { items } = await running.vault.listObjects({ search: '&limit=1#% +' });
		assert.deepEqual(
			items.map(({ name }) => name),
			['odd &limit=1#% + name'],
		);
		await running.vault.deleteObject(items[0]?.id ?? '', undefined);
	});

	test('a search without a hit is an empty last page', async () => {
		assert.deepEqual(await running.vault.listObjects({ search: 'nothing like it' }), { items: [], next: undefined });
	});
});
