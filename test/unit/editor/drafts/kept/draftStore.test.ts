import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import type * as vscode from 'vscode';
import { DraftStore } from '../../../../../src/editor/drafts/kept/draftStore';
import { Draft } from '../../../../../src/vault/drafts/draft';
import { pause } from '../../../../../src/vault/pause';
import { FakeVault } from '../../../../support/fakeVault';
import { breakDisk, failing } from '../../../../support/faultyDisk';
import { removeFolder } from '../../../../support/removeFolder';

suite('Kept drafts', () => {
	let folder: string;
	let secrets: Map<string, string>;
	let first: DraftStore;
	let draft: Draft;
	let isClientThere = true;

	/** A window of its own over one folder and one secret storage. */
	function openWindow(): DraftStore {
		const context = {
			globalStorageUri: { fsPath: folder },
			secrets: {
				get: (name: string) => (isClientThere ? Promise.resolve(secrets.get(name)) : new Promise(() => undefined)),
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
	/** As a keyring that is locked. A key that was made long ago is not waited for. */
	const loseKey = () => {
		secrets.clear();
		utimesSync(path.join(folder, 'workosVault.storageKey.made'), 0, 0);
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
		removeFolder(folder);
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

	/** Goes on for so long in steps of a sign of life; what the windows do upon it is done. */
	async function elapse(ms: number): Promise<void> {
		for (let passed = 0; passed < ms; passed += 10_000) {
			mock.timers.tick(10_000);
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	test('are free when their window has given no sign of life for a minute, whatever has its process number now', async () => {
		mock.timers.enable({ apis: ['setInterval', 'Date'], now: Date.now() });
		mock.method(performance, 'now', () => Date.now());
		const second = openWindow();
		try {
			utimesSync(pathOf('.window'), 0, 0);
			assert.deepEqual(await texts(second), [], 'its clock may go otherwise');
			await elapse(60_000);
			assert.deepEqual(await texts(second), []);
			await elapse(10_000);
			assert.deepEqual(await texts(second), [draft.text]);
		} finally {
			second.dispose();
			mock.timers.reset();
			mock.restoreAll();
		}
	});

	test('stay with a window whose sign of life was removed, which gives another one', async () => {
		mock.timers.enable({ apis: ['setInterval', 'Date'], now: Date.now() });
		try {
			const other = Draft.restore({ ...draft.snapshot(), id: 'another', text: 'another text' });
			const window = openWindow();
			await window.keep(other);
			for (const file of files()) {
				if (file.endsWith('.window')) rmSync(path.join(folder, 'drafts', file));
			}
			await elapse(10_000);
			while (files().filter((file) => file.endsWith('.window')).length === 0) await pause(5);
			const second = openWindow();
			assert.deepEqual(await texts(second), [draft.text], 'the first window’s clock began before this one');
			for (const each of [window, second]) each.dispose();
		} finally {
			mock.timers.reset();
		}
	});

	test('of windows that ended leave no sign of life behind', async () => {
		const { pid } = spawnSync(process.execPath, ['--version']);
		writeFileSync(path.join(folder, 'drafts', 'ended.window'), `${pid} ${os.hostname()}`);
		writeFileSync(path.join(folder, 'drafts', 'elsewhere.window'), `${pid} another-machine`);
		const second = openWindow();
		await second.adopt(nothing);
		second.dispose();
		assert.ok(!files().includes('ended.window'));
		assert.ok(files().includes('elsewhere.window'), 'nobody here knows of that one');
	});

	test('are kept once the disk takes them, without a word of anybody', async () => {
		mock.timers.enable({ apis: ['setTimeout'] });
		const recovered: string[] = [];
		first.onDidRecover((id) => recovered.push(id));
		const mend = breakDisk(failing('ENOSPC', ['writeFile'], /\.sealed\./));
		try {
			draft.write('written to a full disk');
			await assert.rejects(
				first.keep(draft),
				/“token” can’t be kept: the disk is full\. .* It is tried again by itself/,
			);
			draft.write('and more');
			await assert.rejects(first.keep(draft));
			assert.equal(first.isRefused(draft), true);
			mend();
			assert.deepEqual(recovered, []);
			mock.timers.tick(4_000);
			while (recovered.length === 0) await new Promise((resolve) => setImmediate(resolve));
			assert.deepEqual(recovered, [draft.id]);
			assert.equal(first.isRefused(draft), false);
		} finally {
			mend();
			mock.timers.reset();
		}
		assert.deepEqual(await texts(first), ['and more']);
		assert.deepEqual(
			files().filter((file) => /\.sealed\./.test(file)),
			[],
		);
	});

	test('are tried again before they leave memory', async () => {
		const mend = breakDisk(failing('EIO', ['renameSync'], /\.sealed\./));
		draft.write('not on the disk');
		await assert.rejects(first.keep(draft), /the disk reports an error/);
		assert.deepEqual([...(await first.flush())], [draft.id]);
		assert.deepEqual(
			files().filter((file) => /\.sealed\./.test(file)),
			[],
		);
		mend();
		assert.deepEqual([...(await first.flush())], []);
		assert.deepEqual(await texts(first), ['not on the disk']);
	});

	for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
		test(`are kept though somebody has their file open for a moment (${code})`, async () => {
			const mend = breakDisk(failing(code, ['renameSync', 'rm'], /\.sealed/, 3));
			draft.write('while a scanner reads');
			await first.keep(draft).finally(mend);
			assert.deepEqual(await texts(first), ['while a scanner reads']);
			assert.deepEqual(
				files().filter((file) => /\.sealed\./.test(file)),
				[],
			);
		});
	}

	test('stay with a living window whose first sign of life could not be written', async () => {
		const window = openWindow();
		const other = Draft.restore({ ...draft.snapshot(), id: 'another', text: 'another text' });
		const mend = breakDisk(failing('ENOSPC', ['writeFile'], /\.window$/));
		await assert.rejects(window.keep(other), /the disk is full/).finally(mend);
		await window.flush();
		const second = openWindow();
		assert.deepEqual(await texts(second), []);
		assert.deepEqual((await texts(window)).sort(), ['another text']);
		for (const each of [window, second]) each.dispose();
	});

	test('are taken over by nobody who can’t tell whether their window lives', async () => {
		for (const [operation, ending] of [
			['readFile', 'owner'],
			['readFile', 'window'],
			['stat', 'window'],
		] as const) {
			const second = openWindow();
			await second.adopt(() => true);
			const mend = breakDisk(failing('EIO', [operation], new RegExp(`\\.${ending}$`)));
			const adopted = await second.adopt(nothing).finally(mend);
			assert.deepEqual([adopted.drafts, adopted.unreadable], [[], 0], `${operation} ${ending}`);
			assert.match(String(adopted.fault), /EIO/);
			second.dispose();
		}
		draft.write('still mine');
		await first.keep(draft);
	});

	test('are not written over by a window that was cut off and has lost them', async () => {
		const second = openWindow();
		const before = draft.text;
		let adopted: string[] = [];
		draft.write('typed in the first window');
		const { writeFile } = promises;
		promises.writeFile = async (...args) => {
			await writeFile(...args);
			if (typeof args[0] === 'string' && args[0].includes('.sealed.')) {
				promises.writeFile = writeFile;
				rmSync(pathOf('.window'), { force: true });
				adopted = await texts(second);
			}
		};
		try {
			await assert.rejects(first.keep(draft), /Another window has taken over the draft of “token”/);
		} finally {
			promises.writeFile = writeFile;
		}
		assert.equal(first.isRefused(draft), true, 'only its memory has what was typed');
		assert.deepEqual(adopted, [before]);
		assert.deepEqual(await texts(second), [before]);
		await first.forget(draft);
		assert.deepEqual(await texts(second), [before]);
		second.dispose();
	});

	test('of an ended window come without what it had not finished writing', async () => {
		const unfinished = path.join(folder, 'drafts', `${draft.id}.sealed.${crypto.randomUUID()}`);
		writeFileSync(unfinished, 'put in place by nobody any more');
		first.dispose();
		rmSync(pathOf('.window'), { force: true });
		const second = openWindow();
		assert.deepEqual(await texts(second), [draft.text]);
		assert.ok(!files().includes(path.basename(unfinished)));
		second.dispose();
	});

	test('are not removed by a window that was cut off and has lost them', async () => {
		const second = openWindow();
		const before = draft.text;
		const { readFile } = promises;
		// It has just seen that the draft is its own.
		promises.readFile = (async (...args: Parameters<typeof readFile>) => {
			const content = await readFile(...args);
			if (args[0] === path.join(folder, 'drafts', `${draft.id}.owner`)) {
				promises.readFile = readFile;
				rmSync(pathOf('.window'), { force: true });
				assert.deepEqual(await texts(second), [before]);
			}
			return content;
		}) as typeof readFile;
		try {
			await first.forget(draft);
		} finally {
			promises.readFile = readFile;
		}
		assert.deepEqual(await texts(second), [before]);
		second.dispose();
	});

	test('whose key is gone let no other key take its place, and are not removed unasked', async () => {
		const kept = new Map(secrets);
		loseKey();
		const second = openWindow();
		const other = Draft.restore({ ...draft.snapshot(), id: 'another', text: 'another text' });
		await assert.rejects(second.keep(other), /can’t be kept: the key of what is kept there is missing/);
		await assert.rejects(second.prepare(), /the key of what is kept there is missing/);
		assert.equal(secrets.size, 0);
		assert.equal(await second.hasKey(), false);
		for (const [name, key] of kept) secrets.set(name, key);
		await second.flush();
		assert.deepEqual(await texts(first), [draft.text], 'the keyring was unlocked');
		assert.deepEqual(await texts(second), ['another text']);
		second.dispose();
	});

	test('whose key is gone can be discarded, and the next ones have a new key', async () => {
		first.dispose();
		rmSync(pathOf('.window'), { force: true });
		loseKey();
		const second = openWindow();
		assert.equal((await second.adopt(nothing)).unreadable, 1);
		await second.discardUnreadable();
		assert.deepEqual(
			files().filter((file) => /\.(sealed|owner)$/.test(file)),
			[],
		);
		const other = Draft.restore({ ...draft.snapshot(), id: 'another', text: 'another text' });
		await second.keep(other);
		await second.discardUnreadable();
		assert.deepEqual(await texts(second), ['another text']);
		second.dispose();
	});

	test('of two windows whose client sleeps are taken over by neither, nor when it is back', async () => {
		mock.timers.enable({ apis: ['setInterval', 'Date'], now: Date.now() });
		mock.method(performance, 'now', () => Date.now());
		const second = openWindow();
		try {
			const other = Draft.restore({ ...draft.snapshot(), id: 'another', text: 'another text' });
			const third = openWindow();
			await third.keep(other);
			assert.deepEqual(await texts(second), []);
			isClientThere = false;
			await elapse(120_000);
			assert.deepEqual(await texts(second), []);
			isClientThere = true;
			mock.timers.tick(10_000);
			assert.deepEqual(await texts(second), []);
			third.dispose();
		} finally {
			isClientThere = true;
			second.dispose();
			mock.timers.reset();
			mock.restoreAll();
		}
	});

	test('are kept though somebody has the owner’s file open for a moment', async () => {
		const mend = breakDisk(failing('EBUSY', ['readFileSync'], /\.owner$/, 2));
		draft.write('while a scanner reads');
		await first.keep(draft).finally(mend);
		assert.deepEqual(await texts(first), ['while a scanner reads']);
	});

	test('that another window wrote meanwhile, which has ended, are kept beside those of the one that was cut off', async () => {
		const life = pathOf('.window');
		const content = readFileSync(life);
		rmSync(life);
		const second = openWindow();
		const [adopted] = (await second.adopt(nothing)).drafts;
		assert.ok(adopted);
		adopted.write('newer words of the second window');
		await second.keep(adopted);
		second.dispose();
		for (const file of files()) if (file.endsWith('.window')) rmSync(path.join(folder, 'drafts', file));
		writeFileSync(life, content);
		draft.write('older words of the first one');
		await first.keep(draft);
		assert.deepEqual((await texts(first)).sort(), ['newer words of the second window', 'older words of the first one']);
	});

	test('are kept again after their folder was removed', async () => {
		rmSync(path.join(folder, 'drafts'), { recursive: true });
		draft.write('written anew');
		await first.keep(draft);
		assert.deepEqual(await texts(first), ['written anew']);
	});

	test('that could not be discarded are gone as soon as the disk lets go of them', async () => {
		const mend = breakDisk(failing('EIO', ['rmSync'], /\.sealed$/));
		await assert.rejects(first.forget(draft), /“token” can’t be removed .* the disk reports an error/);
		mend();
		await first.flush();
		assert.deepEqual(await texts(first), []);
	});

	test('are tried no more by a window that has ended', async () => {
		const before = draft.text;
		const mend = breakDisk(failing('ENOSPC', ['writeFile'], /\.sealed\./));
		try {
			draft.write('too late');
			const keeping = first.keep(draft);
			first.dispose();
			await assert.rejects(keeping, /the disk is full/);
		} finally {
			mend();
		}
		// It would try what is left to be tried.
		await first.flush();
		for (const file of files()) if (file.endsWith('.window')) rmSync(path.join(folder, 'drafts', file));
		const second = openWindow();
		assert.deepEqual(await texts(second), [before]);
		second.dispose();
	});

	test('that this client has no key for are left to the one that has it', async () => {
		first.dispose();
		rmSync(pathOf('.window'), { force: true });
		const kept = new Map(secrets);
		secrets = new Map([['workosVault.storageKey', Buffer.alloc(32).toString('base64')]]);
		const stranger = openWindow();
		assert.deepEqual(await stranger.adopt(nothing), { drafts: [], unreadable: 1 });
		secrets = kept;
		const second = openWindow();
		assert.deepEqual(await texts(second), [draft.text]);
		for (const each of [stranger, second]) each.dispose();
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
