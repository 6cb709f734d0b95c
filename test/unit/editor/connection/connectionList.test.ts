import assert from 'node:assert/strict';
import fs, { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ConnectionList } from '../../../../src/editor/connection/connectionList';
import { eventually } from '../../../host/driver/eventually';
import { breakDisk, failing } from '../../../support/faultyDisk';
import { removeFolder } from '../../../support/removeFolder';

const one = { id: 'one', name: 'Staging', endpoint: 'https://vault.example.com', isProduction: false };
const two = { ...one, id: 'two', name: 'Other' };

suite('Connections and their keys', () => {
	let folder: string;
	let keys: Map<string, string>;
	let deleted: string[];
	let first: ConnectionList;
	let second: ConnectionList;
	let failures: unknown[];
	let inBackground: Promise<unknown>[];
	let mend: () => void;

	const file = () => path.join(folder, 'connections.json');
	const idsOf = (list: ConnectionList) => list.all.map(({ id }) => id);
	const nameOf = ({ id }: { id: string }) => `workosVault.apiKey.${id}`;

	function openWindow(): ConnectionList {
		const secrets = {
			keys: () => Promise.resolve([...keys.keys()]),
			get: (name: string) => Promise.resolve(keys.get(name)),
			store: (name: string, key: string) => Promise.resolve(void keys.set(name, key)),
			delete: (name: string) => {
				deleted.push(name);
				return Promise.resolve(void keys.delete(name));
			},
		};
		// What another test's window still does is none of this one's.
		const ofThisTest = failures;
		const report = (work: Promise<unknown>) => {
			inBackground.push(work);
			work.catch((error: unknown) => ofThisTest.push(error));
		};
		return new ConnectionList(folder, secrets, report);
	}

	setup(async () => {
		mend = () => undefined;
		deleted = [];
		failures = [];
		inBackground = [];
		keys = new Map();
		folder = mkdtempSync(path.join(os.tmpdir(), 'connections-'));
		first = openWindow();
		await first.open();
		await first.add(one, 'sk_test_one');
		await first.add(two, 'sk_test_two');
		second = openWindow();
		await second.open();
	});
	teardown(async () => {
		mend();
		await Promise.allSettled(inBackground);
		first.dispose();
		second.dispose();
		removeFolder(folder);
		assert.deepEqual(failures, []);
	});

	test('a list that is gone for a moment signs out of nothing, and no key is deleted', async () => {
		renameSync(file(), `${file()}.away`);
		const looking = Promise.all([first.reload(), second.reload()]);
		setTimeout(() => renameSync(`${file()}.away`, file()), 50);
		await looking;
		assert.deepEqual(
			[idsOf(first), idsOf(second)],
			[
				['one', 'two'],
				['one', 'two'],
			],
		);
		assert.deepEqual(deleted, []);
	});

	test('a list that was removed is put back by the windows that know it', async () => {
		rmSync(file());
		await second.reload();
		const third = openWindow();
		await third.open();
		assert.deepEqual(idsOf(third), ['one', 'two']);
		assert.deepEqual(deleted, []);
		third.dispose();
	});

	test('a window that never read the list, and finds none, leaves the connections of the others as they are', async () => {
		rmSync(file());
		const third = openWindow();
		// All see it gone, and this one writes first.
		await third.add({ ...one, id: 'three' }, 'sk_test_three');
		await Promise.all([first.reload(), second.reload()]);
		await eventually(() => {
			for (const list of [first, second]) assert.deepEqual(idsOf(list).sort(), ['one', 'three', 'two']);
		});
		assert.equal(first.lastUsed?.id, 'three');
		const onDisk = JSON.parse(readFileSync(file(), 'utf8')) as { connections: { id: string }[] };
		assert.deepEqual(onDisk.connections.map(({ id }) => id).sort(), ['one', 'three', 'two']);
		assert.deepEqual(deleted, []);
		third.dispose();
	});

	test('a list that was emptied is put back with what was used last', async () => {
		writeFileSync(file(), '{"connections": []}');
		await first.reload();
		assert.equal(first.lastUsed?.id, 'two');
		await eventually(() => assert.match(readFileSync(file(), 'utf8'), /"two"/));
		const third = openWindow();
		await third.open();
		assert.equal(third.lastUsed?.id, 'two');
		third.dispose();
	});

	test('a window that finds the file in another one’s hands when it opens looks again', async () => {
		renameSync(file(), `${file()}.${crypto.randomUUID()}`);
		const third = openWindow();
		const opening = third.open();
		setTimeout(() => writeFileSync(file(), JSON.stringify({ connections: [{ ...one, keyRevision: 'r' }] })), 50);
		await opening;
		assert.deepEqual(idsOf(third), ['one']);
		third.dispose();
	});

	test('signing out deletes the key once, and the other window is told of it', async () => {
		const told: string[] = [];
		second.onDidChange((signedOut) => told.push(...signedOut.map(({ id }) => id)));
		await first.remove(one);
		await eventually(() => assert.deepEqual(told, ['one']));
		assert.deepEqual(deleted, [nameOf(one)]);
		assert.deepEqual([idsOf(first), idsOf(second)], [['two'], ['two']]);
	});

	suite('where the system has no watch left', () => {
		const { watch } = fs;
		setup(async () => {
			second.dispose();
			fs.watch = () => {
				throw new Error('ENOSPC: no watch left');
			};
			second = openWindow();
			await second.open();
		});
		teardown(() => void (fs.watch = watch));

		test('a sign-out that a change of its own brings along is told of', async () => {
			const told: string[] = [];
			second.onDidChange((signedOut) => told.push(...signedOut.map(({ id }) => id)));
			await first.remove(one);
			await second.mark(two, true);
			assert.deepEqual(told, ['one']);
			assert.deepEqual([idsOf(second), second.find('two')?.isProduction], [['two'], true]);
		});

		test('what a change of its own finds missing is put back', async () => {
			const list = JSON.parse(readFileSync(file(), 'utf8')) as { connections: { id: string }[] };
			writeFileSync(file(), JSON.stringify({ ...list, connections: list.connections.slice(0, 1) }));
			await second.mark(one, true);
			await eventually(() => assert.match(readFileSync(file(), 'utf8'), /"two"/));
			assert.deepEqual(idsOf(second), ['one', 'two']);
		});
	});

	test('keys that no connection has are found, and removed when that is asked for', async () => {
		keys.set(nameOf({ id: 'stray' }), 'sk_test_stray');
		keys.set('workosVault.storageKey', 'no key of a connection');
		assert.deepEqual(await first.strayKeys(), ['stray']);
		await second.add({ ...one, id: 'three' }, 'sk_test_three');
		await first.removeStrayKeys(['stray', 'three']);
		assert.deepEqual(deleted, [nameOf({ id: 'stray' })]);
	});

	test('while the list can’t be read, no key is taken for one that no connection has', async () => {
		mend = breakDisk(failing('EIO', ['readFile'], /connections/));
		const third = openWindow();
		await assert.rejects(third.open(), /EIO/);
		await assert.rejects(third.strayKeys(), /EIO/);
		await assert.rejects(third.removeStrayKeys(['one']), /EIO/);
		assert.deepEqual(deleted, []);
		third.dispose();
	});

	for (const damaged of ['', '{"connections": [null]}', '{"connections": [{"id": 1}]}', '{"removed": [{}]}']) {
		test(`a list that is damaged (${damaged || 'empty'}) is put back by a window that knows it`, async () => {
			writeFileSync(file(), damaged);
			await first.reload();
			const third = openWindow();
			await third.open();
			assert.deepEqual([idsOf(third), third.lastUsed?.id], [['one', 'two'], 'two']);
			assert.deepEqual(deleted, []);
			third.dispose();
		});
	}

	test('Local Vault that was signed out of comes back when it is used again', async () => {
		const local = { ...one, id: 'local', endpoint: 'local' };
		await first.keep(local);
		await first.remove(local);
		await second.reload();
		await second.keep(local);
		await first.reload();
		assert.deepEqual(idsOf(first), ['one', 'two', 'local']);
		assert.deepEqual((JSON.parse(readFileSync(file(), 'utf8')) as { removed: unknown }).removed, []);
	});

	test('a key whose connection can’t be listed is not stored', async () => {
		mend = breakDisk(failing('ENOSPC', ['open', 'writeFile'], /connections/));
		await assert.rejects(first.add({ ...one, id: 'three' }, 'sk_test_three'), /ENOSPC/);
		assert.deepEqual([...keys.values()], ['sk_test_one', 'sk_test_two']);
	});

	test('a key that can’t be replaced in the list stays the one that it was', async () => {
		mend = breakDisk(failing('EIO', ['renameSync'], /connections/));
		await assert.rejects(first.replaceKey(one, 'sk_test_next'), /EIO/);
		assert.equal(keys.get(nameOf(one)), 'sk_test_one');
	});

	test('where that fails, a key that another window stored meanwhile stays', async () => {
		mend = breakDisk((operation, name) => {
			if (operation !== 'renameSync' || !/connections/.test(name)) return undefined;
			keys.set(nameOf(one), 'sk_test_later');
			return 'EIO';
		});
		await assert.rejects(first.replaceKey(one, 'sk_test_next'), /EIO/);
		assert.equal(keys.get(nameOf(one)), 'sk_test_later');
	});

	for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
		test(`a connection is kept though somebody has the list open for a moment (${code})`, async () => {
			mend = breakDisk(failing(code, ['renameSync', 'readFile', 'open', 'rm'], /connections/, 6));
			await first.add({ ...one, id: 'three' }, 'sk_test_three');
			await second.reload();
			assert.deepEqual(idsOf(second), ['one', 'two', 'three']);
		});
	}

	test('what is missing and can’t be put back is put back later', async () => {
		const list = JSON.parse(readFileSync(file(), 'utf8')) as { connections: { id: string }[] };
		mend = breakDisk(failing('ENOSPC', ['open', 'writeFile'], /connections/));
		writeFileSync(file(), JSON.stringify({ ...list, connections: list.connections.slice(0, 1) }));
		await assert.rejects(second.reload(), /ENOSPC/);
		assert.deepEqual(idsOf(second), ['one', 'two']);
		await eventually(() => assert.ok(failures.length > 0));
		mend();
		await second.reload();
		failures = [];
		const third = openWindow();
		await third.open();
		assert.deepEqual(idsOf(third), ['one', 'two']);
		third.dispose();
	});

	test('a window that has ended puts nothing back that is damaged or gone by then', async () => {
		for (const window of [first, second]) window.dispose();
		writeFileSync(file(), 'damaged');
		for (const window of [first, second]) await window.reload();
		assert.equal(readFileSync(file(), 'utf8'), 'damaged');
		rmSync(file());
		for (const window of [first, second]) await window.reload();
		assert.deepEqual(readdirSync(folder), []);
	});

	test('a window that has ended puts nothing back that it could not put back before', async () => {
		const list = JSON.parse(readFileSync(file(), 'utf8')) as { connections: { id: string }[] };
		mend = breakDisk(failing('ENOSPC', ['open', 'writeFile'], /connections/));
		const shorter = JSON.stringify({ ...list, connections: list.connections.slice(0, 1) });
		writeFileSync(file(), shorter);
		for (const window of [first, second]) await assert.rejects(window.reload(), /ENOSPC/);
		for (const window of [first, second]) window.dispose();
		mend();
		for (const window of [first, second]) await window.reload();
		assert.equal(readFileSync(file(), 'utf8'), shorter);
		await Promise.allSettled(inBackground);
		failures = [];
	});

	test('a damaged list that no window knows is kept beside the new one, and no key is offered for removal meanwhile', async () => {
		for (const window of [first, second]) window.dispose();
		const damaged = [readFileSync(file(), 'utf8').slice(0, -3), 'damaged before'];
		writeFileSync(file(), String(damaged[0]));
		writeFileSync(`${file()}.damaged`, String(damaged[1]));
		first = openWindow();
		await assert.rejects(first.open(), /connections\.json/);
		await first.add({ ...one, id: 'three' }, 'sk_test_three');
		assert.deepEqual(idsOf(first), ['three']);
		const kept = readdirSync(folder).filter((name) => name.startsWith('connections.json.damaged'));
		assert.deepEqual(kept.map((name) => readFileSync(path.join(folder, name), 'utf8')).sort(), damaged.sort());
		assert.deepEqual(await first.strayKeys(), []);
		await first.removeStrayKeys(['one']);
		assert.deepEqual(deleted, []);
		for (const name of kept) rmSync(path.join(folder, name));
		assert.deepEqual((await first.strayKeys()).toSorted(), ['one', 'two']);
	});

	test('while the list is not seen, a new window takes no key for a stray one', async () => {
		const third = openWindow();
		mend = breakDisk(failing('ENOENT', ['readFile'], /connections\.json$/, 3));
		await third.open();
		assert.deepEqual(await third.strayKeys(), []);
		mend = breakDisk(failing('ENOENT', ['readFile'], /connections\.json$/));
		const fourth = openWindow();
		await assert.rejects(fourth.open());
		await assert.rejects(fourth.strayKeys());
		for (const window of [third, fourth]) window.dispose();
	});

	test('an older list that is put back takes no mark of production off', async () => {
		const older = readFileSync(file(), 'utf8');
		await first.mark(one, true);
		writeFileSync(file(), older);
		await first.reload();
		await second.reload();
		assert.deepEqual([first.find('one')?.isProduction, second.find('one')?.isProduction], [true, true]);
		await second.mark(one, false);
		await first.reload();
		assert.equal(first.find('one')?.isProduction, false);
	});
});
