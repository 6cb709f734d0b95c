import { cpus, loadavg } from 'node:os';

const TITLES = { read: 'read', list: 'list (limit 100)', update: 'update', create: 'create' };
const GOALS = { part: 0.5, flat: 1.3 };
const WIDTHS = [36, 12, 10, 10, 10, 10];

const median = (figures) => figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)];
const count = (figure) => Math.round(figure).toLocaleString('en-US');
const percent = (part) => `${(part * 100).toFixed(0)} %`;
const row = (...cells) =>
	console.log(cells.map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[at]) : cell.padStart(WIDTHS[at]))).join(''));

/** Prints the table, and what the figures were measured with. */
export function report({ measured, kinds, sizes, rounds, about, serverCore, loadCore, durationMs, connections }) {
	const figures = (kind, name) => {
		const runs = measured.filter((one) => one.kind === kind && one.name === name);
		const middle = (key) => median(runs.map((one) => one[key]));
		return { rate: middle('rate'), p50: middle('p50'), p99: middle('p99'), cpu: middle('cpu') };
	};
	row('', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs', 'of bare');
	for (const kind of kinds) {
		console.log(`${TITLES[kind]}`);
		const bare = figures(kind, 'bare').rate;
		const line = (title, name) => {
			const { rate, p50, p99, cpu } = figures(kind, name);
			row(`  ${title}`, count(rate), p50.toFixed(3), p99.toFixed(3), cpu.toFixed(0), percent(rate / bare));
			return rate;
		};
		line('Hono, a constant', 'bare');
		for (const size of sizes) line(`SQLite alone, ${count(size)} objects`, `sqlite ${size}`);
		const rates = sizes.map((size) => line(`Local Vault, ${count(size)} objects`, `vault ${size}`));
		console.log(`  ${count(sizes[0])} → ${count(sizes.at(-1))} objects: ${(rates[0] / rates.at(-1)).toFixed(2)}×`);
	}

	const busiest = Math.max(...measured.map(({ busy = 0 }) => busy));
	console.log(`
Goals: a read at ≥ ${percent(GOALS.part)} of the bare rate; reads and lists ≤ ${GOALS.flat}× slower with the most objects.
Medians of ${rounds} rounds, ${durationMs / 1000} s each; ${connections} connections, on each the next request after the answer.
${serverCore === undefined ? 'Nothing is pinned to a core here.' : `Servers and SQLite pinned to core ${serverCore}, the load generator to core ${loadCore}.`}
CPU: what one request cost the server, in microseconds. It suffers less than the rate from what else the machine does.
The load generator had work to do for at most ${percent(busiest)} of the time: below 100 %, the servers set the pace.
Values of 200 bytes; reads and updates of any object, lists of any page by cursor, creates add to the objects.
SQLite ${about.version} alone: the statements that Local Vault ran for such requests, journal_mode ${about.journalMode}, without
encryption and HTTP, one after the other. Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}, load average over 5 minutes ${loadavg()[1].toFixed(1)}.
Statements of one request:`);
	for (const kind of kinds) {
		const { statements, synchronous } = about.kinds[kind];
		console.log(`  ${kind.padEnd(7)}synchronous ${synchronous}: ${statements.join(' · ')}`);
	}
}
