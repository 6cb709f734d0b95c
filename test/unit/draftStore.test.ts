import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { DraftStore } from '../../src/editor/draftStore';
import { Draft } from '../../src/vault/draft';
import { FakeVault } from '../support/fakeVault';

suite('Kept drafts', () => {
	let folder: string;
	let secrets: Map<string, string>;
	let first: DraftStore;
	let draft: Draft;

	/** A window of its own over one folder and one secret storage. */
	function openWindow(): DraftStore {
		const context = {
			globalStorageUri: { fsPath: folder },
			secrets: {
				get: (name: string) => Promise.resolve(secrets.get(name)),
				store: (name: string, value: string) => Promise.resolve(void secrets.set(name, value)),
			},
		} as unknown as vscode.ExtensionContext;
		return new DraftStore(context);
	}

	const files = () => readdirSync(path.join(folder, 'drafts'));
	const pathOf = (ending: string) => {
		const file = files().find((name) => name.endsWith(ending));
		assert.ok(file, ending);
		return path.join(folder, 'drafts', file);
	};
	const nothing = () => false;
	const texts = async (window: DraftStore) => (await window.adopt(nothing)).drafts.map(({ text }) => text);

	setup(async () => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'drafts-'));
		secrets = new Map();
		first = openWindow();
		const vault = new FakeVault();
		const { id } = vault.add('token', { team: 'a' }, 'CANARY-base');
		draft = Draft.ofObject('one', await vault.readObject(id));
		draft.write('CANARY-text\r\n\uFEFF\0\u2028\ud83d\ude00 ');
		await first.keep(draft);
	});
	teardown(() => {
		first.dispose();
		rmSync(folder, { recursive: true });
	});

	test('are on the disk, with nothing of them to be read there', () => {
		for (const file of files()) {
			const bytes = readFileSync(path.join(folder, 'drafts', file));
			for (const encoding of ['utf8', 'utf16le', 'base64', 'hex'] as const) {
				for (const word of ['CANARY', 'token', 'team']) {
					assert.ok(!bytes.includes(Buffer.from(Buffer.from(word).toString(encoding))), `${file} ${encoding}`);
				}
			}
		}
		assert.match(pathOf('.sealed'), new RegExp(`${draft.id}\\.sealed$`));
	});

	test('come back exactly as they were', async () => {
		const [kept] = (await first.adopt(nothing)).drafts;
		assert.deepEqual(kept?.snapshot(), draft.snapshot());
	});

	test('follow the text, the last of many changes at once too', async () => {
		for (let key = 0; key < 20; key++) {
			draft.write(`text ${key}`);
			void first.keep(draft);
		}
		await first.flush();
		assert.deepEqual(await texts(first), ['text 19']);
	});

	test('are gone when they are discarded', async () => {
		await first.forget(draft);
		assert.deepEqual(await texts(first), []);
		assert.deepEqual(
			files().filter((file) => !file.endsWith('.window')),
			[],
		);
	});

	test('are gone when the vault holds their text', async () => {
		draft.write('CANARY-base');
		await first.keep(draft);
		assert.deepEqual(await texts(first), []);
	});

	test('belong to one window as long as that lives', async () => {
		const second = openWindow();
		assert.deepEqual(await texts(second), []);
		const other = Draft.restore({ ...draft.snapshot(), text: 'of another window' });
		await assert.rejects(second.keep(other), /Another window has taken over the draft of “token”/);
		await second.forget(other);
		assert.deepEqual(await texts(first), [draft.text]);
		second.dispose();
	});

	test('are for exactly one of several windows when their own has ended', async () => {
		first.dispose();
		rmSync(pathOf('.window'), { force: true });
		const windows = [openWindow(), openWindow(), openWindow()];
		const adopted = await Promise.all(windows.map(texts));
		assert.deepEqual(adopted.flat(), [draft.text]);
		for (const window of windows) window.dispose();
	});

	test('are free when the process of their window is gone', async () => {
		const { pid } = spawnSync(process.execPath, ['--version']);
		writeFileSync(pathOf('.window'), String(pid));
		const second = openWindow();
		assert.deepEqual(await texts(second), [draft.text]);
		second.dispose();
	});

	test('are free when their window has given no sign of life for a minute, whatever has its process number now', async () => {
		const before = new Date(Date.now() - 70_000);
		utimesSync(pathOf('.window'), before, before);
		const second = openWindow();
		assert.deepEqual(await texts(second), [draft.text]);
		second.dispose();
	});

	test('are not opened under another key, nor under another name, nor when they are damaged', async () => {
		const sealed = readFileSync(pathOf('.sealed'));
		writeFileSync(path.join(folder, 'drafts', 'another.sealed'), sealed);
		writeFileSync(pathOf(`${draft.id}.sealed`), sealed.subarray(0, -1));
		assert.deepEqual(await texts(first), []);
		writeFileSync(pathOf(`${draft.id}.sealed`), sealed);
		assert.deepEqual(await texts(first), [draft.text]);
		secrets.clear();
		assert.deepEqual(await first.adopt(nothing), { drafts: [], unreadable: 2 });
	});
});
