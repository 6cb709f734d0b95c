/**
 * What a page shows of its object's value, or waits for, by a person's wish. Holds no value. A wish that is over brings
 * nothing any more: with the page hidden, made anew or closed, or its value hidden, it is.
 */
export class WishedValue {
	#wish: object | undefined;
	#of: Date | undefined;

	/** Of which change of the object the page shows the value; undefined while it shows none. */
	get of(): Date | undefined {
		return this.#of;
	}

	/** Begins to wait for a value: tells whether the wish still stands once it is there. Undefined where one is awaited already. */
	begin(): { isOver(): boolean; end(): void } | undefined {
		if (this.#wish) return undefined;
		const wish = (this.#wish = {});
		const isOver = () => this.#wish !== wish;
		return { isOver, end: () => void (isOver() || (this.#wish = undefined)) };
	}

	/** Takes in that the page shows the value. */
	show(of: Date | undefined): void {
		this.#of = of;
	}

	/** Takes in that it shows none any more, and that nobody waits for one. */
	forget(): void {
		this.#wish = undefined;
		this.#of = undefined;
	}
}
