import { coldWithEvents, coldWithoutEvents, firstOrganization } from './cold';
import { largeCatalog } from './large';
import { naiveScan, type Cost } from './naive';
import { revealDuringScan } from './reveal';
import { latency, withServer, type Bench, type ServerStart } from './running';
import { seedOf } from './seeds';
import { storm, stormLimit } from './storm';
import { print, type Row } from './table';
import { nothingChanged, someChanged } from './warm';

const cold = 10_000;
const withoutEvents = 2_000;
const naiveMeasured = 1_000;
const delayed = ['--latency', String(latency)];
const noEvents = JSON.stringify({ route: 'GET /events', times: 1_000_000, status: 403 });

/** Measures everything, prints the table, and answers how many counts missed their goals. */
export async function measure(bench: Bench): Promise<number> {
	const rows: Row[] = [];
	const { step } = bench;
	const add = (title: string, work: () => Promise<Row>) => step(title, async () => void rows.push(await work()));
	const against = (count: number, more: readonly string[]): ServerStart => ({
		seed: seedOf(count),
		options: [...delayed, ...more],
	});

	// First of all: the memory of what follows would count.
	const large = await step('Opening a catalog of 100,000 objects', () => largeCatalog(bench));
	const measured = await step('Scanning as a user of the SDK would', () =>
		withServer(bench, against(naiveMeasured, []), (server) => naiveScan(bench, server)),
	);
	const naive = (count: number): Cost => {
		const times = count / naiveMeasured;
		return { requests: measured.requests * times, ms: measured.ms * times };
	};
	await withServer(bench, against(cold, []), async (server) => {
		const ofAll = naive(cold);
		const { row, kept } = await step('Scanning with events', () => coldWithEvents(bench, server, cold, ofAll));
		rows.push(row);
		await add('Painting the first organization', () => firstOrganization(bench, server, ofAll));
		await add('Starting again', () => nothingChanged(bench, server, kept, ofAll.requests));
		await withServer(bench, against(withoutEvents, ['--fault', noEvents]), async (other) => {
			await add('Scanning without events', () => coldWithoutEvents(bench, other, withoutEvents, naive(withoutEvents)));
			await add('Revealing during a scan', () => revealDuringScan(bench, other));
		});
		const stormy = against(100, ['--requests-per-minute', String(stormLimit)]);
		await withServer(bench, stormy, (other) =>
			add('Storming the limit, which takes two minutes', () => storm(bench, other)),
		);
		// Last: new objects are looked for in a list of what changed since a minute before them, and all that a seed made
		// would be among it, were it made just now.
		await add('Starting again after changes', () => someChanged(bench, server, kept, ofAll.requests));
	});
	console.log(
		`\nLatency ${latency} ms. Naive: measured on ${naiveMeasured} objects and scaled. Bound: the least possible requests, and`,
	);
	console.log('requests × latency ÷ concurrency. Only counts can be missed; times and memory depend on the machine.\n');
	return print([...rows, large]);
}
