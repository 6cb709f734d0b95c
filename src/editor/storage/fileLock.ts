import { readFileSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';

const retryEveryMs = 15;
/** A process that lives and has held a lock for longer than this hangs or sleeps: nothing under a lock takes a second. */
const usualPatienceMs = 30_000;
/** So long, a file that can't be touched may be in the hands of a virus scanner, or about to be removed. */
const busyForMs = 2_000;
const busyCodes = ['EPERM', 'EACCES', 'EBUSY'];

/** The lock is not this window's any more: whoever has it now may have changed what all share. */
export class LostLock extends Error {}

/**
 * Does work while no other window, of whatever process, does work under the same lock. What a process that has ended held
 * is free, and so is what one holds that stood still for longer than `patienceMs`: when it goes on, it has lost the lock,
 * and begins the work again.
 * @param lock the path of a file that is there while the lock is held
 * @param work calls what it gets right before it changes what all share: that throws `LostLock` where the lock is lost
 * @throws what the work throws but for that, or when the file can't be made
 */
export async function withFileLock<T>(
	lock: string,
	work: (ensureHeld: () => void) => Promise<T>,
	patienceMs = usualPatienceMs,
): Promise<T> {
	for (;;) {
		const token = `${process.pid} ${crypto.randomUUID()}`;
		await acquire(lock, token, patienceMs);
		try {
			return await work(() => ensureHeld(lock, token));
		} catch (error) {
			if (!(error instanceof LostLock)) throw error;
		} finally {
			if ((await contentOf(lock)) === token) await rm(lock, { force: true }).catch(() => undefined);
		}
	}
}

/** In one go, with no turn of anybody else between the look and what is done upon it. @throws LostLock */
function ensureHeld(lock: string, token: string): void {
	let held: string | undefined;
	try {
		held = readFileSync(lock, 'utf8');
	} catch {
		// Taken away, and not made anew yet.
	}
	if (held !== token) throw new LostLock();
}

async function acquire(lock: string, token: string, patienceMs: number): Promise<void> {
	for (let busyUntil = 0; ;) {
		try {
			if (await create(lock, token)) return;
			busyUntil = 0;
		} catch (error) {
			busyUntil ||= Date.now() + busyForMs;
			if (!busyCodes.includes((error as NodeJS.ErrnoException).code ?? '') || Date.now() > busyUntil) throw error;
		}
		const held = await contentOf(lock);
		if (held !== undefined && (await isAbandoned(lock, held, patienceMs)))
			await takeAway(lock, held, token, patienceMs);
		else await pause();
	}
}

/** Of several that see an abandoned lock, one at a time may remove it: the next would remove the lock that came after. */
async function takeAway(lock: string, held: string, token: string, patienceMs: number): Promise<void> {
	const removal = `${lock}.removal`;
	if (!(await create(removal, token))) {
		const isFree = await isAbandoned(removal, (await contentOf(removal)) ?? '', patienceMs);
		if (isFree) await rm(removal, { force: true });
		return pause();
	}
	try {
		if ((await contentOf(lock)) === held) await rm(lock, { force: true });
	} finally {
		await rm(removal, { force: true });
	}
}

/** Returns whether there was no such file. */
async function create(file: string, content: string): Promise<boolean> {
	try {
		await writeFile(file, content, { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** A token begins with a process; one that is just being written is empty. */
async function isAbandoned(file: string, held: string, patienceMs: number): Promise<boolean> {
	const process = Number.parseInt(held, 10);
	if (process > 0 && !isRunning(process)) return true;
	const written = await stat(file).catch(() => undefined);
	return written !== undefined && Math.abs(Date.now() - written.mtimeMs) > patienceMs;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// It is there but somebody else's.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function contentOf(file: string): Promise<string | undefined> {
	return readFile(file, 'utf8').catch(() => undefined);
}

function pause(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, retryEveryMs * (1 + Math.random())));
}
