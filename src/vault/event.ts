/** Something that can be ended. */
export interface Disposable {
	dispose(): void;
}

/** Subscribes a listener until the answer is disposed. Assignable to VS Code's `Event`. */
export type Event<T> = (listener: (value: T) => unknown) => Disposable;

/** Tells listeners. */
export class Emitter<T> {
	readonly #listeners = new Set<(value: T) => unknown>();

	readonly event: Event<T> = (listener) => {
		// A wrapper of its own, so that one function subscribed twice is told twice and ended once at a time.
		const entry = (value: T) => listener(value);
		this.#listeners.add(entry);
		return { dispose: () => this.#listeners.delete(entry) };
	};

	fire(value: T): void {
		for (const listener of [...this.#listeners]) listener(value);
	}

	dispose(): void {
		this.#listeners.clear();
	}
}
