import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LocalVaultOptions } from '../../../src/local/server';
import { suiteFolder, suiteProcesses, withVault } from './running';

const DAY_MS = 86_400_000;

interface Stored {
	id: string;
}

suite('Local Vault: purging what was deleted', () => {
	const folder = suiteFolder();
	const run = suiteProcesses();
	const file = (name: string) => path.join(folder.path, `${name}.db`);

	/** A file with an object that stays, and one with two versions for each name that was deleted. */
	async function prepared(name: string, deleted: readonly string[]): Promise<string> {
		const dataFile = file(name);
		await withVault({ dataFile }, async (ask) => {
			for (const one of ['stays', ...deleted]) {
				const draft = { name: one, value: 'v', key_context: { team: 'a' } };
				const { id } = (await ask<Stored>('POST', '/vault/v1/kv', draft)).body;
				await ask('PUT', `/vault/v1/kv/${id}`, { value: 'w' });
				if (one !== 'stays') await ask('DELETE', `/vault/v1/kv/${id}`);
			}
		});
		return dataFile;
	}

	/** The names of the objects whose rows are in the file, and the number of all versions. */
	function rows(dataFile: string): { names: unknown[]; versions: number } {
		const database = new DatabaseSync(dataFile, { readOnly: true });
		try {
			const names = database.prepare('SELECT name FROM objects ORDER BY name').all();
			const versions = database.prepare('SELECT object FROM versions').all();
			return { names: names.map((row) => row.name), versions: versions.length };
		} finally {
			database.close();
		}
	}

	/** As if it had been deleted so many days ago. */
	function age(dataFile: string, name: string, days: number): void {
		const database = new DatabaseSync(dataFile);
		database.prepare('UPDATE objects SET deleted_at = ? WHERE name = ?').run(Date.now() - days * DAY_MS, name);
		database.close();
	}

	test('with --purge-after 0 the rows are gone after the next start; what is not deleted stays', async () => {
		const dataFile = await prepared('at once', ['gone']);
		assert.deepEqual(rows(dataFile), { names: ['gone', 'stays'], versions: 4 });
		const { child, ended, ready } = run(['--data', dataFile, '--purge-after', '0']);
		const { ask } = await ready;
		assert.deepEqual(rows(dataFile), { names: ['stays'], versions: 2 });
		const { objects, deleted_objects: deleted, versions } = (await ask('GET', '/_local/state')).body;
		assert.deepEqual([objects, deleted, versions], [1, 0, 2]);
		assert.equal((await ask('GET', '/vault/v1/kv/name/stays')).body.value, 'w');
		child.kill();
		assert.deepEqual(await ended, { code: 0, signal: null, stderr: '' });
	});

	test('unless something else is said they stay for 30 days', async () => {
		const dataFile = await prepared('by default', ['month', 'more', 'today']);
		age(dataFile, 'month', 29.99);
		age(dataFile, 'more', 30.01);
		await withVault({ dataFile }, async (ask) => {
			assert.equal((await ask('GET', '/_local/state')).body.deleted_objects, 2);
		});
		assert.deepEqual(rows(dataFile), { names: ['month', 'stays', 'today'], versions: 6 });
	});

	test('they stay as long as is said', async () => {
		const dataFile = await prepared('as said', ['week', 'more']);
		age(dataFile, 'week', 6.99);
		age(dataFile, 'more', 7.01);
		await withVault({ dataFile, purgeAfterDays: 7 }, () => Promise.resolve());
		assert.deepEqual(rows(dataFile), { names: ['stays', 'week'], versions: 4 });
	});

	test('a read says when it was deleted, and after the purge only that it is not there', async () => {
		const dataFile = await prepared('read', ['gone']);
		const answer = (options: LocalVaultOptions) =>
			withVault({ dataFile, ...options }, (ask) => ask('GET', '/vault/v1/kv/name/gone'));
		const before = await answer({});
		assert.equal(before.status, 404);
		assert.match(String(before.body.error), /^Not Found: the object was deleted at \d{4}-\d\d-\d\dT[\d:.]+Z\.$/);
		const after = await answer({ purgeAfterDays: 0 });
		const error = 'Not Found: this vault has no such object.';
		assert.deepEqual([after.status, after.body], [404, { error }]);
	});

	test('its events stay', async () => {
		const dataFile = await prepared('events', ['gone']);
		const told = (options: LocalVaultOptions) =>
			withVault({ dataFile, ...options }, async (ask) => {
				const { body } = await ask<{ data: { event: string }[] }>('GET', '/events?limit=100');
				assert.ok(body.data.some(({ event }) => event === 'vault.data.deleted'));
				return body;
			});
		assert.deepEqual(await told({ purgeAfterDays: 0 }), await told({}));
	});

	test('a running server purges too, every hour', async () => {
		const dataFile = await prepared('running', ['gone']);
		const { setInterval: original } = globalThis;
		const hourly: (() => void)[] = [];
		const { now } = Date;
		globalThis.setInterval = (act: () => void, milliseconds?: number, ...rest: []) => {
			if (milliseconds === 3_600_000) hourly.push(act);
			return original(act, milliseconds, ...rest);
		};
		try {
			await withVault({ dataFile, purgeAfterDays: 1 }, () => {
				assert.equal(hourly.length, 1);
				hourly[0]?.();
				assert.deepEqual(rows(dataFile).names, ['gone', 'stays']);
				Date.now = () => now() + DAY_MS + 1000;
				hourly[0]?.();
				assert.deepEqual(rows(dataFile).names, ['stays']);
				return Promise.resolve();
			});
		} finally {
			globalThis.setInterval = original;
			Date.now = now;
		}
	});

	test('a vault that held only what is purged is not filled with a seed', async () => {
		const dataFile = file('emptied');
		await withVault({ dataFile }, async (ask) => {
			const draft = { name: 'only', value: 'v', key_context: {} };
			const { id } = (await ask<Stored>('POST', '/vault/v1/kv', draft)).body;
			await ask('DELETE', `/vault/v1/kv/${id}`);
		});
		await withVault({ dataFile, purgeAfterDays: 0 }, () => Promise.resolve());
		await withVault({ dataFile, seed: 'demo' }, async (ask) => {
			assert.equal((await ask('GET', '/_local/state')).body.objects, 0);
		});
	});
});
