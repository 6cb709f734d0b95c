import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { copyFile, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startLocalVault } from '../../../src/local/server';
import { CannotStart } from '../../../src/local/store/refusal';
import { schemaSteps } from '../../../src/local/store/steps';
import { type Ask, suiteFolder, suiteProcesses, withVault } from './running';

interface Part {
	name: string;
	type: string;
	columns: string[];
}

/** The tables and indexes of a database, with the names of their columns. */
function parts(database: DatabaseSync): Part[] {
	const sql = "SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name";
	return database
		.prepare(sql)
		.all()
		.map(({ name, type }) => {
			const about = type === 'index' ? 'index_info' : 'table_info';
			const columns = database.prepare(`SELECT name FROM pragma_${about}(?)`).all(String(name));
			return { name: String(name), type: String(type), columns: columns.map((column) => String(column.name)) };
		});
}

/** Takes away from a vault's file what came after the first step. */
function backToTheFirstStep(dataFile: string): void {
	const first = new DatabaseSync(':memory:');
	first.exec(schemaSteps[0] ?? '');
	const old = parts(first);
	first.close();
	const database = new DatabaseSync(dataFile);
	for (const { name, type, columns } of parts(database)) {
		const before = old.find((part) => part.name === name);
		if (!before) database.exec(`DROP ${type} IF EXISTS ${name}`);
		for (const column of type === 'table' ? columns : []) {
			if (before && !before.columns.includes(column)) database.exec(`ALTER TABLE ${name} DROP COLUMN ${column}`);
		}
	}
	database.exec('PRAGMA user_version = 1');
	assert.deepEqual(parts(database), old);
	database.close();
}

suite('Local Vault: a file of the first version', () => {
	const folder = suiteFolder();
	const run = suiteProcesses();
	const rootKey = randomBytes(32);
	const context = { organization_id: 'org_1', team: 'blue' };
	let old: string;
	let [kept, goneId]: string[] = [];
	let pair: Record<string, unknown>;
	let told: unknown;

	/** Everything that is told of what was there before. */
	async function everything(ask: Ask): Promise<unknown> {
		const answers: unknown[] = [];
		for (const route of [
			`/vault/v1/kv/${kept}`,
			'/vault/v1/kv/name/kept',
			`/vault/v1/kv/${kept}/metadata`,
			`/vault/v1/kv/${kept}/versions`,
			...[1, 2, 3].map((version) => `/vault/object/version?id=${kept}&version=${version}`),
			`/vault/object/metadata?id=${kept}`,
			'/vault/object/list',
			`/vault/v1/kv/${goneId}`,
			'/organizations',
		]) {
			const { status, body } = await ask('GET', route);
			answers.push([route, status, body]);
		}
		const opened = await ask('POST', '/vault/v1/keys/decrypt', { keys: pair.encrypted_keys });
		assert.equal(opened.body.data_key, pair.data_key);
		return answers;
	}

	suiteSetup(async () => {
		old = path.join(folder.path, 'old.db');
		await withVault({ dataFile: old, rootKey }, async (ask) => {
			const created: string[] = [];
			for (const name of ['kept', 'gone', 'other']) {
				const draft = { name, value: `${name} 1`, key_context: context };
				created.push((await ask<{ id: string }>('POST', '/vault/v1/kv', draft)).body.id);
			}
			[kept, goneId] = created;
			for (const value of ['kept 2', 'kept 3']) await ask('PUT', `/vault/v1/kv/${kept}`, { value });
			await ask('DELETE', `/vault/v1/kv/${goneId}`);
			await ask('POST', '/organizations', { name: 'One', external_id: 'ext' });
			pair = (await ask('POST', '/vault/v1/keys/data-key', { context })).body;
			told = await everything(ask);
		});
		backToTheFirstStep(old);
	});

	async function copied(name: string): Promise<string> {
		const dataFile = path.join(folder.path, name);
		await copyFile(old, dataFile);
		return dataFile;
	}

	test('opens with every object, version, time, key and organization', async () => {
		const dataFile = await copied('opened.db');
		for (let time = 0; time < 2; time++) {
			assert.deepEqual(await withVault({ dataFile, rootKey }, everything), told);
		}
	});

	test('is then like any other: it is written to, and tells of it from then on', async () => {
		await withVault({ dataFile: await copied('used.db'), rootKey }, async (ask) => {
			assert.equal((await ask('GET', '/_local/state')).body.events, 0);
			const { body: bound } = await ask('POST', '/_local/customer-keys', { key_context: { team: 'blue' } });
			assert.equal((await ask('PUT', `/vault/v1/kv/${kept}`, { value: 'kept 4' })).status, 201);
			assert.equal((await ask('GET', '/vault/v1/kv/name/kept')).body.value, 'kept 4');
			await ask('POST', `/_local/customer-keys/${String(bound.id)}/disable`);
			assert.equal((await ask('GET', '/vault/v1/kv/name/kept')).status, 400);
			assert.equal((await ask('GET', '/vault/v1/kv/name/other')).body.value, 'other 1');
			const { body } = await ask<{ data: { event: string }[] }>('GET', '/events?order=asc');
			assert.deepEqual(
				body.data.map(({ event }) => event.slice('vault.'.length)),
				[
					'byok_key.verification_completed',
					'data.updated',
					'data.read',
					'byok_key.verification_completed',
					'data.read',
				],
			);
		});
	});

	test('stays as it is, byte for byte, when the root key is another one', async () => {
		const dataFile = await copied('refused.db');
		const before = await readFile(dataFile);
		await assert.rejects(
			startLocalVault({ dataFile, rootKey: randomBytes(32) }),
			(error) =>
				error instanceof CannotStart &&
				error.message === 'The root key is not the one that this database was made with. Nothing was changed.',
		);
		assert.ok((await readFile(dataFile)).equals(before));
		const beside = (await readdir(folder.path)).filter((name) => name.startsWith('refused.db'));
		assert.deepEqual(beside, ['refused.db']);
		assert.deepEqual(await withVault({ dataFile, rootKey }, everything), told);
	});

	test('opens when another process brings it up to date before it is its own turn', async () => {
		const dataFile = await copied('raced.db');
		const prepare = Reflect.get(DatabaseSync.prototype, 'prepare');
		let isFirst = true;
		// After it has looked at the version of the file, and right before it would write.
		DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
			if (isFirst && sql === 'BEGIN IMMEDIATE') {
				isFirst = false;
				const other = new DatabaseSync(dataFile);
				other.exec(
					`BEGIN IMMEDIATE; ${schemaSteps.slice(1).join('')}; PRAGMA user_version = ${schemaSteps.length}; COMMIT`,
				);
				other.close();
			}
			return prepare.call(this, sql);
		};
		try {
			assert.deepEqual(await withVault({ dataFile, rootKey }, everything), told);
			assert.equal(isFirst, false);
		} finally {
			DatabaseSync.prototype.prepare = prepare;
		}
	});

	test('is brought up to date once by two processes that open it at the same moment', async () => {
		for (let time = 0; time < 3; time++) {
			const dataFile = await copied(`both ${time}.db`);
			const env = { LOCAL_VAULT_ROOT_KEY: rootKey.toString('base64') };
			const both = [run(['--data', dataFile], { env }), run(['--data', dataFile], { env })];
			for (const { ready } of both) assert.deepEqual(await everything((await ready).ask), told);
			for (const { child, ended } of both) {
				child.kill();
				assert.deepEqual(await ended, { code: 0, signal: null, stderr: '' });
			}
		}
	});
});
