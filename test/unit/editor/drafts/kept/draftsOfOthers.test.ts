import assert from 'node:assert/strict';
import fs, { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import path from 'node:path';
import { mock } from 'node:test';
import type { DraftStore } from '../../../../../src/editor/drafts/kept/draftStore';
import { SealedFiles } from '../../../../../src/editor/storage/sealedFiles';
import { wordsOfDiskFault } from '../../../../../src/editor/storage/diskFaults';
import { Draft } from '../../../../../src/vault/drafts/draft';
import { pause } from '../../../../../src/vault/pause';
import { DraftWindows, secretsOver, textsOf } from '../../../../support/draftWindows';
import { breakDisk, failing } from '../../../../support/faultyDisk';

suite('Drafts over a disk that fails while windows come and go', () => {
	let secrets: Map<string, string>;
	let windows: DraftWindows;
	let first: DraftStore;
	let draft: Draft;
	let mend: () => void;

	const newDraft = (text: string) => {
		const made = Draft.ofNewObject('one', 'token', {});
		made.write(text);
		return made;
	};
	/** A key that was made long ago is not waited for. */
	const loseKey = () => {
		secrets.clear();
		utimesSync(path.join(windows.folder, 'workosVault.storageKey.made'), 0, 0);
	};
	/** Another window takes the draft over, writes to it, and ends. */
	const writeElsewhere = async (text: string) => {
		const giveBack = windows.endLives();
		const second = windows.open();
		const [adopted] = (await second.adopt(() => false)).drafts;
		assert.ok(adopted);
		adopted.write(text);
		await second.keep(adopted);
		second.dispose();
		while (windows.ending('.window').length > 0) await pause(1);
		giveBack();
	};

	setup(async () => {
		mend = () => undefined;
		secrets = new Map();
		windows = new DraftWindows(secrets);
		first = windows.open();
		draft = newDraft('base');
		await first.keep(draft);
	});
	teardown(() => {
		mend();
		windows.dispose();
		mock.restoreAll();
	});

	for (const [when, fault] of [
		['the disk is full', failing('ENOSPC', ['writeFile'], /\.sealed\./, 1)],
		['its file can’t be looked at', failing('EIO', ['open'], /\.sealed$/, 1)],
		['its file can’t be read', failing('EIO', ['readFile'], /\.sealed$/, 1)],
		['its file is not seen', failing('ENOENT', ['readFile', 'open'], /\.sealed$/)],
		['its owner’s file can’t be written', failing('EIO', ['writeFileSync'], /\.owner$/, 1)],
	] as const) {
		test(`what another window wrote is kept beside a window’s own words where, at first, ${when}`, async () => {
			await writeElsewhere('newer words');
			mend = breakDisk(fault);
			draft.write('older words');
			await assert.rejects(first.keep(draft), /It is tried again by itself/);
			mend();
			await first.flush();
			assert.deepEqual(await textsOf(first), ['newer words', 'older words']);
		});
	}

	test('what another window wrote is kept where the key is away for a moment', async () => {
		await writeElsewhere('newer words');
		const kept = new Map(secrets);
		loseKey();
		draft.write('older words');
		await assert.rejects(first.keep(draft), /the key of what is kept there is missing/);
		for (const [name, key] of kept) secrets.set(name, key);
		await first.flush();
		assert.deepEqual(await textsOf(first), ['newer words', 'older words']);
	});

	test('what another window wrote is kept where a window stood still right after it had written', async () => {
		const { rm } = promises;
		mock.method(promises, 'rm', async (...args: Parameters<typeof rm>) => {
			if (/\.sealed\./.test(String(args[0]))) {
				promises.rm = rm;
				await writeElsewhere('newer words');
			}
			return rm(...args);
		});
		draft.write('older words');
		await first.keep(draft);
		draft.write('words after that');
		await first.keep(draft);
		assert.deepEqual(await textsOf(first), ['newer words', 'words after that']);
	});

	test('a draft is opened although another key took the place of its own while it was written', async () => {
		mend = breakDisk((operation) => {
			if (operation === 'renameSync')
				secrets.set('workosVault.storageKey', Buffer.alloc(32, secrets.size).toString('base64'));
			return undefined;
		});
		draft.write('under which key');
		await first.keep(draft);
		mend();
		assert.deepEqual(await textsOf(first), ['under which key']);
	});

	for (const [operation, ending] of [
		['readFile', 'owner'],
		['readFile', 'window'],
		['stat', 'window'],
	] as const) {
		test(`a file that is not seen for a moment (${ending}, ${operation}) takes no draft from a living window`, async () => {
			const of = { owner: `${draft.id}.owner`, window: String(windows.ending('.window')[0]) }[ending];
			const second = windows.open();
			await second.keep(newDraft('of the second'));
			// As often as it would be asked about without a second look.
			mend = breakDisk(failing('ENOENT', [operation], new RegExp(`${of}$`), 2));
			assert.deepEqual(await textsOf(second), ['of the second']);
			draft.write('still mine');
			await first.keep(draft);
		});
	}

	test('a draft that is not seen for a moment is none that can’t be opened', async () => {
		windows.endLives();
		mend = breakDisk(failing('ENOENT', ['readFile'], /\.sealed$/, 1));
		const { drafts, unreadable } = await windows.open().adopt(() => false);
		assert.deepEqual([drafts.map(({ text }) => text), unreadable], [['base'], 0]);
	});

	test('an owner’s file that is not seen for a moment is no other window', async () => {
		mend = breakDisk(failing('ENOENT', ['readFileSync'], /\.owner$/, 1));
		draft.write('still mine');
		await assert.rejects(first.keep(draft), /can’t be seen just now\. .* It is tried again by itself/);
		await first.flush();
		assert.equal(first.isRefused(draft), false);
		assert.deepEqual(await textsOf(first), ['still mine']);
	});

	for (const code of ['EPERM', 'ENOSYS', 'ENOTSUP']) {
		test(`drafts are kept where nobody may set a file’s time (${code}), and stay with their window`, async () => {
			mock.timers.enable({ apis: ['setInterval', 'Date'], now: Date.now() });
			mock.method(performance, 'now', () => Date.now());
			try {
				mend = breakDisk(failing(code, ['utimes'], /./));
				const living = windows.open();
				await living.keep(newDraft('words'));
				const second = windows.open();
				for (let passed = 0; passed < 120_000; passed += 10_000) {
					const before = windows.ending('.window').map((file) => readFileSync(windows.path(file), 'utf8'));
					mock.timers.tick(10_000);
					const isRenewed = () =>
						windows.ending('.window').some((file) => !before.includes(readFileSync(windows.path(file), 'utf8')));
					while (!isRenewed()) await pause(1);
					await pause(5);
					assert.deepEqual(
						(await textsOf(second)).filter((text) => text === 'words'),
						[],
					);
				}
			} finally {
				mock.timers.reset();
			}
		});
	}

	test('a living window of a machine whose clock goes otherwise keeps its draft', async () => {
		mock.timers.enable({ apis: ['setInterval', 'Date'], now: Date.now() });
		mock.method(performance, 'now', () => Date.now());
		try {
			const [life] = windows.ending('.window');
			assert.ok(life);
			const second = windows.open();
			for (let passed = 0; passed < 120_000; passed += 10_000) {
				writeFileSync(windows.path(life), '1 another-machine');
				utimesSync(windows.path(life), passed / 1000, passed / 1000);
				assert.deepEqual(await textsOf(second), []);
				mock.timers.tick(10_000);
				await new Promise((resolve) => setImmediate(resolve));
			}
		} finally {
			mock.timers.reset();
		}
	});

	test('no key is made over drafts whose folder is not seen for a moment', async () => {
		loseKey();
		mend = breakDisk(failing('ENOENT', ['readdir'], /drafts$/, 1));
		await assert.rejects(windows.open().prepare(), /the key of what is kept there is missing/);
		assert.equal(secrets.size, 0);
	});

	test('a secret storage that fails is told of, and tried again', async () => {
		let isBroken = true;
		const refuse = () => Promise.reject(new Error('the keyring is locked'));
		const whole = secretsOver(secrets);
		const window = windows.open({
			get: (name) => (isBroken ? refuse() : whole.get(name)),
			store: (name, value) => (isBroken ? refuse() : whole.store(name, value)),
		});
		const other = newDraft('of the second');
		await assert.rejects(window.keep(other), /the secret storage of this machine refused it\. .* tried again/);
		isBroken = false;
		assert.deepEqual([...(await window.flush())], []);
		assert.deepEqual(await textsOf(window), ['of the second']);
	});

	test('drafts are kept on a disk without hard links', async () => {
		const refuse = () => Promise.reject(Object.assign(new Error('ENOTSUP: link'), { code: 'ENOTSUP' }));
		mock.method(promises, 'link', refuse);
		mock.method(fs, 'linkSync', () => assert.fail('ENOTSUP: link'));
		const second = windows.open();
		await second.keep(newDraft('without links'));
		assert.deepEqual(await textsOf(windows.open()), []);
		windows.endLives();
		assert.deepEqual(await textsOf(windows.open()), ['base', 'without links']);
	});

	test('a discarded draft that the disk refuses to remove is gone when the window has ended', async () => {
		mend = breakDisk(failing('EIO', ['rmSync'], /\.sealed$/, 1));
		await assert.rejects(first.forget(draft), /can’t be removed/);
		await first.flush();
		assert.deepEqual(windows.ending('.sealed'), []);
	});

	test('what a window left that ended in the middle of its first write is removed, and nothing of a living one', async () => {
		const unfinished = `begun.sealed.${crypto.randomUUID()}`;
		writeFileSync(windows.path(unfinished), 'half');
		writeFileSync(windows.path('begun.owner'), crypto.randomUUID());
		const [life] = windows.ending('.window');
		writeFileSync(windows.path('living.owner'), String(life).replace('.window', ''));
		writeFileSync(windows.path(`living.sealed.${crypto.randomUUID()}`), 'half');
		assert.deepEqual(await textsOf(windows.open()), []);
		assert.deepEqual(
			windows.ending('').filter((file) => file.startsWith('begun')),
			[],
		);
		assert.equal(windows.ending('').filter((file) => file.startsWith('living')).length, 2);
	});

	test('a draft of another version stays as it is, free, and is told of as what it is', async () => {
		const files = new SealedFiles(windows.folder, 'drafts', secretsOver(secrets) as never);
		await files.write('newer', '{"version": 2}');
		const { drafts, unreadable, fault } = await first.adopt(() => false);
		assert.deepEqual([drafts.length, unreadable], [1, 0]);
		assert.equal(wordsOfDiskFault(fault), 'another version of this extension wrote what is kept there');
		assert.equal(existsSync(windows.path('newer.owner')), false);
		await first.discardUnreadable();
		assert.equal(await files.read('newer'), '{"version": 2}');
	});

	test('discarding what could not be opened leaves what can be by then', async () => {
		const kept = new Map(secrets);
		loseKey();
		assert.equal((await first.adopt(() => false)).unreadable, 1);
		for (const [name, key] of kept) secrets.set(name, key);
		await first.discardUnreadable();
		assert.deepEqual(await textsOf(first), ['base']);
	});

	test('discarding what can’t be opened takes nothing that can, nor its window from a draft', async () => {
		writeFileSync(windows.path('damaged.sealed'), 'damaged');
		assert.equal((await first.adopt(() => false)).unreadable, 1);
		const later = newDraft('later');
		await first.keep(later);
		mend = breakDisk(failing('ENOENT', ['readFile'], /\.sealed$/, 1));
		await first.discardUnreadable();
		assert.deepEqual(windows.ending('.sealed').sort(), [`${draft.id}.sealed`, `${later.id}.sealed`].sort());
		assert.deepEqual(await textsOf(windows.open()), [], 'they are the first window’s');
	});
});
