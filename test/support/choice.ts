/** Chooses at random, the same for the same seed. */
export class Choice {
	constructor(readonly random: () => number) {}

	/** A whole number from 0 up to `below`. */
	number(below: number): number {
		return Math.floor(this.random() * below);
	}

	/** One of a list that is not empty. */
	of<T>(list: readonly T[]): T {
		return list[this.number(list.length)] as T;
	}

	/** True once in `times`. */
	once(times: number): boolean {
		return this.number(times) === 0;
	}
}
