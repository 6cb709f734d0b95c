import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withFileLock } from './storage/fileLock';
import { hasEnded, holder } from './storage/holder';
import { codeOf, ifThere, whileBusy } from './storage/whileBusy';

const beatEveryMs = 10_000;
/** A window without a sign of life for this long has ended, whatever process has its number now. */
const silenceMs = 60_000;
/** After so long, each window that slept when this one did has shown that it lives. */
const graceMs = 25_000;
const lifeEnding = '.window';

/** Another window owns it by now. */
export class LostOwnership extends Error {}

/**
 * Which window owns what, through files that all windows see: `<name>.owner` holds a window's id, `<id>.window` its
 * process, touched while it lives. What a window owned that has ended is free; in doubt, none has.
 */
export class Ownership {
	readonly #window = crypto.randomUUID();
	#showing: Promise<void> | undefined;
	#beat: NodeJS.Timeout | undefined;
	#isEnded = false;
	#lastBeat = Date.now();
	/** When this window began, or last woke with the machine. */
	#awakeSince = 0;

	constructor(
		private readonly folder: string,
		/** Is fulfilled as long as there is a window: a server keeps the process of a browser that is gone for hours. */
		private readonly askWindow: () => PromiseLike<unknown>,
		/** Called when this window has taken over what another one owned, before anybody else can. */
		private readonly onTaken: (name: string) => Promise<void>,
	) {}

	/**
	 * Makes this window the owner, unless another one that lives is: of several that see that an owner has ended, one takes
	 * over. Returns whether it is the owner now.
	 * @throws when the files can't be read or written
	 */
	async claim(name: string): Promise<boolean> {
		await this.#showLife();
		if ((await this.#ownerOf(name)) === this.#window) return true;
		return this.#underLock(async (ensureHeld) => {
			const owner = await this.#ownerOf(name);
			if (owner !== undefined && owner !== this.#window && (await this.#isAlive(owner))) return false;
			await whileBusy(() => {
				ensureHeld();
				writeFileSync(this.#owner(name), this.#window);
			});
			if (owner !== undefined && owner !== this.#window) await this.onTaken(name);
			return true;
		});
	}

	/**
	 * Says that this window is the owner still: one that stood still for a minute may have been taken for ended. To be
	 * called right before what only the owner may do.
	 * @throws LostOwnership when another one is, or nobody; any other error when that can't be read
	 */
	ensureOwned(name: string): void {
		let owner: string | undefined;
		try {
			owner = readFileSync(this.#owner(name), 'utf8');
		} catch (error) {
			if (codeOf(error) !== 'ENOENT') throw error;
		}
		if (owner !== this.#window) throw new LostOwnership();
	}

	/** Gives up what this window owns, or nobody does any more; what another one owns stays its own. */
	async release(name: string): Promise<void> {
		if (!(await this.claim(name))) return;
		await this.#underLock(async (ensureHeld) => {
			if ((await this.#ownerOf(name)) !== this.#window) return;
			await whileBusy(() => {
				ensureHeld();
				rmSync(this.#owner(name), { force: true });
			});
		});
	}

	dispose(): void {
		this.#isEnded = true;
		clearInterval(this.#beat);
		void whileBusy(() => rm(this.#life(this.#window), { force: true })).catch(() => undefined);
	}

	async #underLock<T>(work: (ensureHeld: () => void) => Promise<T>): Promise<T> {
		await mkdir(this.folder, { recursive: true });
		return withFileLock(path.join(this.folder, 'owners.lock'), work);
	}

	/** Counts on the sign of life only when it is there: without it, others would take over what this window owns. */
	#showLife(): Promise<void> {
		this.#showing ??= this.#beginLife().catch((error: unknown) => {
			this.#showing = undefined;
			throw error;
		});
		return this.#showing;
	}

	async #beginLife(): Promise<void> {
		await this.#writeLife();
		this.#lastBeat = this.#awakeSince = Date.now();
		if (!this.#isEnded) this.#beat = setInterval(() => this.#onBeat(), beatEveryMs);
		// What they leave harms nobody.
		await this.#removeLivesOfEnded().catch(() => undefined);
	}

	/** A window that gets no answer may be one of several that sleep with their client: it takes nobody else for ended. */
	#onBeat(): void {
		this.askWindow().then(
			() => {
				const now = Date.now();
				if (now - this.#lastBeat > 2 * beatEveryMs) this.#awakeSince = now;
				this.#lastBeat = now;
				void this.#renewLife().catch(() => undefined);
			},
			() => undefined,
		);
	}

	async #renewLife(): Promise<void> {
		try {
			await this.#touchLife();
		} catch (error) {
			if (codeOf(error) === 'ENOENT') await this.#writeLife();
		}
	}

	async #writeLife(): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		await whileBusy(() => writeFile(this.#life(this.#window), holder));
		await this.#touchLife();
	}

	/** By the clock of this machine: that of a server which has the disk may differ. */
	async #touchLife(): Promise<void> {
		const now = new Date();
		await whileBusy(() => utimes(this.#life(this.#window), now, now));
	}

	async #removeLivesOfEnded(): Promise<void> {
		for (const file of await readdir(this.folder)) {
			if (!file.endsWith(lifeEnding)) continue;
			const life = path.join(this.folder, file);
			if (hasEnded(await readFile(life, 'utf8'))) await rm(life, { force: true });
		}
	}

	async #isAlive(window: string): Promise<boolean> {
		const life = this.#life(window);
		const shown = await ifThere(() => stat(life));
		const who = await ifThere(() => readFile(life, 'utf8'));
		if (!shown || who === undefined || hasEnded(who)) return false;
		if (Date.now() - shown.mtimeMs <= silenceMs) return true;
		const isJustAwake = Date.now() - this.#lastBeat > 2 * beatEveryMs;
		return isJustAwake || Date.now() - this.#awakeSince <= graceMs;
	}

	/** Undefined where nobody is. */
	#ownerOf(name: string): Promise<string | undefined> {
		return ifThere(() => readFile(this.#owner(name), 'utf8'));
	}

	#owner(name: string): string {
		return path.join(this.folder, `${name}.owner`);
	}

	#life(window: string): string {
		return path.join(this.folder, window + lifeEnding);
	}
}
