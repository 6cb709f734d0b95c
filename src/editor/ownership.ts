import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withFileLock } from './storage/fileLock';

const beatEvery = 10_000;
/** A window without a sign of life for this long, in ms, has ended, whatever process has its number now. */
const silence = 60_000;

/**
 * Which window owns what, through files that all windows see: `<name>.owner` holds a window's id, `<id>.window` its
 * process, touched while it lives. What a window owned that has ended is free.
 */
export class Ownership {
	readonly #window = crypto.randomUUID();
	#beat: NodeJS.Timeout | undefined;
	#lastBeat = Date.now();
	/** When this window last woke with the machine. */
	#awakeSince = 0;

	constructor(
		private readonly folder: string,
		/** Settles as long as there is a window: a server keeps the process of a browser that is gone for hours. */
		private readonly askWindow: () => PromiseLike<unknown>,
	) {}

	/**
	 * Makes this window the owner, unless another one that lives is: of several that see that an owner has ended, one takes
	 * over. Answers whether it is the owner now.
	 */
	async claim(name: string): Promise<boolean> {
		await this.#showLife();
		if ((await this.#ownerOf(name)) === this.#window) return true;
		return withFileLock(path.join(this.folder, 'owners.lock'), async (ensureHeld) => {
			const owner = await this.#ownerOf(name);
			if (owner !== undefined && owner !== this.#window && (await this.#isAlive(owner))) return false;
			ensureHeld();
			await writeFile(this.#owner(name), this.#window);
			return true;
		});
	}

	/** Gives up what this window owns, or nobody does any more; what another one owns stays its own. */
	async release(name: string): Promise<void> {
		if (await this.claim(name)) await rm(this.#owner(name), { force: true });
	}

	dispose(): void {
		clearInterval(this.#beat);
		void rm(this.#life(this.#window), { force: true });
	}

	async #showLife(): Promise<void> {
		if (this.#beat) return;
		this.#lastBeat = Date.now();
		this.#beat = setInterval(() => {
			const now = new Date();
			if (now.getTime() - this.#lastBeat > 2 * beatEvery) this.#awakeSince = now.getTime();
			this.#lastBeat = now.getTime();
			this.askWindow().then(
				() => void utimes(this.#life(this.#window), now, now).catch(() => undefined),
				() => undefined,
			);
		}, beatEvery);
		await mkdir(this.folder, { recursive: true });
		await writeFile(this.#life(this.#window), String(process.pid));
	}

	async #isAlive(window: string): Promise<boolean> {
		try {
			const { mtimeMs } = await stat(this.#life(window));
			process.kill(Number(await readFile(this.#life(window), 'utf8')), 0);
			if (Date.now() - mtimeMs <= silence) return true;
			// One that slept when we did has had no turn yet.
			const isJustAwake = Date.now() - this.#lastBeat > 2 * beatEvery;
			return isJustAwake || Date.now() - this.#awakeSince <= silence;
		} catch (error) {
			// The process is there but somebody else's.
			return isCode(error, 'EPERM');
		}
	}

	#ownerOf(name: string): Promise<string | undefined> {
		return readFile(this.#owner(name), 'utf8').catch(() => undefined);
	}

	#owner(name: string): string {
		return path.join(this.folder, `${name}.owner`);
	}

	#life(window: string): string {
		return path.join(this.folder, `${window}.window`);
	}
}

function isCode(error: unknown, code: string): boolean {
	return (error as NodeJS.ErrnoException).code === code;
}
