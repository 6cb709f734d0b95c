import { mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pause } from '../../vault/pause';
import { LostLock, withFileLock } from './fileLock';
import { removeTemporaries, replaceFile } from './replaceFile';
import { codeOf, ifThere } from './whileBusy';

/** How often a file that was there is looked for, and the pause between, in ms. */
const looksForMissing = 4;
const pauseForMissing = 100;

/** What is in the file is none of ours, or damaged. */
export class DamagedFile extends Error {
	override readonly name = 'DamagedFile';
}

/** A JSON file that windows of several processes read and change, and that nobody ever sees half written. */
export class JsonFile<T extends object> {
	readonly #path: string;
	/** What was last read here, or written: a file that was there and is missing is taken for unchanged, never for empty. */
	#known: T | undefined;
	#isMissing = false;

	/**
	 * @param empty what is read while there is no file; a file with fewer fields gets the others from here
	 * @param more `patienceMs`: how long a window may stand still in the middle of a change before another one goes on, 30 s
	 * if not given; `isWhole` says whether a content is none that is damaged
	 */
	constructor(
		private readonly folder: string,
		private readonly name: string,
		private readonly empty: T,
		private readonly more: {
			readonly patienceMs?: number | undefined;
			readonly isWhole?: ((content: T) => boolean) | undefined;
		} = {},
	) {
		this.#path = path.join(folder, name);
	}

	/** Whether the last read found no file where one was before that said something. */
	get isLost(): boolean {
		const { empty } = this;
		return this.#isMissing && JSON.stringify(this.#known ?? empty) !== JSON.stringify(empty);
	}

	/** @throws DamagedFile when it has another shape; any other error when it is there and can't be read */
	async read(): Promise<T> {
		const text = await this.#text(() => this.#isBeingWritten());
		return this.#take(text);
	}

	/**
	 * Changes the content, from what is on the disk now; one change at a time, in all windows. Returns what it is then.
	 * @param change asked again, about what is there by then, where the machine or the process slept in the middle of it
	 * @param insteadOfDamaged what is changed where the file is damaged
	 * @throws DamagedFile where there is nothing instead; any other error when the file can't be read or written
	 */
	async update(change: (content: T) => T, insteadOfDamaged?: T): Promise<T> {
		await mkdir(this.folder, { recursive: true });
		return withFileLock(
			`${this.#path}.lock`,
			async (ensureHeld) => {
				// Whoever holds the lock has none so far.
				await removeTemporaries(this.#path);
				const content = change(await this.#readInstead(insteadOfDamaged));
				try {
					// Whoever takes the lock over right after the look at it removes the temporary file before it reads: the
					// renaming fails, or what it did is read.
					await replaceFile(this.#path, JSON.stringify(content, undefined, '\t'), ensureHeld);
				} catch (error) {
					throw codeOf(error) === 'ENOENT' ? new LostLock() : error;
				}
				return (this.#known = content);
			},
			this.more.patienceMs,
		);
	}

	async #readInstead(ofDamaged: T | undefined): Promise<T> {
		try {
			return this.#take(await this.#text(() => Promise.resolve(false)));
		} catch (error) {
			if (ofDamaged && error instanceof DamagedFile) return ofDamaged;
			throw error;
		}
	}

	#take(text: string | undefined): T {
		this.#isMissing = text === undefined;
		if (text === undefined) return this.#known ?? this.empty;
		const content = { ...this.empty, ...this.#parse(text) };
		if (this.more.isWhole?.(content) === false) throw new DamagedFile(`${this.name} is not whole`);
		return (this.#known = content);
	}

	#parse(text: string): Partial<T> {
		let content: unknown;
		try {
			content = JSON.parse(text);
		} catch {
			// Said below.
		}
		if (!isRecord(content)) throw new DamagedFile(`${this.name} holds no object`);
		for (const [field, value] of Object.entries(this.empty)) {
			const isOther = field in content && Array.isArray(value) !== Array.isArray(content[field]);
			if (isOther) throw new DamagedFile(`${this.name} has another shape`);
		}
		return content as Partial<T>;
	}

	/** Undefined where there is no file. One that was there is looked for again: some systems have none for a moment. */
	async #text(mayAppear: () => Promise<boolean>): Promise<string | undefined> {
		for (let looked = 1; ; looked++) {
			const text = await ifThere(() => readFile(this.#path, 'utf8'));
			if (text !== undefined || looked === looksForMissing) return text;
			if (this.#known === undefined && !(await mayAppear())) return undefined;
			await pause(pauseForMissing);
		}
	}

	/** Whether another window has its hands on the file just now. */
	async #isBeingWritten(): Promise<boolean> {
		const files = await readdir(this.folder).catch(() => []);
		return files.some((file) => file.startsWith(`${this.name}.`));
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
