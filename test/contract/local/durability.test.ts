import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { rootKeyBeside } from '../../../src/local/rootKey';
import { Database, isFull } from '../../../src/local/store/database';
import { CannotStart } from '../../../src/local/store/refusal';
import { startLocalVault } from '../../../src/local/server';
import { schemaSteps } from '../../../src/local/store/steps';
import { Vault } from '../../../src/local/store/vault';
import { type Ask, asker, suiteFolder, suiteProcesses, withVault } from './running';

const create = (ask: Ask, name: string, value: string) =>
	ask<{ id: string; version_id: string }>('POST', '/vault/v1/kv', { name, value, key_context: { team: 'a' } });
const read = async (ask: Ask, name: string) =>
	(await ask<{ value: string }>('GET', `/vault/v1/kv/name/${encodeURIComponent(name)}`)).body.value;

suite('Local Vault: what is kept', () => {
	const folder = suiteFolder();
	const run = suiteProcesses();
	const fileCalled = (name: string) => path.join(folder.path, name, 'vault.db');

	test('a disk that bears no write-ahead log is told of at the start, not when something is lost', () => {
		type Prepare = (this: DatabaseSync, sql: string) => StatementSync;
		const prepare = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare')?.value as Prepare;
		DatabaseSync.prototype.prepare = function (sql) {
			// As SQLite answers where the disk shares no memory between processes.
			return prepare.call(this, sql === 'PRAGMA journal_mode = WAL' ? "SELECT 'delete' AS journal_mode" : sql);
		};
		try {
			assert.throws(
				() => new Database(fileCalled('network')),
				(error) =>
					error instanceof CannotStart &&
					/can't have a write-ahead log .* on a disk of this machine/.test(error.message),
			);
		} finally {
			DatabaseSync.prototype.prepare = prepare;
		}
	});

	test('a root key is kept beside its database on a disk without hard links, by the first that comes', () => {
		const { linkSync } = fs;
		fs.linkSync = () => {
			throw Object.assign(new Error('EPERM: link'), { code: 'EPERM' });
		};
		try {
			const dataFile = fileCalled('memory-card');
			const key = rootKeyBeside(dataFile);
			assert.equal(key.length, 32);
			assert.deepEqual(rootKeyBeside(dataFile), key);
		} finally {
			fs.linkSync = linkSync;
		}
	});

	test('objects, versions, data keys and the API key are the same after a restart', async () => {
		const dataFile = fileCalled('restart');
		const first = await startLocalVault({ dataFile });
		const ask = asker(first);
		const { id } = (await create(ask, 'kept', 'one')).body;
		await ask('PUT', `/vault/v1/kv/${id}`, { value: 'two' });
		const before = (await ask('GET', `/vault/v1/kv/${id}`)).body;
		const pair = (await ask('POST', '/vault/v1/keys/data-key', { context: { team: 'a' } })).body;
		await first.close();

		const second = await startLocalVault({ dataFile });
		const again = asker(second);
		assert.equal(second.apiKey, first.apiKey);
		assert.deepEqual((await again('GET', `/vault/v1/kv/${id}`)).body, before);
		assert.equal((await again('GET', `/vault/object/version?id=${id}&version=1`)).body.value, 'one');
		const opened = await again('POST', '/vault/v1/keys/decrypt', { keys: pair.encrypted_keys });
		assert.equal(opened.body.data_key, pair.data_key);
		await second.close();
	});

	test('a write has reached the disk when it is acknowledged', () => {
		const database = new Database(fileCalled('disk'));
		try {
			const mode = () => Object.values(database.one<object>('PRAGMA synchronous') ?? {})[0] as unknown;
			// What only tells of a read does not wait for the disk, and takes nothing from the write after it.
			for (let time = 0; time < 2; time++) {
				assert.equal(database.audit(mode), 1);
				assert.equal(database.write(mode), 2);
			}
			// macOS flushes the disk's own cache only then.
			assert.deepEqual({ ...database.one<object>('PRAGMA fullfsync') }, { fullfsync: 1 });
		} finally {
			database.close();
		}
	});

	test('a wrong root key is refused with a sentence and changes nothing', async () => {
		const dataFile = fileCalled('wrong key');
		await withVault({ dataFile, rootKey: randomBytes(32) }, (ask) => create(ask, 'mine', 'x'));
		const before = await readFile(dataFile);
		await assert.rejects(startLocalVault({ dataFile, rootKey: randomBytes(32), seed: 'demo' }), (error) => {
			assert.ok(error instanceof CannotStart);
			assert.match(error.message, /root key is not the one .* Nothing was changed\.$/);
			return true;
		});
		assert.deepEqual(await readFile(dataFile), before);
	});

	test('a wrong root key does not touch what a killed process has left', async () => {
		const dataFile = fileCalled('wrong key after a kill');
		const env = { LOCAL_VAULT_ROOT_KEY: randomBytes(32).toString('base64') };
		const killed = run(['--data', dataFile], { env });
		const { ask, pid } = await killed.ready;
		await create(ask, 'mine', 'x');
		process.kill(pid, 'SIGKILL');
		await killed.ended;
		const contents = () => Promise.all([dataFile, `${dataFile}-wal`].map((file) => readFile(file)));
		const before = await contents();
		assert.ok(before[1]?.length, 'the write is in the log');
		await assert.rejects(startLocalVault({ dataFile, rootKey: randomBytes(32) }), /Nothing was changed\.$/);
		assert.deepEqual(await contents(), before);

		const again = run(['--data', dataFile], { env });
		assert.equal(await read((await again.ready).ask, 'mine'), 'x');
	});

	test('what no longer fits on the disk is told from damage', () => {
		const vault = new Vault({ rootKey: randomBytes(32) });
		try {
			vault.objects.create({ name: 'fits', value: 'x', context: {} });
			vault.database.all('PRAGMA max_page_count = 1');
			assert.throws(() => vault.objects.create({ name: 'large', value: 'x'.repeat(100_000), context: {} }), isFull);
			vault.database.all('PRAGMA max_page_count = 100000');
			assert.equal(vault.objects.readByName('fits').version.value, 'x');
		} finally {
			vault.close();
		}
	});

	test('a lost key file is a sentence, and no other takes its place', async () => {
		const dataFile = fileCalled('lost key');
		await withVault({ dataFile }, (ask) => create(ask, 'mine', 'x'));
		await rm(`${dataFile}.key`);
		await assert.rejects(startLocalVault({ dataFile }), /The root key of .* is not in .*\.key\./);
		assert.deepEqual(await readdir(path.dirname(dataFile)), ['vault.db']);
	});

	test('a file that is no vault is refused and left as it is', async () => {
		await mkdir(path.dirname(fileCalled('other')));
		const text = path.join(folder.path, 'other', 'notes.txt');
		await writeFile(text, 'not a database at all '.repeat(100));
		const database = path.join(folder.path, 'other', 'stranger.db');
		new DatabaseSync(database).exec('CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)');
		const newer = fileCalled('newer');
		await withVault({ dataFile: newer }, (ask) => create(ask, 'x', 'x'));
		new DatabaseSync(newer).exec(`PRAGMA user_version = ${schemaSteps.length + 1}`);
		for (const [file, sentence] of [
			[text, /is not a database/],
			[database, /not one of Local Vault/],
			[newer, /newer Local Vault/],
			[folder.path, /can't be opened/],
		] as const) {
			const before = await readFile(file).catch(() => undefined);
			await assert.rejects(startLocalVault({ dataFile: file, rootKey: randomBytes(32) }), sentence);
			assert.deepEqual(await readFile(file).catch(() => undefined), before);
		}
	});

	test('a damaged value is a 500 that tells nothing, and the other objects are still read', async () => {
		const dataFile = fileCalled('damaged');
		const rootKey = randomBytes(32);
		await withVault({ dataFile, rootKey }, async (ask) => {
			await create(ask, 'one', 'value of one');
			await create(ask, 'two', 'value of two');
		});
		const database = new DatabaseSync(dataFile);
		database.exec(`UPDATE versions SET sealed_value = (SELECT sealed_value FROM versions WHERE object = 2),
			sealed_data_key = (SELECT sealed_data_key FROM versions WHERE object = 2) WHERE object = 1`);
		database.close();
		await withVault({ dataFile, rootKey }, async (ask) => {
			const swapped = await ask('GET', '/vault/v1/kv/name/one');
			assert.equal(swapped.status, 500);
			assert.deepEqual(Object.keys(swapped.body), ['error']);
			assert.equal(await read(ask, 'two'), 'value of two');
		});
	});
});
