import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { CatalogFiles } from '../../../../src/editor/storage/catalogFiles';
import { EditorConnections } from '../../../../src/editor/connection/connections';
import { LocalVault } from '../../../../src/editor/connection/localVault';
import { FakeVault } from '../../../support/fakeVault';
import { eventually } from '../../driver/eventually';

const connection = { id: 'one', name: 'Staging', endpoint: 'https://vault.example.com', isProduction: false };
const key = 'sk_test_CANARY';

/** A window of its own over one folder and one secret storage. */
function openWindow(folder: string, secrets: Map<string, string>): EditorConnections {
	const context = {
		globalStorageUri: vscode.Uri.file(folder),
		secrets: {
			get: (name: string) => Promise.resolve(secrets.get(name)),
			store: (name: string, value: string) => Promise.resolve(void secrets.set(name, value)),
			delete: (name: string) => Promise.resolve(void secrets.delete(name)),
			onDidChange: () => new vscode.Disposable(() => undefined),
		},
	} as unknown as vscode.ExtensionContext;
	const openVault = () => Promise.resolve(Object.assign(new FakeVault(), { dispose: () => undefined }));
	const report = (work: Promise<unknown>) => void work.catch((error: unknown) => assert.fail(String(error)));
	return new EditorConnections(
		context,
		openVault,
		new LocalVault(context),
		new CatalogFiles(context),
		report,
		() => false,
	);
}

suite('Connections over two windows', () => {
	let folder: string;
	let secrets: Map<string, string>;
	let first: EditorConnections;
	let second: EditorConnections;

	setup(async () => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'connections-'));
		secrets = new Map();
		first = openWindow(folder, secrets);
		second = openWindow(folder, secrets);
		await first.open();
		await first.add(connection, key);
		await second.open();
		await second.resume(false);
	});
	teardown(() => {
		first.dispose();
		second.dispose();
		rmSync(folder, { recursive: true });
	});

	test('the key is in the secret storage, and in no file', () => {
		const names = [...secrets].filter(([, secret]) => secret === key).map(([name]) => name);
		assert.deepEqual(names, ['workosVault.apiKey.one']);
		for (const file of readdirSync(folder))
			assert.doesNotMatch(readFileSync(path.join(folder, file), 'utf8'), /CANARY/);
	});

	test('the next window uses the last connection', () => {
		assert.equal(second.session?.connection.name, 'Staging');
	});

	test('signing out in one window removes the key and ends the connection in both', async () => {
		await first.remove(connection);
		assert.equal(first.session, undefined);
		assert.ok(![...secrets.values()].includes(key));
		await eventually(() => assert.equal(second.session, undefined));
		assert.deepEqual(second.list(), []);
	});

	test('a sign-out reaches a window that uses another connection', async () => {
		const told: string[] = [];
		await second.add({ ...connection, id: 'two', name: 'Other' }, 'sk_test_other');
		second.onDidSignOut((id) => told.push(id));
		await first.remove(connection);
		await eventually(() => assert.deepEqual(told, ['one']));
		assert.equal(second.session?.connection.name, 'Other');
	});

	test('a list that is damaged signs nobody out, and is written anew', async () => {
		writeFileSync(path.join(folder, 'connections.json'), '{"connections":');
		await first.add({ ...connection, id: 'two', name: 'Other' }, 'sk_test_other');
		assert.ok(secrets.get('workosVault.apiKey.one'));
		await eventually(() => assert.equal(second.list().length, 2));
		assert.equal(second.session?.connection.name, 'Staging');
	});

	test('two connections that are made at once are both kept', async () => {
		const make = (id: string) => first.add({ ...connection, id, name: id }, `sk_test_${id}`);
		await Promise.all([make('two'), make('three')]);
		assert.deepEqual(
			first.list().map(({ id }) => id),
			['one', 'two', 'three'],
		);
	});

	test('a key of production marks its connection as production', async () => {
		await first.replaceKey(connection, 'sk_live_CANARY');
		assert.equal(first.session?.connection.isProduction, true);
	});

	test('a key that was replaced in one window is used in the other', async () => {
		const before = second.session;
		await first.replaceKey(connection, 'sk_test_next');
		await eventually(() => {
			assert.ok(second.session);
			assert.notEqual(second.session, before);
		});
	});
});
