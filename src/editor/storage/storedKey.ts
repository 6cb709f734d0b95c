import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import { pause } from '../../vault/pause';
import { LostLock, withFileLock } from './fileLock';
import { ifListed } from './ifListed';
import { codeOf, whileBusy } from './whileBusy';

/** What one window stored, another one may see so much later. */
const lagMs = 10_000;
const askEveryMs = 100;

/** The key is gone, or nobody may read it now, and something is encrypted with it: another one would take its place for good. */
export class MissingKey extends Error {}

/**
 * A random key of 32 bytes in base64 that all windows share, in SecretStorage; the first window that asks makes it.
 * @param folder where the windows agree on which of them is the first
 * @param isUsed says whether something is encrypted with a key that was made before
 * @throws MissingKey where there is none, and something is encrypted with it
 * @throws when the folder can't be read or written: no key is made then
 */
export async function storedKey(
	secrets: SecretStorage,
	name: string,
	folder: string,
	isUsed: () => Promise<boolean>,
): Promise<string> {
	const kept = await secrets.get(name);
	if (kept !== undefined) return kept;
	await mkdir(folder, { recursive: true });
	const made = path.join(folder, `${name}.made`);
	const lock = path.join(folder, `${name}.lock`);
	return withFileLock(lock, async (ensureHeld) => {
		const patienceMs = (await isJustMade(made, lock)) ? lagMs : 0;
		for (let waitedMs = 0; ; waitedMs += askEveryMs) {
			const late = await secrets.get(name);
			if (late !== undefined) return late;
			if (waitedMs >= patienceMs) break;
			await pause(askEveryMs);
		}
		if (await isUsed()) throw new MissingKey();
		const fresh = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
		// Before the key is there: without this, the next window would make a second one.
		await whileBusy(() => writeFile(made, crypto.randomUUID()));
		ensureHeld();
		try {
			await secrets.store(name, fresh);
		} catch (error) {
			await rm(made, { force: true }).catch(() => undefined);
			throw error;
		}
		return (await secrets.get(name)) ?? fresh;
	});
}

/** Whether another window made a key that may be on its way here: by the clock of the disk, as this one's may go otherwise. */
async function isJustMade(made: string, lock: string): Promise<boolean> {
	const last = await ifListed(made, () => stat(made));
	if (!last) return false;
	const now = await stat(lock).catch((error: unknown) => {
		throw codeOf(error) === 'ENOENT' ? new LostLock() : error;
	});
	return now.mtimeMs - last.mtimeMs <= lagMs;
}
