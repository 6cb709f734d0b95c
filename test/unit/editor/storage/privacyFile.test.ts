import assert from 'node:assert/strict';
import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PrivacyFile, type PrivacyState } from '../../../../src/editor/storage/privacyFile';
import { breakDisk, failing } from '../../../support/faultyDisk';
import { removeFolder } from '../../../support/removeFolder';
import { eventually } from '../../../host/driver/eventually';

suite('Lock and presentation mode over windows', () => {
	let folder: string;
	let first: PrivacyFile;
	let second: PrivacyFile;
	let mend: () => void;

	const file = () => path.join(folder, 'privacy.json');
	const onDisk = () => {
		const { isLocked, isPresenting } = JSON.parse(readFileSync(file(), 'utf8')) as PrivacyState;
		return { isLocked, isPresenting };
	};
	const open = { isLocked: false, isPresenting: false };
	const locked = { isLocked: true, isPresenting: false };

	setup(async () => {
		mend = () => undefined;
		folder = mkdtempSync(path.join(os.tmpdir(), 'privacy-'));
		first = new PrivacyFile(folder);
		second = new PrivacyFile(folder);
		await first.open();
		await second.open();
	});
	teardown(() => {
		mend();
		first.dispose();
		second.dispose();
		removeFolder(folder);
	});

	test('a change is told of in the window that made it and in the other one, with what was before', async () => {
		const told: unknown[] = [];
		first.onDidChange((before) => told.push(['first', before]));
		second.onDidChange((before) => told.push(['second', before]));
		await first.set({ isLocked: true });
		await eventually(() => assert.equal(told.length, 2));
		assert.deepEqual(told, [
			['first', open],
			['second', open],
		]);
		assert.deepEqual(second.state, locked);
	});

	test('a lock holds in its window at once, before it is on the disk', () => {
		void first.set({ isLocked: true });
		assert.deepEqual(first.state, locked);
	});

	test('a lock that the disk refuses holds in its window, and in the others as soon as the disk takes it', async () => {
		mend = breakDisk(failing('ENOSPC', ['writeFile', 'open'], /privacy/));
		await assert.rejects(first.set({ isLocked: true }), /ENOSPC/);
		assert.deepEqual([first.state, second.state], [locked, open]);
		await assert.rejects(first.check(), /ENOSPC/);
		mend();
		await first.check();
		assert.deepEqual(onDisk(), locked);
		await second.check();
		assert.deepEqual([first.state, second.state], [locked, locked]);
	});

	test('a lock that the disk refused is taken off without it', async () => {
		mend = breakDisk(failing('ENOSPC', ['writeFile', 'open'], /privacy/));
		await assert.rejects(first.set({ isLocked: true }), /ENOSPC/);
		await first.set({ isLocked: false });
		assert.deepEqual(first.state, open);
	});

	test('a lock that the disk has stays where the disk refuses to have it taken off', async () => {
		await first.set({ isLocked: true });
		mend = breakDisk(failing('EROFS', ['writeFile', 'open'], /privacy/));
		await assert.rejects(first.set({ isLocked: false }), /EROFS/);
		assert.deepEqual(first.state, locked);
	});

	test('a lock that is asked for while an unlock is being written holds all the time', async () => {
		await first.set({ isLocked: true });
		const told: boolean[] = [];
		first.onDidChange(() => told.push(first.state.isLocked));
		const unlocking = first.set({ isLocked: false });
		const locking = first.set({ isLocked: true });
		await Promise.all([unlocking, locking]);
		assert.deepEqual([told, first.state, onDisk()], [[], locked, locked]);
	});

	test('a lock that fails after an unlock is owed, and written later', async () => {
		await first.set({ isLocked: true });
		const unlocking = first.set({ isLocked: false });
		let renamings = 0;
		mend = breakDisk((operation) => (operation === 'renameSync' && ++renamings > 1 ? 'EIO' : undefined));
		const locking = first.set({ isLocked: true });
		await unlocking;
		await assert.rejects(locking, /EIO/);
		assert.deepEqual([first.state, onDisk()], [locked, open]);
		mend();
		await first.check();
		assert.deepEqual(onDisk(), locked);
	});

	test('a look does not lock again what is just being unlocked', async () => {
		mend = breakDisk(failing('EIO', ['renameSync'], /privacy/, 1));
		await assert.rejects(first.set({ isLocked: true }), /EIO/);
		await Promise.all([first.set({ isLocked: false }), first.check()]);
		assert.deepEqual([first.state, onDisk()], [open, open]);
	});

	test('a window that could not write takes in what gets stricter in the other one', async () => {
		mend = breakDisk(failing('EIO', ['writeFile', 'open'], /privacy/));
		await assert.rejects(first.set({ isPresenting: true }), /EIO/);
		mend();
		await second.set({ isLocked: true });
		await first.check();
		assert.deepEqual(first.state, { isLocked: true, isPresenting: true });
		assert.deepEqual(onDisk(), { isLocked: true, isPresenting: true });
	});

	test('a failure while it is written puts nothing back that the other window changed meanwhile', async () => {
		await second.set({ isLocked: true });
		mend = breakDisk(failing('EIO', ['renameSync'], /privacy/, 1));
		await assert.rejects(first.set({ isPresenting: true }), /EIO/);
		await first.check();
		assert.deepEqual(onDisk(), { isLocked: true, isPresenting: true });
	});

	for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
		test(`a lock reaches the other window though somebody has the file open for a moment (${code})`, async () => {
			mend = breakDisk(failing(code, ['renameSync', 'readFile', 'open'], /privacy/, 5));
			await first.set({ isLocked: true });
			await second.check();
			assert.deepEqual(second.state, locked);
		});
	}

	test('a file that is gone unlocks nobody, and is put back', async () => {
		await first.set({ isLocked: true });
		await second.check();
		rmSync(file());
		await second.check();
		assert.deepEqual([first.state, second.state], [locked, locked]);
		assert.deepEqual(onDisk(), locked);
	});

	test('without a file nothing is locked, and none is made', async () => {
		await first.check();
		assert.deepEqual(first.state, open);
		assert.throws(onDisk);
	});

	test('a file that can’t be understood at the beginning counts as a lock, and unlocking writes it anew', async () => {
		writeFileSync(file(), '{"isLocked": fal');
		const third = new PrivacyFile(folder);
		await third.open();
		assert.deepEqual(third.state, locked);
		await third.set({ isLocked: false });
		assert.deepEqual([third.state, onDisk()], [open, open]);
		third.dispose();
	});

	test('a file that can’t be read at the beginning counts as a lock until it can', async () => {
		await first.set({ isPresenting: true });
		mend = breakDisk(failing('EIO', ['readFile'], /privacy/));
		const third = new PrivacyFile(folder);
		await third.open();
		assert.equal(third.state.isLocked, true);
		mend();
		await third.check();
		assert.deepEqual(third.state, { isLocked: false, isPresenting: true });
		third.dispose();
	});

	test('a file that is damaged later changes nothing, and is put back', async () => {
		await first.set({ isLocked: true });
		await second.check();
		writeFileSync(file(), '');
		await first.check();
		assert.deepEqual([first.state, onDisk()], [locked, locked]);
		await first.set({ isPresenting: true });
		assert.deepEqual(onDisk(), { isLocked: true, isPresenting: true });
	});

	test('a window that opens while the file is not seen for a moment is locked like the others', async () => {
		await first.set({ isLocked: true });
		mend = breakDisk(failing('ENOENT', ['readFile'], /privacy\.json$/, 1));
		const third = new PrivacyFile(folder);
		await third.open();
		assert.deepEqual(third.state, locked);
		third.dispose();
	});

	test('a window that opens while the file is hidden counts as locked, and takes no lock off with its first change', async () => {
		await first.set({ isLocked: true });
		mend = breakDisk(failing('ENOENT', ['readFile'], /privacy\.json$/, 6));
		const third = new PrivacyFile(folder);
		await third.open();
		assert.equal(third.state.isLocked, true);
		await third.set({ isPresenting: true });
		assert.deepEqual(onDisk(), { isLocked: true, isPresenting: true });
		third.dispose();
	});

	for (const text of ['{}', '{"isLocked": null, "isPresenting": false}', '{"isLocked": "no", "isPresenting": false}']) {
		test(`a file that says nothing of the lock (${text}) counts as a lock`, async () => {
			writeFileSync(file(), text);
			const third = new PrivacyFile(folder);
			await third.open();
			assert.deepEqual(third.state, locked);
			third.dispose();
		});
	}

	suite('where the system tells of no change', () => {
		const { watch } = fs;
		let stale: PrivacyFile;
		setup(async () => {
			fs.watch = () => watch(mkdtempSync(path.join(folder, 'unchanged-')));
			stale = new PrivacyFile(folder);
			first.dispose();
			first = new PrivacyFile(folder);
			await first.open();
			await stale.open();
		});
		teardown(() => {
			stale.dispose();
			fs.watch = watch;
		});

		test('a lock of another window is seen at the next look', async () => {
			await second.set({ isLocked: true });
			assert.deepEqual(first.state, open);
			await first.check();
			assert.deepEqual(first.state, locked);
		});

		test('a window that can’t write what it was asked for sees what gets stricter in the other one', async () => {
			const readOnly = failing('EROFS', ['writeFile', 'open'], /privacy/);
			mend = breakDisk(readOnly);
			await assert.rejects(first.set({ isPresenting: true }), /EROFS/);
			mend();
			await second.set({ isLocked: true });
			mend = breakDisk(readOnly);
			await assert.rejects(first.check(), /EROFS/);
			assert.deepEqual(first.state, { isLocked: true, isPresenting: true });
		});

		for (const [what, lose] of [
			['removed', () => rmSync(file())],
			['damaged', () => writeFileSync(file(), '')],
		] as const) {
			test(`a window that puts back what it knew of a file that was ${what} takes no lock off`, async () => {
				await stale.set({ isPresenting: true });
				await first.set({ isLocked: true });
				lose();
				await stale.check();
				mend = breakDisk(failing('EROFS', ['writeFile', 'open'], /privacy/));
				await first.check().catch(() => undefined);
				assert.equal(first.state.isLocked, true);
				mend();
				await first.check();
				await stale.check();
				assert.deepEqual([first.state, stale.state, onDisk()], [first.state, first.state, first.state]);
				assert.equal(first.state.isLocked, true);
			});
		}

		test('a change on top of what was put back takes no lock off either, and unlocking works after it', async () => {
			await stale.set({ isPresenting: true });
			await first.set({ isLocked: true });
			rmSync(file());
			await stale.set({ isPresenting: false });
			await first.check();
			await stale.check();
			assert.deepEqual([first.state.isLocked, stale.state.isLocked], [true, true]);
			await stale.set({ isLocked: false, isPresenting: false });
			await first.check();
			assert.deepEqual([first.state, stale.state], [open, open]);
		});
	});
});
