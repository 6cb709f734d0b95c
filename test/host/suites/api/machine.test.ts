import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { EditorClipboard } from '../../../../src/editor/ui/clipboard';
import { ConnectionList } from '../../../../src/editor/connection/connectionList';
import { DraftStore } from '../../../../src/editor/drafts/kept/draftStore';
import { LocalVault } from '../../../../src/editor/connection/localVault';
import { PrivacyFile } from '../../../../src/editor/storage/privacyFile';
import { Draft } from '../../../../src/vault/drafts/draft';
import { eventually } from '../../driver/eventually';
import { extension } from '../../driver/product';
import type { Result, Task } from './window.process';

/** For so long two processes change what all windows share; a minute in the workflow. */
const forMs = Number(process.env['SHARED_FOR_MS'] ?? 5_000);

suite('On this machine', () => {
	let folder: string;
	let secrets: Map<string, string>;

	setup(() => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'machine-'));
		secrets = new Map();
	});
	teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

	const secretStorage = () => ({
		keys: () => Promise.resolve([...secrets.keys()]),
		get: (name: string) => Promise.resolve(secrets.get(name)),
		store: (name: string, value: string) => Promise.resolve(void secrets.set(name, value)),
		delete: (name: string) => Promise.resolve(void secrets.delete(name)),
		onDidChange: () => new vscode.Disposable(() => undefined),
	});
	const context = () =>
		({
			globalStorageUri: vscode.Uri.file(folder),
			extensionPath: extension().extensionPath,
			secrets: secretStorage(),
		}) as unknown as vscode.ExtensionContext;

	test('Local Vault starts, answers, and ends, whatever a person has Node do elsewhere', async () => {
		const vault = new LocalVault(context());
		process.env['NODE_OPTIONS'] = '--require ./there-is-no-such-file.cjs';
		try {
			const { url, apiKey } = await vault.start();
			const headers = { authorization: `Bearer ${apiKey}` };
			const answer = await fetch(`${url}/vault/v1/kv?limit=1`, { headers });
			assert.equal(answer.status, 200);
			assert.equal(((await answer.json()) as { data: unknown[] }).data.length, 1);
			vault.dispose();
			await eventually(() => assert.rejects(fetch(`${url}/vault/v1/kv`, { headers })));
		} finally {
			delete process.env['NODE_OPTIONS'];
			vault.dispose();
		}
	});

	test('Local Vault without its key says so, and an empty one is started when that is asked for', async () => {
		const vault = new LocalVault(context());
		const databases = () => readdirSync(folder).filter((file) => file.endsWith('.sqlite'));
		try {
			await vault.start();
			vault.dispose();
			secrets.clear();
			await assert.rejects(vault.start(), /its key is missing from the secret storage of this machine/);
			assert.equal(secrets.size, 0);
			await vault.makeNewKey();
			await vault.start();
			assert.equal(databases().length, 2);
		} finally {
			vault.dispose();
		}
	});

	test('a draft is written, kept encrypted, and taken over by the next window', async () => {
		const first = new DraftStore(context());
		const draft = Draft.ofNewObject('one', 'token', {});
		for (let key = 0; key < 30; key++) {
			draft.write(`CANARY ${key}`);
			void first.keep(draft);
		}
		await first.flush();
		first.dispose();
		const drafts = path.join(folder, 'drafts');
		for (const file of readdirSync(drafts)) {
			assert.doesNotMatch(readFileSync(path.join(drafts, file), 'latin1'), /CANARY/);
			assert.doesNotMatch(file, /\.sealed\./);
		}
		const second = new DraftStore(context());
		await eventually(async () => {
			const adopted = await second.adopt(() => false);
			assert.deepEqual(
				adopted.drafts.map(({ text }) => text),
				['CANARY 29'],
			);
		});
		await second.forget(draft);
		second.dispose();
	});

	test(`two processes share connections and the lock for ${forMs / 1000} s, and lose none`, async () => {
		const others = ['one', 'two'].map((name) => {
			const other = fork(path.join(__dirname, 'window.process.js'), {
				env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
			});
			other.send({ folder, name, forMs } satisfies Task);
			return other;
		});
		try {
			const results = (await Promise.all(others.map((other) => once(other, 'message')))).map(
				([result]) => result as Result,
			);
			for (const { failures, changes } of results) {
				assert.deepEqual(failures, []);
				assert.ok(changes > 5, `${changes} changes`);
			}
			const list = new ConnectionList(folder, secretStorage(), (work) => void work.catch(assert.fail));
			const privacy = new PrivacyFile(folder);
			await Promise.all([list.open(), privacy.open()]);
			const ids = list.all.map(({ id }) => id);
			assert.deepEqual(ids.sort(), results.flatMap(({ connections }) => connections).sort());
			await privacy.set({ isLocked: true });
			const next = new PrivacyFile(folder);
			await next.open();
			assert.equal(next.state.isLocked, true);
			assert.deepEqual(
				readdirSync(folder).filter((file) => !/^(connections|privacy)\.json$/.test(file)),
				[],
				'temporary files and locks',
			);
			for (const part of [list, privacy, next]) part.dispose();
		} finally {
			for (const other of others) other.kill();
		}
	}).timeout(forMs + 60_000);

	test('a copied value is cleared from the clipboard when its time is up', async () => {
		const settings = vscode.workspace.getConfiguration('workosVault');
		const clipboard = new EditorClipboard();
		await settings.update('clipboard.clearAfter', 1, vscode.ConfigurationTarget.Global);
		try {
			assert.equal(await clipboard.copySecret('CANARY'), 1);
			assert.equal(await vscode.env.clipboard.readText(), 'CANARY');
			await eventually(async () => assert.equal(await vscode.env.clipboard.readText(), ''));
		} finally {
			clipboard.dispose();
			await settings.update('clipboard.clearAfter', undefined, vscode.ConfigurationTarget.Global);
		}
	});
});
