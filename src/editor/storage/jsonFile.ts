import { renameSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pause } from '../../vault/pause';
import { LostLock, withFileLock } from './fileLock';

/** How often a file that was there is looked for, and the pause between, in ms. */
const looksForMissing = 4;
const pauseForMissing = 100;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A JSON file that windows of several processes read and change, and that nobody ever sees half written. */
export class JsonFile<T extends object> {
	readonly #path: string;
	/** What was last read here, or written: a file that was there and is missing is taken for unchanged, never for empty. */
	#known: T | undefined;

	/**
	 * @param empty what is read while there is no file; a file with fewer fields gets the others from here
	 * @param patienceMs how long a window may stand still in the middle of a change before another one goes on; 30 s if not given
	 */
	constructor(
		private readonly folder: string,
		private readonly name: string,
		private readonly empty: T,
		private readonly patienceMs?: number,
	) {
		this.#path = path.join(folder, name);
	}

	/** @throws when it is there and can't be read, or has another shape */
	async read(): Promise<T> {
		const text = await this.#text();
		if (text === undefined) return this.#known ?? this.empty;
		const content = { ...this.empty, ...(JSON.parse(text) as Partial<T>) };
		const isSameShape = Object.entries(this.empty).every(
			([field, value]) => Array.isArray(value) === Array.isArray(content[field as keyof T]),
		);
		if (!isSameShape) throw new TypeError(`${this.name} has another shape`);
		return (this.#known = content);
	}

	/** Undefined where there is no file. One that was there is looked for again: some systems have none for a moment. */
	async #text(): Promise<string | undefined> {
		for (let looked = 1; ; looked++) {
			try {
				return await readFile(this.#path, 'utf8');
			} catch (error) {
				if (!isMissing(error)) throw error;
				if (this.#known === undefined || looked === looksForMissing) return undefined;
				await pause(pauseForMissing);
			}
		}
	}

	/**
	 * Changes the content, from what is on the disk now; one change at a time, in all windows. Returns what it is then.
	 * @param change asked again, about what is there by then, where the machine or the process slept in the middle of it
	 * @throws when the file can't be read or written
	 */
	async update(change: (content: T) => T): Promise<T> {
		await mkdir(this.folder, { recursive: true });
		return withFileLock(
			`${this.#path}.lock`,
			async (ensureHeld) => {
				await this.#removeTemporaries();
				const content = change(await this.read());
				if (!(await this.#write(content, ensureHeld))) throw new LostLock();
				return content;
			},
			this.patienceMs,
		);
	}

	/** Puts a content in the place of whatever is there, readable or not. @throws when it can't be written */
	async replace(content: T): Promise<void> {
		// Somebody who changes the file just now may have taken the temporary file for a lost one.
		while (!(await this.#write(content)));
	}

	/** Returns whether the content is in the file: not where the temporary file was taken away. @throws LostLock */
	async #write(content: T, ensureHeld = () => undefined as void): Promise<boolean> {
		const temporary = `${this.#path}.${crypto.randomUUID()}`;
		await writeFile(temporary, JSON.stringify(content, undefined, '\t'));
		try {
			ensureHeld();
			// Between the look and this there is nothing but the call itself. Whoever takes over even then removes the temporary
			// file before it reads: the call fails, or what it did is read.
			renameSync(temporary, this.#path);
			this.#known = content;
			return true;
		} catch (error) {
			if (isMissing(error)) return false;
			throw error;
		} finally {
			await rm(temporary, { force: true }).catch(() => undefined);
		}
	}

	/** Those of killed windows, and of windows that lost the lock and don't know it yet: whoever holds it has none so far. */
	async #removeTemporaries(): Promise<void> {
		const files = await readdir(this.folder);
		const left = files.filter(
			(file) => file.startsWith(`${this.name}.`) && uuid.test(file.slice(this.name.length + 1)),
		);
		// One that can't be removed is just being written, and not asked about yet.
		await Promise.allSettled(left.map((file) => rm(path.join(this.folder, file), { force: true })));
	}
}

function isMissing(error: unknown): boolean {
	return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
