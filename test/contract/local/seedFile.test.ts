import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startLocalVault } from '../../../src/local/server';
import { suiteFolder, withVault } from './running';

const OBJECTS = 2000;
const ORGANIZATIONS = 8;

interface Page {
	data: { name: string }[];
	list_metadata: { after: string | null };
}

suite('Local Vault: a seed with many objects', () => {
	const folder = suiteFolder();
	const organizations = Array.from({ length: ORGANIZATIONS }, (_, index) => ({ id: `org_${index}`, name: `${index}` }));
	const objects = Array.from({ length: OBJECTS }, (_, index) => ({
		name: `object ${index}`,
		value: `value ${index}`,
		context: { organization_id: `org_${index % ORGANIZATIONS}` },
	}));
	let seed: string;

	suiteSetup(async () => {
		seed = path.join(folder.path, 'seed.json');
		await writeFile(seed, JSON.stringify({ organizations, objects }));
	});

	test('is there as a whole, in the order of the file', async () => {
		await withVault({ seed }, async (ask) => {
			const names: string[] = [];
			for (let after: string | null = ''; after !== null;) {
				const { body }: { body: Page } = await ask('GET', `/vault/v1/kv?order=asc&limit=100&after=${after}`);
				names.push(...body.data.map(({ name }) => name));
				after = body.list_metadata.after;
			}
			assert.deepEqual(
				names,
				objects.map(({ name }) => name),
			);
			for (const { name, value } of [objects[0], objects.at(-1)].filter((one) => one !== undefined)) {
				assert.equal((await ask('GET', `/vault/v1/kv/name/${name}`)).body.value, value);
			}
		});
	});

	test('that fails at its last object leaves nothing in the file, and the next start fills it', async () => {
		const file = { dataFile: path.join(folder.path, 'vault.db'), rootKey: randomBytes(32) };
		await withVault(file, () => Promise.resolve());
		const database = new DatabaseSync(file.dataFile);
		const counts = ['organizations', 'objects', 'versions', 'key_encryption_keys', 'events'];
		const kept = () => counts.map((table) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
		try {
			database.exec(`CREATE TRIGGER refuse BEFORE INSERT ON objects WHEN NEW.name = '${objects.at(-1)?.name}'
				BEGIN SELECT RAISE(ABORT, 'no'); END`);
			await assert.rejects(startLocalVault({ ...file, seed }), /^Error: no$/);
			assert.deepEqual(kept(), [0, 0, 0, 0, 0]);
			database.exec('DROP TRIGGER refuse');
			await withVault({ ...file, seed }, () => Promise.resolve());
			const events = ORGANIZATIONS + OBJECTS + ORGANIZATIONS;
			assert.deepEqual(kept(), [ORGANIZATIONS, OBJECTS, OBJECTS, ORGANIZATIONS, events]);
		} finally {
			database.close();
		}
	});

	for (const [what, entry, sentence] of [
		[
			'a name that is there already',
			{ name: 'object 3', value: 'SECRET', context: {} },
			/, object 2001 \(“object 3”\) can't be used: /,
		],
		[
			'a value that is too large',
			{ name: 'large', value: 'x'.repeat(1024 * 1024 + 1), context: {} },
			/, object 2001 \(“large”\) can't be used: /,
		],
		[
			'a field of the wrong kind',
			{ name: 'odd', value: 5, context: {} },
			/, object 2001 \(“odd”\) can't be used: "value" must be a string\.$/,
		],
		['no name', { value: 'SECRET', context: {} }, /, object 2001 can't be used: "name" must be a string\.$/],
		['an empty name', { name: ' ', value: 5, context: {} }, /, object 2001 can't be used: "value" must be/],
		['no object at all', 5, /, object 2001 can't be used: It must be a JSON object\.$/],
	] as const) {
		test(`that can't be used names the object: ${what}`, async () => {
			const file = path.join(folder.path, 'wrong.json');
			await writeFile(file, JSON.stringify({ organizations, objects: [...objects, entry] }));
			await assert.rejects(startLocalVault({ seed: file }), ({ message }: Error) => {
				assert.match(message, sentence);
				assert.doesNotMatch(message, /SECRET/);
				return true;
			});
		});
	}

	test('an organization that can not be used is told by its place and name, too', async () => {
		const file = path.join(folder.path, 'wrong.json');
		for (const [entry, sentence] of [
			[{ id: 'org 9', name: 'Nine' }, /, organization 9 \(“Nine”\) can't be used: "id" must have/],
			[{ name: '' }, /, organization 9 can't be used: "name" must not be empty\.$/],
		] as const) {
			await writeFile(file, JSON.stringify({ organizations: [...organizations, entry], objects }));
			await assert.rejects(startLocalVault({ seed: file }), sentence);
		}
	});

	test('of another shape is told as what it is', async () => {
		const file = path.join(folder.path, 'wrong.json');
		for (const [content, sentence] of [
			['null', /wrong\.json can't be used: It must be a JSON object\.$/],
			['{"objects":{}}', /wrong\.json can't be used: "objects" must be a list\.$/],
			['{"secrets":[]}', /wrong\.json can't be used: It must not hold "secrets"\.$/],
		] as const) {
			await writeFile(file, content);
			await assert.rejects(startLocalVault({ seed: file }), sentence);
		}
	});

	test('with more than 10,000 distinct keys works, unless a maximum was set', async function () {
		this.timeout(60_000);
		const many = Array.from({ length: 10_050 }, (_, index) => ({
			name: `${index}`,
			value: 'v',
			context: { user: `${index}` },
		}));
		const file = path.join(folder.path, 'many.json');
		await writeFile(file, JSON.stringify({ objects: many }));
		const dataFile = path.join(folder.path, 'many.sqlite');
		for (const name of ['one more', 'one more after a restart']) {
			await withVault({ seed: file, dataFile }, async (ask) => {
				const { status } = await ask('POST', '/vault/v1/kv', { name, value: 'v', key_context: { user: name } });
				assert.equal(status, 201);
			});
		}
		await assert.rejects(
			startLocalVault({ seed: file, maximumKeys: 10_000 }),
			/object 10001 \(“10000”\) can't be used: Maximum unique keys/,
		);
	});
});
