import assert from 'node:assert/strict';
import path from 'node:path';
import { ids, poll, type VaultEvent } from './eventCalls';
import { type Ask, suiteFolder, suiteProcesses } from './running';

suite('Local Vault: events of two processes', () => {
	const folder = suiteFolder();
	const run = suiteProcesses();

	test('are in one order for both, and whoever polls one sees them all', async () => {
		const start = () => run(['--data', path.join(folder.path, 'vault.db')]);
		const first = start();
		const { ask } = await first.ready;
		const second = start();
		const { ask: other } = await second.ready;
		const seen: VaultEvent[] = [];
		let isWriting = true;
		const polling = (async () => {
			while (isWriting) await poll(ask, seen);
			await poll(ask, seen);
		})();
		const write = async (from: Ask, prefix: string) => {
			for (let index = 0; index < 40; index++) {
				const draft = { name: `${prefix}/${index}`, value: 'v', key_context: { team: 'a' } };
				const { body } = await from<{ id: string }>('POST', '/vault/v1/kv', draft);
				await from('GET', `/vault/v1/kv/${body.id}`);
			}
		};
		await Promise.all([write(ask, 'one'), write(other, 'two')]);
		isWriting = false;
		await polling;
		const later: VaultEvent[] = [];
		await poll(other, later);
		assert.deepEqual(later, seen);
		// One for each create and read, and one for the key.
		assert.equal(new Set(ids(seen)).size, 2 * 40 * 2 + 1);
		assert.deepEqual(ids(seen), ids(seen).toSorted());
		for (const { child, ended } of [first, second]) {
			child.kill();
			assert.deepEqual(await ended, { code: 0, signal: null, stderr: '' });
		}
	});
});
