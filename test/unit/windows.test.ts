import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Task } from './window.process';

const rounds = 8;
const names = Array.from({ length: 40 }, (_, index) => `draft-${index}`);

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
	teardown(() => rmSync(folder, { recursive: true, force: true }));

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

	test('the first key is made once, though each sees late what another one stored', async () => {
		for (let round = 0; round < rounds; round++) {
			const keys = await all<string>({ kind: 'key' });
			assert.deepEqual(new Set(keys).size, 1, `round ${round}: ${keys.join()}`);
			rmSync(path.join(folder, 'secrets.jsonl'));
			rmSync(path.join(folder, 'key.made'));
		}
	});
});
