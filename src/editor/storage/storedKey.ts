import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import { withFileLock } from './fileLock';

/** What one window stored, another one may see so much later. */
const lagMs = 10_000;
const askEveryMs = 100;

/**
 * A random key of 32 bytes in base64 that all windows share, in SecretStorage; the first window that asks makes it.
 * @param folder where the windows agree on which of them is the first
 * @throws when the folder can't be written
 */
export async function storedKey(secrets: SecretStorage, name: string, folder: string): Promise<string> {
	const kept = await secrets.get(name);
	if (kept !== undefined) return kept;
	await mkdir(folder, { recursive: true });
	const made = path.join(folder, `${name}.made`);
	return withFileLock(path.join(folder, `${name}.lock`), async (ensureHeld) => {
		// Another window has just made one: it is on its way here.
		for (;;) {
			const late = await secrets.get(name);
			if (late !== undefined) return late;
			const { mtimeMs } = await stat(made).catch(() => ({ mtimeMs: -Infinity }));
			if (Math.abs(Date.now() - mtimeMs) > lagMs) break;
			await new Promise((resolve) => setTimeout(resolve, askEveryMs));
		}
		const fresh = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
		ensureHeld();
		await secrets.store(name, fresh);
		await writeFile(made, '');
		return fresh;
	});
}
