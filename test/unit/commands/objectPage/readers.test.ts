import assert from 'node:assert/strict';
import { readersOf } from '../../../../src/commands/objectPage/readers';
import type { Templates } from '../../../../src/commands/textEditor/templates';

const connection = { id: 'one', name: 'Staging', endpoint: 'https://api.workos.com', isProduction: false };
const script = '(await workos.vault.readObjectByName(${name})).value';
const templates: Templates = {
	languages: () => ['javascript', 'typescript', 'python'],
	reference: (language) => (language === 'python' ? 'client.vault.get_name(${name}).value' : script),
	encrypt: () => '${ciphertext}',
	layout: () => 'node',
};
const object = (name: string, id = 'secret_1') => ({
	id,
	name,
	keyContext: {},
	updatedAt: new Date(0),
	updatedBy: undefined,
	versionId: undefined,
});
const lines = (name: string, { inUse = [], ...other }: { inUse?: string[]; endpoint?: string } = {}) =>
	readersOf(object(name), { ...connection, ...other }, templates, new Set(inUse)).map(
		({ label, text }) => `${label}: ${text}`,
	);
const curl = 'curl: curl -H "Authorization: Bearer $WORKOS_API_KEY" "https://api.workos.com/vault/v1/kv/secret_1"';

suite('The lines that read an object', () => {
	test('are one for each template, then the CLI’s and curl’s', () => {
		assert.deepEqual(lines('db/password'), [
			'JavaScript, TypeScript: (await workos.vault.readObjectByName("db/password")).value',
			'Python: client.vault.get_name("db/password").value',
			'WorkOS CLI: workos vault get-by-name "db/password"',
			curl,
		]);
	});

	test('begin with the languages in use', () => {
		assert.equal(lines('a', { inUse: ['python'] })[0], 'Python: client.vault.get_name("a").value');
	});

	test('hold a name that could become code as a text', () => {
		assert.deepEqual(lines('a"; $(rm -rf ~)').slice(0, 3), [
			'JavaScript, TypeScript: (await workos.vault.readObjectByName("a\\"; $(rm -rf ~)")).value',
			'Python: client.vault.get_name("a\\"; $(rm -rf ~)").value',
			'WorkOS CLI: workos vault get-by-name "a\\"; \\$(rm -rf ~)"',
		]);
	});

	test('leave the CLI out for a name that it would take for an option', () => {
		assert.equal(
			lines('--help').some((line) => line.startsWith('WorkOS CLI')),
			false,
		);
	});

	test('name Local Vault’s address by the variable that has it', () => {
		assert.match(lines('a', { endpoint: 'local' }).at(-1) ?? '', /"\$LOCAL_VAULT_URL\/vault\/v1\/kv\/secret_1"$/);
	});

	test('write an odd id into the address as what it is', () => {
		const [line] = readersOf(object('a', '"; rm'), connection, templates, new Set()).slice(-1);
		assert.match(line?.text ?? '', /kv\/%22%3B%20rm"$/);
	});
});
