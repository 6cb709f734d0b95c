import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { whileBusy } from './whileBusy';

/**
 * Gives a file another time, as a sign of life or of use. Where it is not there, or the disk lets nobody set a time, as on
 * a mount whose files belong to somebody else, it is written anew.
 * @param content what the file begins with
 * @throws when neither can be done
 */
export async function touch(file: string, content: string): Promise<void> {
	const now = new Date();
	try {
		await utimes(file, now, now);
	} catch {
		await mkdir(path.dirname(file), { recursive: true });
		// Some systems take the same bytes for no change.
		await whileBusy(() => writeFile(file, `${content} ${now.getTime()}`));
	}
}
