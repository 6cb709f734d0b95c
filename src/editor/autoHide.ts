import { settings } from './settings';

const checkEveryMs = 5_000;

/** Hides what shows a value and was not used for as long as the person's setting says. */
export class AutoHide<T> {
	readonly #lastUses = new Map<T, number>();
	readonly #timer: NodeJS.Timeout;

	constructor(hide: (item: T) => void) {
		this.#timer = setInterval(() => {
			const seconds = settings.hideAfter();
			if (seconds === 0) return;
			for (const [item, lastUse] of [...this.#lastUses]) {
				if (Date.now() - lastUse <= seconds * 1000) continue;
				this.#lastUses.delete(item);
				hide(item);
			}
		}, checkEveryMs);
	}

	/** Starts the time from now, or anew. */
	use(item: T): void {
		this.#lastUses.set(item, Date.now());
	}

	/** Leaves it alone from now on. */
	delete(item: T): void {
		this.#lastUses.delete(item);
	}

	dispose(): void {
		clearInterval(this.#timer);
	}
}
