// A window's process: does what it is told to over a folder that others share, at a moment that it is told, and answers.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import { Ownership } from '../../src/editor/ownership';
import { withFileLock } from '../../src/editor/storage/fileLock';
import { storedKey } from '../../src/editor/storage/storedKey';

/** What another window stored is seen so much later, in ms. */
const lagMs = 150;

/** A task: `names` are those of the drafts to claim. */
export interface Task {
	readonly kind: 'claim' | 'count' | 'key' | 'hold';
	readonly folder: string;
	readonly at: number;
	readonly names?: readonly string[];
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

async function run({ kind, folder, at, names = [] }: Task): Promise<unknown> {
	const lock = path.join(folder, 'count.lock');
	if (kind === 'hold') return withFileLock(lock, () => process.exit());
	const ownership = new Ownership(folder, () => Promise.resolve());
	while (Date.now() < at) await new Promise((resolve) => setImmediate(resolve));
	if (kind === 'key') return storedKey(secretsOver(folder), 'key', folder);
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
