import { renameSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ifListed } from './ifListed';
import { whileBusy } from './whileBusy';

/**
 * Puts a content in the place of a file, in one step: nobody ever sees half of it, and a failure leaves what was there.
 * @param ensure called right before, with no turn of anybody else between: throws where this must not happen any more
 * @throws what `ensure` throws, or when the content can't be written; ENOENT where somebody took the temporary file away
 */
export async function replaceFile(
	file: string,
	content: string | Uint8Array,
	ensure?: () => void,
	mode?: number,
): Promise<void> {
	const temporary = `${file}.${crypto.randomUUID()}`;
	try {
		// On the disk before it takes the place of what was there: a power cut would leave an empty file.
		await whileBusy(() => writeFile(temporary, content, { mode, flush: true }));
		await whileBusy(() => {
			ensure?.();
			renameSync(temporary, file);
		});
	} finally {
		await whileBusy(() => rm(temporary, { force: true })).catch(() => undefined);
	}
}

/**
 * Removes what a `replaceFile` that was broken off left, or one that goes on in a window which has lost the file.
 * @param isMeant says which, by their names; all if not given
 */
export async function removeTemporaries(file: string, isMeant = (_name: string) => true): Promise<void> {
	const folder = path.dirname(file);
	const names = (await ifListed(folder, () => readdir(folder))) ?? [];
	const left = temporariesIn(names).filter(({ name, of }) => of === path.basename(file) && isMeant(name));
	// One that can't be removed is just being written, and not asked about yet.
	await Promise.allSettled(left.map(({ name }) => rm(path.join(folder, name), { force: true })));
}

/** Those of a folder's files that a `replaceFile` left or has in its hands, each with the file whose place it was to have. */
export function temporariesIn(names: readonly string[]): { name: string; of: string }[] {
	return names.flatMap((name) => {
		const [of] = name.split(/\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		return of === undefined || of === name ? [] : [{ name, of }];
	});
}
