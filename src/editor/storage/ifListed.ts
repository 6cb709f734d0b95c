import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pause } from '../../vault/pause';
import { ifThere } from './whileBusy';

/** How often what should be there is looked for, and the pause between, in ms. */
const mostLooks = 4;
const pauseMs = 100;

/**
 * What work on a file or folder finds; undefined where there is none. Some systems have none for a moment, so that nothing
 * counts as gone while the folder around it lists it: it is looked for again.
 * @param mayAppear says of what is not listed whether it is waited for all the same
 * @throws what `whileBusy` throws; ENOENT where it is listed and stays hidden
 */
export async function ifListed<T>(
	file: string,
	work: () => Promise<T>,
	mayAppear: () => boolean | Promise<boolean> = () => false,
): Promise<T | undefined> {
	for (let attempt = 1; ; attempt++) {
		const found = await ifThere(work);
		if (found !== undefined) return found;
		const listed = await isListed(file);
		if (attempt === mostLooks && listed) throw Object.assign(new Error('ENOENT: hidden'), { code: 'ENOENT' });
		if (attempt === mostLooks || !(listed || (await mayAppear()))) return undefined;
		await pause(pauseMs);
	}
}

async function isListed(file: string): Promise<boolean> {
	const folder = path.dirname(file);
	const names = await ifListed(folder, () => readdir(folder));
	return names?.includes(path.basename(file)) ?? false;
}
