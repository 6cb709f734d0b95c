import assert from 'node:assert/strict';
import path from 'node:path';
import { bind, create, destroy, sentenceOf, turn } from './customerKeyCalls';
import { type Ask, suiteFolder, suiteVault, withVault } from './running';

suite("Local Vault: binding a customer's key", () => {
	const vault = suiteVault();
	const { ask } = vault;

	test('binding a second one to the same pair is 409', async () => {
		await bind(ask, 'org_bound');
		const second = { key_context: { organization_id: 'org_bound' }, key_provider: 'GCP_KMS' };
		const { status, body } = await ask('POST', '/_local/customer-keys', second);
		const message = 'A customer-managed key is bound to this item already.';
		assert.deepEqual([status, body], [409, { message, code: 'conflict' }]);
	});

	test('an unknown one is 404', async () => {
		const message = 'Not Found: no such customer-managed key is bound.';
		for (const answer of [
			await turn(ask, 'none', 'enable'),
			await turn(ask, 'none', 'disable'),
			await destroy(ask, 'none'),
		]) {
			assert.deepEqual([answer.status, answer.body], [404, { message, code: 'entity_not_found' }]);
		}
	});

	test('what can not be bound is 422 with a sentence', async () => {
		for (const [body, sentence] of [
			[{}, /"key_context" must be a JSON object of strings/],
			[[], /The body must be a JSON object/],
			[{ key_context: {} }, /"key_context" must have exactly one pair/],
			[{ key_context: { a: 'b', c: 'd' } }, /"key_context" must have exactly one pair/],
			[{ key_context: { a: 1 } }, /"key_context" must have strings as values/],
			[{ key_context: { a: 'b' }, key_provider: 'OTHER' }, /"key_provider" must be one of AWS_KMS, /],
		] as const) {
			const answer = await ask('POST', '/_local/customer-keys', body);
			assert.deepEqual([answer.status, answer.body.code], [422, 'unprocessable_entity'], JSON.stringify(body));
			assert.match(String(answer.body.message), sentence);
		}
		assert.equal((await ask('POST', '/_local/customer-keys', '{')).status, 400);
	});
});

suite("Local Vault: a customer's key in a file", () => {
	const folder = suiteFolder();

	test('a second server and a restart agree on whether it works', async () => {
		const file = { dataFile: path.join(folder.path, 'vault.db') };
		const { key, read } = await withVault(file, async (one) =>
			withVault(file, async (two) => {
				const bound = await bind(one, 'org_bound');
				const { id, key_id: keyId } = await create(two, 'shared', { organization_id: 'org_bound' });
				assert.equal(keyId, bound.id);
				const readBy = (ask: Ask) => ask('GET', `/vault/v1/kv/${id}`);
				assert.deepEqual([(await readBy(one)).status, (await readBy(two)).status], [200, 200]);
				await turn(two, bound.id, 'disable');
				assert.deepEqual([(await readBy(one)).status, (await readBy(two)).status], [400, 400]);
				return { key: bound.id, read: readBy };
			}),
		);
		await withVault(file, async (ask) => {
			assert.equal((await read(ask)).status, 400);
			await turn(ask, key, 'enable');
			assert.equal((await read(ask)).status, 200);
			await destroy(ask, key);
		});
		const { status, body } = await withVault(file, read);
		assert.deepEqual([status, body], [400, { error: sentenceOf('deleted') }]);
	});
});
