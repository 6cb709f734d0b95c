import { readFileSync } from 'node:fs';
import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { pause } from '../../vault/pause';
import { hasEnded, holder, Silence } from './holder';
import { ifListed } from './ifListed';
import { codeOf, ifThere, whileBusy } from './whileBusy';

const retryEveryMs = 15;
/** So often, the work is begun again: a lock that is lost each time is no bad luck. */
const mostRounds = 10;
/** A process that lives and has held a lock for longer than this hangs or sleeps: nothing under a lock takes a second. */
const usualPatienceMs = 30_000;

/** Tokens of locks that this process does not need any more, and could not remove. */
const givenBack = new Set<string>();

/** The lock is not this window's any more: whoever has it now may have changed what all share. */
export class LostLock extends Error {}

/**
 * Does work while no other window, of whatever process, does work under the same lock. What a process that has ended held
 * is free, and so is what one holds that stood still for longer than `patienceMs`: when it goes on, it has lost the lock,
 * and begins the work again.
 * @param lock the path of a file that is there while the lock is held
 * @param work calls what it gets right before it changes what all share: that throws `LostLock` where the lock is lost
 * @throws what the work throws, that only after ten rounds; or when the file can't be made
 */
export async function withFileLock<T>(
	lock: string,
	work: (ensureHeld: () => void) => Promise<T>,
	patienceMs = usualPatienceMs,
): Promise<T> {
	for (let round = 1; ; round++) {
		const token = newToken();
		await acquire(lock, token, patienceMs);
		try {
			return await work(() => ensureHeld(lock, token));
		} catch (error) {
			if (!(error instanceof LostLock) || round === mostRounds) throw error;
		} finally {
			await giveBack(lock, token).catch(() => undefined);
		}
	}
}

function newToken(): string {
	return `${holder} ${crypto.randomUUID()}`;
}

/** In one go, with no turn of anybody else between the look and what is done upon it. @throws LostLock */
function ensureHeld(lock: string, token: string): void {
	let held: string | undefined;
	try {
		held = readFileSync(lock, 'utf8');
	} catch (error) {
		// Taken away, and not made anew yet.
		if (codeOf(error) !== 'ENOENT') throw error;
	}
	if (held !== token) throw new LostLock();
}

/** A lock that can't be removed stays until others take it for abandoned; this process needs not wait for that. */
async function giveBack(lock: string, token: string): Promise<void> {
	givenBack.add(token);
	const held = await ifListed(lock, () => readFile(lock, 'utf8'));
	if (held === token) await whileBusy(() => rm(lock, { force: true }));
	givenBack.delete(token);
}

async function acquire(lock: string, token: string, patienceMs: number): Promise<void> {
	const silence = new Silence();
	const isAbandoned = (file: string, held: string) =>
		givenBack.has(held) || hasEnded(held) || silence.of(file, held) > patienceMs;
	// On Windows, a lock that was just removed can't be made for a moment.
	while (!(await whileBusy(() => create(lock, token)))) {
		const held = await contentOf(lock);
		if (isAbandoned(lock, held)) await removeStale(lock, held, isAbandoned);
		else await soon();
	}
}

/** Of several that see an abandoned lock, one at a time may remove it: the next would remove the lock that came after. */
async function removeStale(
	lock: string,
	held: string,
	isAbandoned: (file: string, held: string) => boolean,
): Promise<void> {
	const removal = `${lock}.removal`;
	const token = newToken();
	if (!(await whileBusy(() => create(removal, token)))) {
		const isFree = isAbandoned(removal, await contentOf(removal));
		if (isFree) await whileBusy(() => rm(removal, { force: true }));
		return soon();
	}
	try {
		if ((await contentOf(lock)) === held) await whileBusy(() => rm(lock, { force: true }));
	} finally {
		await giveBack(removal, token).catch(() => undefined);
	}
}

/** Returns whether there was no such file. Leaves none that it could not write. */
async function create(file: string, content: string): Promise<boolean> {
	let handle: FileHandle;
	try {
		handle = await open(file, 'wx');
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
	try {
		// Some network drives say only at the end that they are full.
		await handle.writeFile(content).finally(() => handle.close());
	} catch (error) {
		await whileBusy(() => rm(file, { force: true })).catch(() => undefined);
		throw error;
	}
	return true;
}

/** A token begins with its holder; one that is just being written, or was removed since, is empty. */
async function contentOf(lock: string): Promise<string> {
	return (await ifThere(() => readFile(lock, 'utf8'))) ?? '';
}

function soon(): Promise<void> {
	return pause(retryEveryMs * (1 + Math.random()));
}
