import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { open } from '../../../src/local/store/keys/crypto';
import { holds, spellingsOf } from '../../support/spellings';
import { type Ask, suiteFolder, suiteProcesses } from './running';

const OBJECT_NAME = 'the name of an object is no secret';

suite('Local Vault: what is not written down', () => {
	const folder = suiteFolder();
	const run = suiteProcesses();
	const file = () => path.join(folder.path, 'vault.db');

	/** Everything in the database's folder. */
	async function written(): Promise<Buffer> {
		const names = await readdir(folder.path);
		return Buffer.concat(await Promise.all(names.map((name) => readFile(path.join(folder.path, name)))));
	}

	/** A run with everything that it says; its first line is the one place where the API key is told. */
	function start(rootKey: Buffer) {
		const vault = run(['--data', file(), '--requests-per-minute', '1000000'], {
			env: { LOCAL_VAULT_ROOT_KEY: rootKey.toString('base64') },
		});
		const output: Buffer[] = [];
		for (const stream of [vault.child.stdout, vault.child.stderr]) {
			stream.on('data', (chunk: Buffer) => output.push(chunk));
		}
		return { ...vault, said: () => Buffer.from(Buffer.concat(output).toString().replace(/^.*\n/, '')) };
	}

	test('no value and no key is in the database, its journal or the output', async () => {
		const rootKey = randomBytes(32);
		const canaries = Array.from({ length: 6 }, (_, index) => `CANARY-${index}-${randomBytes(12).toString('hex')}`);
		const first = start(rootKey);
		const { ask, apiKey } = await first.ready;
		const keys = [...(await useEverything(ask, canaries)), ...(await keysOfTheVault(ask, file(), rootKey))];
		const secrets = [...canaries, apiKey, rootKey, ...keys];
		const check = (bytes: Buffer, when: string) => {
			for (const [index, secret] of secrets.entries()) assert.ok(!holds(bytes, secret), `secret ${index}, ${when}`);
		};

		assert.ok((await stat(`${file()}-wal`)).size > 0);
		const running = await written();
		assert.ok(holds(running, OBJECT_NAME), 'the scan reads what is written');
		check(running, 'while it runs');
		first.child.kill('SIGKILL');
		await first.ended;
		check(await written(), 'after kill -9');
		const second = start(rootKey);
		await second.ready;
		second.child.kill();
		await second.ended;
		check(await written(), 'after a clean end');
		for (const vault of [first, second]) check(vault.said(), 'in the output');
		for (const name of await readdir(folder.path)) {
			assert.equal((await stat(path.join(folder.path, name))).mode & 0o077, 0, `only its owner reads ${name}`);
		}
	});

	test('the scan finds a secret in every spelling, in the middle of anything', async () => {
		const leak = path.join(folder.path, 'leak');
		for (const secret of [`CANARY-${randomBytes(12).toString('hex')}`, randomBytes(32)]) {
			const bytes = Buffer.from(secret);
			for (const shift of [0, 1, 2, 3]) {
				const longer = Buffer.concat([randomBytes(shift), bytes, randomBytes(shift)]);
				const encodings = ['hex', 'base64', 'base64url'] as const;
				for (const text of encodings.map((encoding) => longer.toString(encoding))) {
					await writeFile(leak, `${'x'.repeat(shift)}${text}`);
					assert.ok(holds(await written(), secret), `${text.length} characters, shifted by ${shift}`);
				}
			}
			for (const spelling of spellingsOf(secret)) {
				await writeFile(leak, Buffer.concat([randomBytes(7), spelling, randomBytes(7)]));
				assert.ok(holds(await written(), secret));
			}
			await rm(leak);
			assert.ok(!holds(await written(), secret));
		}
	});
});

/** Hands each canary over as a value in every way there is, good and bad. Answers the data keys that came back. */
async function useEverything(ask: Ask, canaries: readonly string[]): Promise<Buffer[]> {
	const [one, two, three, four, five, six] = canaries;
	const key_context = { team: 'quiet' };
	const { body: live } = await ask('POST', '/vault/v1/kv', { name: OBJECT_NAME, value: one, key_context });
	await ask('PUT', `/vault/v1/kv/${String(live.id)}`, { value: two });
	await ask('GET', `/vault/v1/kv/${String(live.id)}`);
	const object = { name: 'catalogue', data: { secret: three }, key_context };
	const { body: catalogue, status } = await ask('POST', '/vault/object/create', object);
	assert.equal(status, 201);
	await ask('PUT', '/vault/object/update', { id: catalogue.id, data: { secret: four }, version: 1 });
	await ask('GET', `/vault/object/get?id=${String(catalogue.id)}`);
	await ask('DELETE', '/vault/object/delete', { id: catalogue.id });

	for (const bound of ['one', 'two']) {
		const { status: added } = await ask('POST', '/_local/customer-keys', { key_context: { organization_id: bound } });
		assert.equal(added, 201);
	}
	const ofCustomer = { name: 'of a customer', value: one, key_context: { organization_id: 'one' } };
	assert.equal((await ask('POST', '/vault/v1/kv', ofCustomer)).status, 201);

	const { body: pair } = await ask('POST', '/vault/v1/keys/data-key', { context: key_context });
	await ask('POST', '/vault/v1/keys/decrypt', { keys: pair.encrypted_keys });
	const { body: other } = await ask('POST', '/vault/key/create-data-key', { key_context });
	const data_key = other.plaintext_key;
	const { body: sealed } = await ask('POST', '/vault/key/encrypt-data', { plaintext: five, data_key });
	const opened = await ask('POST', '/vault/key/decrypt-data', { ...sealed, data_key });
	assert.equal(opened.body.plaintext, five);

	for (const [method, route, body] of [
		['POST', '/vault/v1/kv', { name: OBJECT_NAME, value: six, key_context }],
		['POST', '/vault/v1/kv', { name: 7, value: six, key_context }],
		['POST', '/vault/v1/kv', `{"value":"${six}`],
		['PUT', `/vault/v1/kv/${String(live.id)}`, { value: six, version_check: 'none' }],
		['POST', '/vault/v1/keys/decrypt', { keys: six }],
		['POST', '/vault/object/create', { name: 'catalogue', data: six }],
		['PUT', '/vault/object/update', { id: live.id, data: { secret: six }, version: 1 }],
		['POST', '/vault/key/encrypt-data', { plaintext: six, data_key: six }],
		['POST', '/vault/key/decrypt-data', { ciphertext: six, data_key }],
	] as const) {
		const answer = await ask(method, route, body);
		assert.ok(answer.status >= 400 && answer.status < 500, `${method} ${route}: ${answer.status}`);
		assert.ok(!JSON.stringify(answer.body).includes(String(six)), `${method} ${route} repeats the value`);
	}
	return [pair.data_key, data_key].map((key) => Buffer.from(String(key), 'base64'));
}

/** The key of every value, which the vault itself opens, and the keys that seal those, the customers' among them. */
async function keysOfTheVault(ask: Ask, file: string, rootKey: Buffer): Promise<Buffer[]> {
	const database = new DatabaseSync(file, { readOnly: true });
	const blobs = database.prepare('SELECT sealed_data_key AS blob FROM versions').all() as { blob: Uint8Array }[];
	const keysIn = (table: string) =>
		(database.prepare(`SELECT id, sealed FROM ${table}`).all() as { id: string; sealed: Uint8Array }[]).map((key) =>
			open(rootKey, key.sealed, Buffer.from(key.id)),
		);
	const [ofVault, ofCustomers] = [keysIn('key_encryption_keys'), keysIn('customer_keys')];
	database.close();
	assert.ok(blobs.length >= 5 && ofVault.length >= 1);
	assert.equal(new Set(ofCustomers.map((key) => key.toString('hex'))).size, 2, 'two bound keys differ');
	const opened = blobs.map(({ blob }) =>
		ask<{ data_key: string }>('POST', '/vault/v1/keys/decrypt', { keys: Buffer.from(blob).toString('base64') }),
	);
	return [
		...(await Promise.all(opened)).map(({ body }) => Buffer.from(body.data_key, 'base64')),
		...ofVault,
		...ofCustomers,
	];
}
