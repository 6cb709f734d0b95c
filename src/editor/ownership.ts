import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

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

	constructor(
		private readonly folder: string,
		/** Settles as long as there is a window: a server keeps the process of a browser that is gone for hours. */
		private readonly askWindow: () => PromiseLike<unknown>,
	) {}

	/** Makes this window the owner, unless another one that lives is. Answers whether it is the owner now. */
	async claim(name: string): Promise<boolean> {
		await this.#showLife();
		for (;;) {
			try {
				await writeFile(this.#owner(name), this.#window, { flag: 'wx' });
				return true;
			} catch (error) {
				if (!isCode(error, 'EEXIST')) throw error;
			}
			const owner = await readFile(this.#owner(name), 'utf8').catch(() => undefined);
			if (owner === this.#window) return true;
			if (owner !== undefined && (await this.#isAlive(owner))) return false;
			// Of several windows that see this, one can move the old claim away; the others look again.
			const aside = `${this.#owner(name)}.${crypto.randomUUID()}`;
			await rename(this.#owner(name), aside).then(
				() => rm(aside),
				() => undefined,
			);
		}
	}

	async release(name: string): Promise<void> {
		await rm(this.#owner(name), { force: true });
	}

	dispose(): void {
		clearInterval(this.#beat);
		void rm(this.#life(this.#window), { force: true });
	}

	async #showLife(): Promise<void> {
		if (this.#beat) return;
		this.#beat = setInterval(() => {
			this.askWindow().then(() => {
				const now = new Date();
				utimes(this.#life(this.#window), now, now).catch(() => undefined);
			});
		}, beatEvery);
		await mkdir(this.folder, { recursive: true });
		await writeFile(this.#life(this.#window), String(process.pid));
	}

	async #isAlive(window: string): Promise<boolean> {
		try {
			const { mtimeMs } = await stat(this.#life(window));
			if (Date.now() - mtimeMs > silence) return false;
			process.kill(Number(await readFile(this.#life(window), 'utf8')), 0);
			return true;
		} catch (error) {
			// The process is there but somebody else's.
			return isCode(error, 'EPERM');
		}
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
