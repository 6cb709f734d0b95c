// A second window's process: changes for a while, as fast as it can, what all windows share, and says what must be left.
import type { SecretStorage } from 'vscode';
import { ConnectionList } from '../../../../src/editor/connection/connectionList';
import { PrivacyFile } from '../../../../src/editor/storage/privacyFile';

/** What a window does over a folder: `name` is the beginning of its connections' ids. */
export interface Task {
	readonly folder: string;
	readonly name: string;
	readonly forMs: number;
}

/** What must be so when nobody changes anything any more. */
export interface Result {
	readonly connections: readonly string[];
	readonly changes: number;
	readonly failures: readonly string[];
}

export async function share({ folder, name, forMs }: Task): Promise<Result> {
	const keys = new Map<string, string>();
	const secrets = {
		keys: () => Promise.resolve([...keys.keys()]),
		get: (key: string) => Promise.resolve(keys.get(key)),
		store: (key: string, value: string) => Promise.resolve(void keys.set(key, value)),
		delete: (key: string) => Promise.resolve(void keys.delete(key)),
	} satisfies Partial<SecretStorage>;
	const failures: string[] = [];
	const report = (work: Promise<unknown>) => void work.catch((error: unknown) => failures.push(String(error)));
	const list = new ConnectionList(folder, secrets, report);
	const privacy = new PrivacyFile(folder);
	const kept = new Set<string>();
	await Promise.all([list.open(), privacy.open()]);
	let changes = 0;
	for (const end = Date.now() + forMs; Date.now() < end; changes++) {
		const id = `${name}-${changes % 5}`;
		const connection = { id, name: id, endpoint: 'https://vault.example.com', isProduction: false };
		if (kept.has(id)) {
			await list.remove(connection);
			kept.delete(id);
		} else {
			await list.add(connection, `sk_test_${id}`);
			kept.add(id);
		}
		await privacy.set({ isLocked: changes % 2 === 0 });
	}
	list.dispose();
	privacy.dispose();
	return { connections: [...kept], changes, failures };
}

process.on('message', (task: Task) => {
	void share(task).then((result) => process.send?.(result));
});
