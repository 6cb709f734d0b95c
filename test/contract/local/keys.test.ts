import assert from 'node:assert/strict';
import { suiteVault } from './running';

interface Pair {
	id: string;
	context: Record<string, string>;
	data_key: string;
	encrypted_keys: string;
}

suite('Local Vault: data keys', () => {
	const vault = suiteVault();
	const stranger = suiteVault();
	const context = { organization_id: 'org_1', data_type: 'row' };
	const create = async () => (await vault.ask<Pair>('POST', '/vault/v1/keys/data-key', { context })).body;
	const decrypt = (keys: string) => vault.ask<Partial<Pair>>('POST', '/vault/v1/keys/decrypt', { keys });

	test('a data key has 32 fresh bytes and a blob that starts with its id', async () => {
		const { status, body } = await vault.ask<Pair>('POST', '/vault/v1/keys/data-key', { context });
		assert.equal(status, 200);
		assert.deepEqual(body.context, context);
		assert.equal(Buffer.from(body.data_key, 'base64').length, 32);
		const blob = Buffer.from(body.encrypted_keys, 'base64');
		assert.equal(blob.toString('latin1', 0, 47), `WOS.EKM.v1\0${body.id}`);
		assert.notEqual((await create()).data_key, body.data_key);
	});

	test('the blob alone gives the key back', async () => {
		const { id, data_key, encrypted_keys } = await create();
		const { status, body } = await decrypt(encrypted_keys);
		assert.deepEqual([status, body], [200, { id, data_key }]);
	});

	test('a rekey keeps the key and its id under another context', async () => {
		const { id, data_key, encrypted_keys } = await create();
		const other = { organization_id: 'org_2' };
		const { status, body } = await vault.ask<Pair>('POST', '/vault/v1/keys/rekey', { context: other, encrypted_keys });
		assert.equal(status, 200);
		assert.deepEqual([body.id, body.data_key, body.context], [id, data_key, other]);
		assert.notEqual(body.encrypted_keys, encrypted_keys);
		assert.deepEqual((await decrypt(body.encrypted_keys)).body, { id, data_key });
	});

	test('a blob with any one byte changed is 400 with a sentence', async () => {
		const { encrypted_keys } = await create();
		const blob = Buffer.from(encrypted_keys, 'base64');
		for (let at = 0; at < blob.length; at++) {
			const changed = Buffer.from(blob);
			changed[at] = (blob[at] ?? 0) ^ 1;
			const { status, body } = await decrypt(changed.toString('base64'));
			assert.equal(status, 400, `byte ${at}`);
			assert.deepEqual(body, {
				error: 'Invalid data key: the encrypted data key was changed, or is not one of this vault.',
			});
		}
	});

	test('garbage, a shortened blob and the blob of another vault are 400', async () => {
		const { encrypted_keys } = await create();
		const foreign = await stranger.ask<Pair>('POST', '/vault/v1/keys/data-key', { context });
		const wrong = ['', 'garbage', '!!!', '====', encrypted_keys.slice(4), encrypted_keys.slice(0, -4)];
		for (const keys of [...wrong, `${encrypted_keys}AAAA`, ` ${encrypted_keys}`, foreign.body.encrypted_keys]) {
			assert.equal((await decrypt(keys)).status, 400);
			const rekeyed = await vault.ask('POST', '/vault/v1/keys/rekey', { context, encrypted_keys: keys });
			assert.equal(rekeyed.status, 400);
		}
	});

	test('wrong fields are refused with a sentence', async () => {
		const calls: [string, unknown, number][] = [
			['data-key', {}, 422],
			['data-key', { context: { a: 1 } }, 422],
			['data-key', { context: 'x' }, 422],
			['data-key', '{', 400],
			['decrypt', {}, 400],
			['decrypt', { keys: 5 }, 400],
			['rekey', { context }, 422],
			['rekey', { encrypted_keys: 'x' }, 422],
		];
		for (const [route, body, status] of calls) {
			const answer = await vault.ask('POST', `/vault/v1/keys/${route}`, body);
			assert.equal(answer.status, status, route);
			assert.match(String(answer.body.error), /\.$/);
		}
	});
});
