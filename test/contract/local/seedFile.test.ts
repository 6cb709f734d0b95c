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
});
