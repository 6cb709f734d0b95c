import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withFileLock } from '../../storage/fileLock';
import { hasEnded, holder, Silence } from '../../storage/holder';
import { ifListed } from '../../storage/ifListed';
import { touch } from '../../storage/touch';
import { whileBusy } from '../../storage/whileBusy';

const beatEveryMs = 10_000;
/** A window without a sign of life for this long has ended, whatever process has its number now. */
const silenceMs = 60_000;
/** After so long, each window that slept when this one did has shown that it lives. */
const graceMs = 25_000;
const lifeEnding = '.window';
const ownerEnding = '.owner';

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
	#lastBeat = performance.now();
	/** When this window began, or last woke with the machine. */
	#awakeSince = 0;
	readonly #silence = new Silence();
	/** What this window took over without `onTaken` having come to its end: it is not its own before. */
	readonly #untaken = new Set<string>();

	constructor(
		private readonly folder: string,
		/** Is fulfilled as long as there is a window: a server keeps the process of a browser that is gone for hours. */
		private readonly askWindow: () => PromiseLike<unknown>,
		/** Called when this window has become the owner, before anybody else can: again, until it does not fail. */
		private readonly onTaken: (name: string) => Promise<void>,
	) {}

	/** Names of all that some window owns, or owned. @throws when nobody can tell */
	async names(): Promise<string[]> {
		const files = await readdir(this.folder);
		return files.filter((file) => file.endsWith(ownerEnding)).map((file) => file.slice(0, -ownerEnding.length));
	}

	/**
	 * Makes this window the owner, unless another one that lives is: of several that see that an owner has ended, one takes
	 * over. Returns whether it is the owner now.
	 * @throws when the files can't be read or written
	 */
	async claim(name: string): Promise<boolean> {
		await this.#showLife();
		if (!this.#untaken.has(name) && (await this.#ownerOf(name)) === this.#window) return true;
		return this.#underLock(async (ensureHeld) => {
			const owner = await this.#ownerOf(name);
			if (owner !== this.#window) {
				if (owner !== undefined && (await this.#isAlive(owner))) return false;
				this.#untaken.add(name);
				await whileBusy(() => {
					ensureHeld();
					writeFileSync(this.#owner(name), this.#window);
				});
			}
			if (this.#untaken.has(name)) await this.onTaken(name);
			this.#untaken.delete(name);
			return true;
		});
	}

	/**
	 * Says that this window is the owner still: one that stood still for a minute may have been taken for ended. To be
	 * called right before what only the owner may do.
	 * @throws LostOwnership when another one is; any other error when that can't be read, or nobody is
	 */
	ensureOwned(name: string): void {
		if (readFileSync(this.#owner(name), 'utf8') !== this.#window) throw new LostOwnership();
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
		await mkdir(this.folder, { recursive: true });
		await whileBusy(() => writeFile(this.#life(this.#window), holder));
		this.#lastBeat = this.#awakeSince = performance.now();
		if (!this.#isEnded) this.#beat = setInterval(() => this.#onBeat(), beatEveryMs);
		// What they leave harms nobody.
		await this.#removeLivesOfEnded().catch(() => undefined);
	}

	/** A window that gets no answer may be one of several that sleep with their client: it takes nobody else for ended. */
	#onBeat(): void {
		this.askWindow().then(
			() => {
				if (this.#isEnded) return;
				const now = performance.now();
				if (now - this.#lastBeat > 2 * beatEveryMs) this.#awakeSince = now;
				this.#lastBeat = now;
				void touch(this.#life(this.#window), holder).catch(() => undefined);
			},
			() => undefined,
		);
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
		const who = await ifListed(life, () => readFile(life, 'utf8'));
		if (who === undefined || hasEnded(who)) return false;
		const shown = await ifListed(life, () => stat(life));
		if (!shown) return false;
		if (this.#silence.of(window, `${shown.mtimeMs} ${who}`) <= silenceMs) return true;
		const now = performance.now();
		return now - this.#lastBeat > 2 * beatEveryMs || now - this.#awakeSince <= graceMs;
	}

	/** Undefined where nobody is. */
	#ownerOf(name: string): Promise<string | undefined> {
		return ifListed(this.#owner(name), () => readFile(this.#owner(name), 'utf8'));
	}

	#owner(name: string): string {
		return path.join(this.folder, name + ownerEnding);
	}

	#life(window: string): string {
		return path.join(this.folder, window + lifeEnding);
	}
}
