import assert from 'node:assert/strict';
import { later } from './clock';
import { suiteVault } from './running';

interface Changed {
	id: string;
	metadata: { updated_at: string };
}
interface Versions {
	data: { created_at: string }[];
}

const HOUR_MS = 3_600_000;

suite('Local Vault: the times of an object', () => {
	const vault = suiteVault();
	const create = async (name: string) => {
		const { body } = await vault.ask<{ id: string }>('POST', '/vault/v1/kv', { name, value: 'v', key_context: {} });
		return `/vault/v1/kv/${body.id}`;
	};
	const deletionOf = async (route: string) => {
		const { status, body } = await vault.ask('GET', route);
		assert.equal(status, 404);
		return /deleted at (\S+Z)\.$/.exec(String(body.error))?.[1] ?? '';
	};

	test('go up with each change, even when the clock is set back', async () => {
		const route = await create('set back');
		await later(-HOUR_MS, async () => {
			const { body: changed } = await vault.ask<Changed>('PUT', route, { value: 'w' });
			const { body: versions } = await vault.ask<Versions>('GET', `${route}/versions`);
			const [second = '', first = ''] = versions.data.map(({ created_at: time }) => time);
			assert.ok(second > first, `${second} after ${first}`);
			assert.equal(changed.metadata.updated_at, second);
			await vault.ask('DELETE', route);
			const deleted = await deletionOf(route);
			assert.ok(deleted > second, `${deleted} after ${second}`);
		});
	});

	test('tell of the last deletion where a name was deleted twice', async () => {
		const first = await create('twice');
		await vault.ask('DELETE', first);
		await later(HOUR_MS, async () => {
			const second = await create('twice');
			await vault.ask('DELETE', second);
			const [one, two] = [await deletionOf(first), await deletionOf(second)];
			assert.ok(two > one, `${two} after ${one}`);
			assert.equal(await deletionOf('/vault/v1/kv/name/twice'), two);
		});
	});
});
