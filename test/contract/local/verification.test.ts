import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { suiteVault } from './running';

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

suite("Local Vault: the catalogue's verification commands", function () {
	// Nine processes of curl and jq, on a machine that may be busy.
	this.timeout(30_000);
	const vault = suiteVault();

	test('run through with curl and jq, and print what the catalogue promises', async () => {
		const script = path.resolve(__dirname, '../../../test/contract/local/verification.sh');
		const env = { PATH: process.env.PATH, LOCAL_VAULT_URL: vault.url, WORKOS_API_KEY: vault.apiKey };
		const { stdout } = await promisify(execFile)('bash', [script], { env });
		const printed =
			/^(?<list>.*)\nHTTP Status: (?<status>\d+)\nCreated object: (?<id>\S+)\n(?<objects>.*)Plaintext Key: (?<plaintextKey>\S+) echo Encrypted Key: (?<encryptedKey>\S+)\nCiphertext: (?<ciphertext>\S+)\n(?<decrypted>.*)$/.exec(
				stdout,
			)?.groups;
		assert.ok(printed, stdout);
		const { list = '', status, id, objects = '', decrypted = '' } = printed;

		assert.equal(status, '200');
		assert.deepEqual(JSON.parse(list), { data: [], list_metadata: {} });

		const answers = objects.split(/(?<=\})(?=\{)/).map((text) => JSON.parse(text) as Record<string, unknown>);
		const [got = {}, updated = {}, deleted = {}] = answers;
		assert.equal(answers.length, 3, objects);
		const { name, created_at } = got;
		assert.match(String(name), /^test_object_\d+$/);
		assert.match(String(created_at), time);
		assert.deepEqual(got, {
			id,
			name,
			data: { test: 'value' },
			value: '{"test": "value"}',
			created_at,
			updated_at: created_at,
			version: 1,
		});
		assert.match(String(updated.updated_at), time);
		assert.deepEqual(updated, { id, name, created_at, updated_at: updated.updated_at, version: 2 });
		assert.match(String(deleted.deleted_at), time);
		assert.deepEqual(deleted, { id, name, deleted_at: deleted.deleted_at });

		assert.equal(Buffer.from(printed.plaintextKey ?? '', 'base64').length, 32);
		assert.ok(Buffer.from(printed.encryptedKey ?? '', 'base64').length > 32);
		assert.ok(!Buffer.from(printed.ciphertext ?? '', 'base64').includes('secret data'));
		assert.deepEqual(JSON.parse(decrypted), { plaintext: 'secret data' });
	});
});
