import assert from 'node:assert/strict';
import { suiteVault } from './running';

const spellings = [
	'versionCheck',
	'version-check',
	'version',
	'VersionCheck',
	'version_id',
	'expected_version',
	'If-Match',
];

suite('Local Vault: a write whose check would be dropped', () => {
	const vault = suiteVault();
	let id: string;
	let made = 0;
	setup(async () => {
		const body = { name: `checked ${made++}`, value: 'v', key_context: { team: 'a' } };
		id = String((await vault.ask('POST', '/vault/v1/kv', body)).body.id);
	});

	/** Whether the object is as it was made. */
	async function isUntouched(): Promise<boolean> {
		return (await vault.ask('GET', `/vault/v1/kv/${id}`)).body.value === 'v';
	}

	for (const spelling of spellings) {
		test(`is refused, and says the right spelling, in the live dialect: ${spelling}`, async () => {
			const update = await vault.ask('PUT', `/vault/v1/kv/${id}`, { value: 'w', [spelling]: 'nonsense' });
			const unchecked = `"${spelling}" in the body would not be checked.`;
			assert.deepEqual([update.status, update.body.error], [400, `${unchecked} Use "version_check" in the body.`]);
			const deletion = await vault.ask('DELETE', `/vault/v1/kv/${id}?${spelling}=nonsense`);
			assert.deepEqual(
				[deletion.status, deletion.body.error],
				[400, `"${spelling}" in the query would not be checked. Use "version_check" in the query.`],
			);
			const body = { name: 'never', value: 'v', key_context: {}, [spelling]: 'nonsense' };
			const creation = await vault.ask('POST', '/vault/v1/kv', body);
			assert.deepEqual(
				[creation.status, creation.body.error],
				[400, `${unchecked} A create has no version: leave it out.`],
			);
			assert.ok(await isUntouched());
			assert.equal((await vault.ask('GET', '/vault/v1/kv/name/never')).status, 404);
		});
	}

	test('is refused where it is in the wrong place', async () => {
		const update = await vault.ask('PUT', `/vault/v1/kv/${id}?version_check=nonsense`, { value: 'w' });
		assert.match(String(update.body.error), /^"version_check" in the query .*in the body\.$/);
		const deletion = await vault.ask('DELETE', `/vault/v1/kv/${id}`, { version_check: 'nonsense' });
		assert.match(String(deletion.body.error), /^"version_check" in the body .*in the query\.$/);
		assert.deepEqual([update.status, deletion.status], [400, 400]);
		assert.ok(await isUntouched());
	});

	test('is refused in the catalogue’s dialect, of a version and of a key context', async () => {
		const checks = { version_check: 1, versionCheck: 1, expectedVersion: 1, keyContext: {}, context: {} };
		for (const [name, check] of Object.entries(checks)) {
			const right = /context/i.test(name) ? 'key_context' : 'version';
			for (const [method, path, fields] of [
				['PUT', '/vault/object/update', { data: {} }],
				['DELETE', '/vault/object/delete', {}],
			] as const) {
				const { status, body } = await vault.ask(method, path, { id, ...fields, [name]: check });
				const message = `"${name}" in the body would not be checked. Use "${right}" in the body.`;
				assert.deepEqual([status, body], [400, { code: 'invalid_request', message }]);
			}
		}
		const created = await vault.ask('POST', '/vault/object/create', { name: 'never', data: {}, context: { a: 'b' } });
		assert.match(String(created.body.message), /Use "key_context" in the body\.$/);
		const update = await vault.ask('PUT', '/vault/object/update?version=7', { id, data: {} });
		assert.match(String(update.body.message), /^"version" in the query/);
		const deletion = await vault.ask('DELETE', '/vault/object/delete?version=7', { id });
		assert.match(String(deletion.body.message), /knows no parameter "version"\. What it takes is in the body\.$/);
		assert.deepEqual([created.status, update.status, deletion.status], [400, 400, 400]);
		assert.ok(await isUntouched());
	});

	test('is refused as a deletion with any parameter that it does not know', async () => {
		const { status, body } = await vault.ask('DELETE', `/vault/v1/kv/${id}?force=true`);
		assert.deepEqual(
			[status, body],
			[400, { error: 'A deletion knows no parameter "force". It knows: version_check.' }],
		);
		const twice = await vault.ask('DELETE', `/vault/v1/kv/${id}?version_check=a&version_check=b`);
		assert.equal(twice.status, 400);
		assert.ok(await isUntouched());
	});

	test('is told from what SDKs send with every deletion', async () => {
		// Node 10.0 to 10.8, whether a check was asked for or not.
		const query = encodeURIComponent('[object Object]');
		assert.equal((await vault.ask('DELETE', `/vault/v1/kv/${id}?query=${query}`)).status, 200);
	});
});
