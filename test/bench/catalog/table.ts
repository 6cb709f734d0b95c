/** One measurement beside its goal. A time is shown only: how fast a machine is proves nothing of the product. */
export interface Figure {
	readonly what: string;
	readonly ours: string;
	readonly naive: string;
	readonly bound: string;
	readonly goal: string;
	/** How far ours is from the goal: met or missed, or a ratio. */
	readonly verdict: string;
	readonly isMissed: boolean;
}

/** What was measured in one situation. */
export interface Row {
	readonly title: string;
	readonly requestsPerMinute: number | undefined;
	readonly concurrency: string;
	readonly figures: readonly Figure[];
}

interface Beside {
	readonly naive?: string;
	readonly bound?: string;
}

const nothing = '–';
const widths = [34, 12, 12, 12, 18, 16];

/** A number as people read it. */
export const number = (figure: number): string => Math.round(figure).toLocaleString('en-US');

/** A time as people read it. */
export function time(ms: number): string {
	if (ms < 10) return `${ms.toFixed(3)} ms`;
	return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A count that must not be above `most`. */
export function atMost(what: string, ours: number, most: number, { naive, bound }: Beside = {}): Figure {
	return countFigure(what, number(ours), `≤ ${number(most)}`, ours <= most, { naive, bound });
}

/** A count that must not be below `least`. */
export function atLeast(what: string, ours: number, least: number, unit = ''): Figure {
	return countFigure(what, number(ours) + unit, `≥ ${number(least)}${unit}`, ours >= least, {});
}

/** A figure that depends on the machine: `verdict` is its ratio to what the goal compares it with. */
export function shown(what: string, ours: string, goal: string, verdict: string, beside: Beside = {}): Figure {
	const { naive = nothing, bound = nothing } = beside;
	return { what, ours, naive, bound, goal, verdict, isMissed: false };
}

/** A ratio as people read it. */
export const ratio = (figure: number): string => `${figure.toFixed(2)} ×`;

/** Prints the rows. Answers how many counts missed their goals. */
export function print(rows: readonly Row[]): number {
	line('', 'ours', 'naive', 'bound', 'goal', 'ours to goal');
	for (const { title, requestsPerMinute, concurrency, figures } of rows) {
		console.log(`${title}\n  [${limitText(requestsPerMinute)}, ${concurrency}]`);
		for (const { what, ours, naive, bound, goal, verdict } of figures) {
			line(`  ${what}`, ours, naive, bound, goal, verdict);
		}
	}
	return rows.flatMap(({ figures }) => figures).filter(({ isMissed }) => isMissed).length;
}

function countFigure(
	what: string,
	ours: string,
	goal: string,
	isMet: boolean,
	beside: { [K in keyof Beside]: Beside[K] | undefined },
): Figure {
	const { naive = nothing, bound = nothing } = beside;
	return { what, ours, naive, bound, goal, verdict: isMet ? 'met' : 'MISSED', isMissed: !isMet };
}

function limitText(requestsPerMinute: number | undefined): string {
	return requestsPerMinute === undefined ? 'no limit' : `${number(requestsPerMinute)} requests a minute`;
}

function line(...cells: string[]): void {
	const [first = '', ...others] = cells;
	const padded = others.map((cell, index) => cell.padStart(widths[index + 1] ?? 14));
	console.log(first.padEnd(widths[0] ?? 0) + padded.join(''));
}
