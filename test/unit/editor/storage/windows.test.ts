import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { withFileLock } from '../../../../src/editor/storage/fileLock';
import { DamagedFile, JsonFile } from '../../../../src/editor/storage/jsonFile';
import { storedKey } from '../../../../src/editor/storage/storedKey';
import { breakDisk, failing } from '../../../support/faultyDisk';
import { removeFolder } from '../../../support/removeFolder';
import type { Moment, Task } from './window.process';

const rounds = 8;
const names = Array.from({ length: 40 }, (_, index) => `draft-${index}`);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function namesIn(folder: string): string[] {
	return (JSON.parse(readFileSync(path.join(folder, 'shared.json'), 'utf8')) as { names: string[] }).names;
}

suite('Windows of several processes over one folder', function () {
	this.timeout(60_000);
	let folder: string;
	let windows: ChildProcess[];
	suiteSetup(() => {
		windows = Array.from({ length: 3 }, () => fork(path.join(__dirname, 'window.process.js')));
	});
	suiteTeardown(() => windows.forEach((window) => window.kill()));
	setup(() => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'windows-'));
	});
	teardown(() => removeFolder(folder));

	/** Has all windows do the same at the same moment. */
	async function all<T>(task: Omit<Task, 'folder' | 'at'>): Promise<T[]> {
		const at = Date.now() + 30;
		return Promise.all(
			windows.map(async (window) => {
				const answered = once(window, 'message');
				window.send({ ...task, folder, at } satisfies Task);
				const [{ answer }] = (await answered) as [{ answer: T }];
				return answer;
			}),
		);
	}

	test('each draft that an ended one left is taken over by one of them', async () => {
		for (let round = 0; round < rounds; round++) {
			for (const name of names) writeFileSync(path.join(folder, `${name}.owner`), 'an ended window');
			const owned = (await all<string[]>({ kind: 'claim', names })).flat();
			assert.deepEqual(owned.sort(), [...names].sort());
		}
	});

	test('what they change under a lock is changed by one at a time', async () => {
		writeFileSync(path.join(folder, 'count'), '0');
		await all({ kind: 'count' });
		assert.equal(readFileSync(path.join(folder, 'count'), 'utf8'), '150');
	});

	test('a lock of one that has ended is taken by one of the others at a time', async () => {
		for (let round = 0; round < rounds; round++) {
			const holder = fork(path.join(__dirname, 'window.process.js'));
			holder.send({ kind: 'hold', folder, at: 0 } satisfies Task);
			await once(holder, 'exit');
			assert.match(readFileSync(path.join(folder, 'count.lock'), 'utf8'), new RegExp(`^${holder.pid} `));
			writeFileSync(path.join(folder, 'count'), '0');
			await all({ kind: 'count' });
			assert.equal(readFileSync(path.join(folder, 'count'), 'utf8'), '150', `round ${round}`);
		}
	});

	const moments: Record<Moment, string> = {
		read: 'after it has read the file',
		written: 'before it puts what it wrote in place',
		renaming: 'between its last look at the lock and the renaming',
	};
	for (const [stopAt, when] of Object.entries(moments) as [Moment, string][]) {
		test(`one that stands still ${when}, and goes on after others took over, loses no change`, async () => {
			const stopped = fork(path.join(__dirname, 'window.process.js'));
			const goOn = `${folder}.goOn`;
			try {
				const late = Array.from({ length: 10 }, (_, index) => `late-${index}`);
				const finished = once(stopped, 'message');
				stopped.send({ kind: 'add', folder, at: 0, names: late, stopAt } satisfies Task);
				while (!existsSync(path.join(folder, 'shared.json.lock'))) await pause(5);
				await all({ kind: 'add', names });
				const before = namesIn(folder);
				assert.deepEqual(before.toSorted(), [...names, ...names, ...names].toSorted());
				writeFileSync(goOn, '');
				await finished;
				assert.deepEqual(namesIn(folder), [...before, ...late]);
				assert.deepEqual(readdirSync(folder), ['shared.json']);
			} finally {
				stopped.kill('SIGKILL');
				rmSync(goOn, { force: true });
			}
		});
	}

	test('what a killed one left beside a file is removed by the next change', async () => {
		writeFileSync(path.join(folder, `shared.json.${crypto.randomUUID()}`), '{"names": [');
		writeFileSync(path.join(folder, 'shared.json.mine'), 'is none of it');
		const file = new JsonFile<{ names: readonly string[] }>(folder, 'shared.json', { names: [] });
		await file.update(() => ({ names }));
		assert.deepEqual(readdirSync(folder).sort(), ['shared.json', 'shared.json.mine']);
	});

	test('a file that was there and is missing is taken for unchanged, and comes back with the next change', async () => {
		const file = new JsonFile<{ names: readonly string[] }>(folder, 'shared.json', { names: [] });
		await file.update(() => ({ names }));
		rmSync(path.join(folder, 'shared.json'));
		assert.deepEqual(await file.read(), { names });
		await file.update((content) => ({ names: [...content.names, 'one more'] }));
		assert.deepEqual(namesIn(folder), [...names, 'one more']);
	});

	test('a file that is missing for a moment is read when it is there again', async () => {
		const file = new JsonFile<{ names: readonly string[] }>(folder, 'shared.json', { names: [] });
		await file.update(() => ({ names }));
		rmSync(path.join(folder, 'shared.json'));
		setTimeout(() => writeFileSync(path.join(folder, 'shared.json'), '{"names": ["theirs"]}'), 150);
		assert.deepEqual(await file.read(), { names: ['theirs'] });
	});

	test('a damaged file is replaced under the lock where something stands for it, and else stays as it is', async () => {
		const file = new JsonFile<{ names: readonly string[] }>(folder, 'shared.json', { names: [] });
		for (const damaged of ['unreadable', '{"names": "none"}', '[]', 'null', '']) {
			writeFileSync(path.join(folder, 'shared.json'), damaged);
			await assert.rejects(
				file.update((content) => content),
				DamagedFile,
			);
			assert.equal(readFileSync(path.join(folder, 'shared.json'), 'utf8'), damaged);
			const changes = names.map((name) =>
				file.update((content) => ({ names: [...content.names, name] }), { names: ['instead'] }),
			);
			await Promise.all(changes);
			assert.deepEqual(namesIn(folder).toSorted(), [...names, 'instead'].toSorted());
			assert.deepEqual(readdirSync(folder), ['shared.json']);
		}
	});

	test('a lock that could not be written whole is not left behind', async () => {
		const { open } = promises;
		promises.open = async (...args) => {
			const handle = await open(...args);
			handle.writeFile = () => Promise.reject(Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' }));
			return handle;
		};
		const file = new JsonFile<{ names: readonly string[] }>(folder, 'shared.json', { names: [] });
		try {
			await assert.rejects(
				file.update(() => ({ names })),
				/ENOSPC/,
			);
		} finally {
			promises.open = open;
		}
		assert.deepEqual(readdirSync(folder), []);
	});

	test('a file that is taken away each time before it is in place is told of, and not tried for ever', async () => {
		const mend = breakDisk(failing('ENOENT', ['renameSync'], /shared\.json/));
		const file = new JsonFile<{ names: readonly string[] }>(folder, 'shared.json', { names: [] });
		await assert.rejects(file.update(() => ({ names }))).finally(mend);
		assert.deepEqual(readdirSync(folder), []);
	});

	test('what a newer version keeps in a file stays there', async () => {
		writeFileSync(path.join(folder, 'shared.json'), '{"names": ["a"], "later": {"kept": true}}');
		const file = new JsonFile<{ names: readonly string[] }>(folder, 'shared.json', { names: [] });
		await file.update((content) => ({ ...content, names: ['b'] }));
		assert.deepEqual(JSON.parse(readFileSync(path.join(folder, 'shared.json'), 'utf8')), {
			names: ['b'],
			later: { kept: true },
			revision: 1,
		});
	});

	test('a lock that a living window holds is its own, however old the disk’s clock says that it is', async () => {
		const lock = path.join(folder, 'clock.lock');
		let inside = 0;
		const work = async () => {
			assert.equal(++inside, 1);
			for (const days of [0, 40_000]) {
				utimesSync(lock, days * 86_400, days * 86_400);
				await pause(60);
			}
			inside--;
		};
		await Promise.all([withFileLock(lock, work), withFileLock(lock, work), withFileLock(lock, work)]);
	});

	test('a lock of a window on another machine is taken over when it stayed the same for long enough', async () => {
		const lock = path.join(folder, 'clock.lock');
		writeFileSync(lock, '1 another-machine token');
		utimesSync(lock, 40_000 * 86_400, 40_000 * 86_400);
		const began = performance.now();
		await withFileLock(lock, () => Promise.resolve(), 300);
		assert.ok(performance.now() - began > 250);
	});

	test('a lock that is not seen for a moment when it is given back does not stay', async () => {
		const lock = path.join(folder, 'seen.lock');
		const mend = breakDisk(failing('ENOENT', ['readFile'], /seen\.lock$/, 1));
		await withFileLock(lock, () => Promise.resolve()).finally(mend);
		assert.deepEqual(readdirSync(folder), []);
	});

	for (const [what, fault] of [
		['the clock of the disk goes otherwise', undefined],
		['what tells of the first one is not seen for a moment', failing('ENOENT', ['stat'], /key\.made$/, 1)],
	] as const) {
		test(`a second window that sees late what the first stored makes no key where ${what}`, async () => {
			const { stat } = promises;
			promises.stat = (async (...args: Parameters<typeof stat>) => {
				const shown = await stat(...args);
				return Object.assign(shown, { mtimeMs: Number(shown.mtimeMs) - 60_000 });
			}) as typeof stat;
			let mend: () => void = () => undefined;
			const stored: string[] = [];
			const began = performance.now();
			const late = () => {
				let own: string | undefined;
				const get = () => Promise.resolve(own ?? (performance.now() - began > 500 ? stored.at(-1) : undefined));
				return { get, store: (_name: string, key: string) => Promise.resolve(void stored.push((own = key))) };
			};
			try {
				const none = () => Promise.resolve(false);
				const keys = [await storedKey(late() as never, 'key', folder, none)];
				if (fault) mend = breakDisk(fault);
				keys.push(await storedKey(late() as never, 'key', folder, none));
				assert.deepEqual(stored, [keys[0]]);
				assert.equal(keys[1], keys[0]);
			} finally {
				mend();
				promises.stat = stat;
			}
		});
	}

	test('what a file server does not know for a moment is tried again', async () => {
		const file = new JsonFile<{ names: readonly string[] }>(folder, 'shared.json', { names: [] });
		const mend = breakDisk(failing('ESTALE', ['readFile', 'renameSync', 'writeFile'], /shared\.json/, 6));
		await file.update(() => ({ names })).finally(mend);
		assert.deepEqual(namesIn(folder), names);
	});

	test('the first key is made once, though each sees late what another one stored', async () => {
		for (let round = 0; round < rounds; round++) {
			const keys = await all<string>({ kind: 'key' });
			assert.deepEqual(new Set(keys).size, 1, `round ${round}: ${keys.join()}`);
			rmSync(path.join(folder, 'secrets.jsonl'));
			rmSync(path.join(folder, 'key.made'));
		}
	});

	test('a window that lost the lock while it looked for the first key takes the one that was made meanwhile', async () => {
		const lock = path.join(folder, 'key.lock');
		const stored: string[] = [];
		let asked = 0;
		const get = () => {
			// The second time, the lock is its own: it sleeps here, is taken over, and the other one's key is on its way.
			if (++asked === 2) {
				writeFileSync(lock, `${process.pid} another one`);
				setTimeout(() => rmSync(lock), 200);
			}
			return Promise.resolve(asked > 2 ? 'key of the other one' : undefined);
		};
		const secrets = { get, store: (_name: string, key: string) => Promise.resolve(void stored.push(key)) };
		assert.equal(
			await storedKey(secrets as never, 'key', folder, () => Promise.resolve(false)),
			'key of the other one',
		);
		assert.deepEqual(stored, []);
	});
});
