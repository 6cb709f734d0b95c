import { renameSync } from 'node:fs';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { LostLock, withFileLock } from './fileLock';
import { ifListed } from './ifListed';
import { removeTemporaries, replaceFile } from './replaceFile';
import { codeOf, whileBusy } from './whileBusy';

/** How a `JsonFile` is to be read and written. */
export interface JsonFileOptions<T extends object> {
	/** How long a window may stand still in the middle of a change before another one goes on; 30 s if not given. */
	readonly patienceMs?: number | undefined;
	/** Whether what is in a file is none that is damaged. */
	readonly isWhole?: ((content: Partial<T>) => boolean) | undefined;
	/**
	 * What counts where a window that did not know of the last changes has put an older content back, or changed it: theirs
	 * if not given.
	 */
	readonly merge?: ((theirs: T, ours: T) => T) | undefined;
	/** Whether a damaged file that this window never understood is kept beside the one that takes its place. */
	readonly isDamagedKept?: boolean | undefined;
}

const damagedEnding = '.damaged';

/** What is in the file is none of ours, or damaged. */
export class DamagedFile extends Error {
	override readonly name = 'DamagedFile';
}

/**
 * A JSON file that windows of several processes read and change, and that nobody ever sees half written. A revision in it
 * grows with each change, so that an older content is known for what it is.
 */
export class JsonFile<T extends object> {
	readonly #path: string;
	/** What was last read here, or written: a file that was there and is missing is taken for unchanged, never for empty. */
	#known: T | undefined;
	#revision = 0;
	#isMissing = false;
	/** Whether the last read found something older than what is known. */
	#isMerged = false;

	/** @param empty what is read while there is no file; a file with fewer fields gets the others from here */
	constructor(
		private readonly folder: string,
		private readonly name: string,
		private readonly empty: T,
		private readonly options: JsonFileOptions<T> = {},
	) {
		this.#path = path.join(folder, name);
	}

	/** Whether a content was read or written here. */
	get isKnown(): boolean {
		return this.#known !== undefined;
	}

	/** Whether the last read found no file where one was before that said something, or an older one. */
	get isBehind(): boolean {
		const { empty } = this;
		return this.#isMerged || (this.#isMissing && JSON.stringify(this.#known ?? empty) !== JSON.stringify(empty));
	}

	/** @throws DamagedFile when it has another shape; any other error when it is there and can't be read */
	async read(): Promise<T> {
		return this.#accept(await this.#text(() => this.#isBeingWritten()));
	}

	/** Whether a damaged file is kept beside this one. @throws when nobody can tell */
	async hasDamaged(): Promise<boolean> {
		return (await this.#beside(damagedEnding)).length > 0;
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
				const content = change(await this.#readInstead(insteadOfDamaged, ensureHeld));
				// What is put back as it was must not look newer than what another window knows.
				const isNew = this.#isMerged || JSON.stringify(content) !== JSON.stringify(this.#known);
				const revision = this.#revision + (isNew ? 1 : 0);
				try {
					// Whoever takes the lock over right after the look at it removes the temporary file before it reads: the
					// renaming fails, or what it did is read.
					await replaceFile(this.#path, JSON.stringify({ ...content, revision }, undefined, '\t'), ensureHeld);
				} catch (error) {
					throw codeOf(error) === 'ENOENT' ? new LostLock() : error;
				}
				[this.#revision, this.#isMerged, this.#isMissing] = [revision, false, false];
				return (this.#known = content);
			},
			this.options.patienceMs,
		);
	}

	async #readInstead(ofDamaged: T | undefined, ensureHeld: () => void): Promise<T> {
		try {
			return this.#accept(await this.#text(() => false));
		} catch (error) {
			if (!ofDamaged || !(error instanceof DamagedFile)) throw error;
			if (this.options.isDamagedKept && !this.isKnown) await this.#setAside(ensureHeld);
			return ofDamaged;
		}
	}

	/** Never in the place of another one that was damaged. */
	async #setAside(ensureHeld: () => void): Promise<void> {
		const count = (await this.#beside(damagedEnding)).length;
		const aside = this.#path + damagedEnding + (count > 0 ? `.${crypto.randomUUID()}` : '');
		await whileBusy(() => {
			ensureHeld();
			renameSync(this.#path, aside);
		});
	}

	#accept(text: string | undefined): T {
		this.#isMissing = text === undefined;
		if (text === undefined) return this.#known ?? this.empty;
		const { theirs, revision } = this.#parse(text);
		const isOlder = this.#known !== undefined && revision <= this.#revision;
		const content = (isOlder && this.#known && this.options.merge?.(theirs, this.#known)) || theirs;
		this.#isMerged = revision < this.#revision || JSON.stringify(content) !== JSON.stringify(theirs);
		this.#revision = Math.max(revision, this.#revision);
		return (this.#known = content);
	}

	#parse(text: string): { theirs: T; revision: number } {
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
		const { revision, ...fields } = content;
		const found = fields as Partial<T>;
		if (this.options.isWhole?.(found) === false) throw new DamagedFile(`${this.name} is not whole`);
		return { theirs: { ...this.empty, ...found }, revision: Number.isSafeInteger(revision) ? Number(revision) : 0 };
	}

	/** Undefined where there is no file. One that was there is looked for again: some systems have none for a moment. */
	#text(mayAppear: () => boolean | Promise<boolean>): Promise<string | undefined> {
		return ifListed(
			this.#path,
			() => readFile(this.#path, 'utf8'),
			() => this.isKnown || mayAppear(),
		);
	}

	/** Whether another window has its hands on the file just now. */
	async #isBeingWritten(): Promise<boolean> {
		return (await this.#beside('.')).length > 0;
	}

	async #beside(ending: string): Promise<string[]> {
		const files = await whileBusy(() => readdir(this.folder));
		return files.filter((file) => file.startsWith(this.name + ending));
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
