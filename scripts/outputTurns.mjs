/**
 * Lets programs that run side by side print without mixing: the first is shown as it prints, what the others print is
 * kept until those before them have ended.
 */
export class Turns {
	#waiting = [];

	/** @param {{ write(text: string): unknown }} terminal */
	constructor(terminal) {
		this.terminal = terminal;
	}

	/** @returns {{ write(text: string): void, end(): void }} the next turn */
	take() {
		const turn = { kept: '', hasEnded: false };
		this.#waiting.push(turn);
		return {
			write: (text) => {
				if (turn === this.#waiting[0]) this.terminal.write(text);
				else turn.kept += text;
			},
			end: () => {
				turn.hasEnded = true;
				while (this.#waiting[0]?.hasEnded) {
					this.#waiting.shift();
					const [next] = this.#waiting;
					if (next) this.terminal.write(next.kept);
				}
			},
		};
	}
}
