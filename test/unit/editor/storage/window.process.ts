// A window's process: does what it is told to over a folder that others share, at a moment that it is told, and answers.
import fs, { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import { Ownership } from '../../../../src/editor/drafts/kept/ownership';
import { withFileLock } from '../../../../src/editor/storage/fileLock';
import { JsonFile } from '../../../../src/editor/storage/jsonFile';
import { storedKey } from '../../../../src/editor/storage/storedKey';

/** What another window stored is seen so much later, in ms. */
const lagMs = 150;

/** What a window does when it stands still: it has read the file, has written its temporary file, or is about to put it in place. */
export type Moment = 'read' | 'written' | 'renaming';

/** Another window takes a lock over after so long, in ms. */
export const patienceMs = 700;

/** A task: `names` are those of the drafts to claim, or those to add to a file; `stopAt` is when the window stands still. */
export interface Task {
	readonly kind: 'claim' | 'count' | 'key' | 'hold' | 'add';
	readonly folder: string;
	readonly at: number;
	readonly names?: readonly string[];
	readonly stopAt?: Moment;
}

/** One secret storage for all windows, over a file: an own change is there at once, another window's comes late. */
function secretsOver(folder: string): SecretStorage {
	const file = path.join(folder, 'secrets.jsonl');
	const own = new Map<string, string>();
	const stored = () =>
		existsSync(file)
			? readFileSync(file, 'utf8')
					.trimEnd()
					.split('\n')
					.map((line) => JSON.parse(line) as { name: string; value: string; at: number })
			: [];
	return {
		async get(name: string) {
			await new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * 5));
			const seen = stored().filter((one) => one.name === name && Date.now() - one.at > lagMs);
			return seen.at(-1)?.value ?? own.get(name);
		},
		async store(name: string, value: string) {
			await new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * 5));
			own.set(name, value);
			appendFileSync(file, `${JSON.stringify({ name, value, at: Date.now() })}\n`);
		},
	} as Partial<SecretStorage> as SecretStorage;
}

/** The file that has a window go on which stands still. */
const goOnFile = (folder: string): string => `${folder}.goOn`;

/** Has this process stand still at a moment, once, all of it, as on a machine that sleeps: until it is told to go on. */
function stopOnce(moment: Moment, folder: string): () => void {
	let hasStopped = false;
	const stop = (now: Moment) => {
		if (hasStopped || now !== moment) return;
		hasStopped = true;
		const nobody = new Int32Array(new SharedArrayBuffer(4));
		while (!existsSync(goOnFile(folder))) Atomics.wait(nobody, 0, 0, 20);
	};
	const { writeFile } = promises;
	promises.writeFile = async (...args) => {
		await writeFile(...args);
		stop('written');
	};
	const { renameSync } = fs;
	fs.renameSync = (...args) => {
		stop('renaming');
		renameSync(...args);
	};
	return () => stop('read');
}

async function add(folder: string, names: readonly string[], hasRead: () => void): Promise<void> {
	const file = new JsonFile<{ names: readonly string[] }>(folder, 'shared.json', { names: [] }, { patienceMs });
	for (const name of names) {
		await file.update((content) => {
			hasRead();
			return { names: [...content.names, name] };
		});
	}
}

async function run({ kind, folder, at, names = [], stopAt }: Task): Promise<unknown> {
	const lock = path.join(folder, 'count.lock');
	if (kind === 'hold') return withFileLock(lock, () => process.exit());
	const ownership = new Ownership(
		folder,
		() => Promise.resolve(),
		() => Promise.resolve(),
	);
	while (Date.now() < at) await new Promise((resolve) => setImmediate(resolve));
	if (kind === 'add') return add(folder, names, stopAt ? stopOnce(stopAt, folder) : () => undefined);
	if (kind === 'key') return storedKey(secretsOver(folder), 'key', folder, () => Promise.resolve(false));
	if (kind === 'claim') {
		const owned: string[] = [];
		for (const name of names) if (await ownership.claim(name)) owned.push(name);
		return owned;
	}
	const file = path.join(folder, 'count');
	for (let turn = 0; turn < 50; turn++) {
		await withFileLock(lock, async () => {
			const count = Number(readFileSync(file, 'utf8'));
			await new Promise((resolve) => setImmediate(resolve));
			writeFileSync(file, String(count + 1));
		});
	}
	return undefined;
}

process.on('message', (task: Task) => void run(task).then((answer) => process.send?.({ answer })));
