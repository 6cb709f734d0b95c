import { arranging } from './arranging';
import { coldWithEvents, coldWithoutEvents, firstOrganization } from './cold';
import { findInMany } from './finding';
import { hoverInLargeTexts } from './hovering';
import { largeCatalog } from './large';
import { naiveScan, type Cost } from './naive';
import { revealDuringScan } from './reveal';
import { latency, withServer, type Bench, type ServerStart } from './running';
import { seedOf } from './seeds';
import { storm, stormLimit } from './storm';
import { stretches } from './stretches';
import { print, type Row } from './table';
import { nothingChanged, someChanged } from './warm';

const count = 10_000;
const naiveMeasured = 1_000;
const delayed = ['--latency', String(latency)];
const noEvents = JSON.stringify({ route: 'GET /events', times: 1_000_000, status: 403 });

/** Measures everything, prints the table, and answers how many counts missed their goals. */
export async function measure(bench: Bench): Promise<number> {
	const rows: Row[] = [];
	const { step } = bench;
	const add = (title: string, work: () => Promise<Row>) => step(title, async () => void rows.push(await work()));
	const against = (size: number, more: readonly string[]): ServerStart => ({
		seed: seedOf(size),
		options: [...delayed, ...more],
	});

	// First of all: the memory of what follows would count.
	const large = await step('Opening a catalog of 100,000 objects', () => largeCatalog(bench));
	const measured = await step('Scanning as a user of the SDK would', () =>
		withServer(bench, against(naiveMeasured, []), (server) => naiveScan(bench, server)),
	);
	const times = count / naiveMeasured;
	const naive: Cost = { requests: measured.requests * times, ms: measured.ms * times };
	await withServer(bench, against(count, []), async (server) => {
		const { row, kept } = await step('Scanning with events', () => coldWithEvents(bench, server, count, naive));
		rows.push(row);
		await add('Painting the first organization', () => firstOrganization(bench, server, naive));
		await add('Starting again', () => nothingChanged(bench, server, kept, naive.requests));
		await withServer(bench, against(count, ['--fault', noEvents]), async (other) => {
			await add('Scanning without events', () => coldWithoutEvents(bench, other, count, naive));
			await add('Revealing during a scan', () => revealDuringScan(bench, other));
		});
		const stormy = against(100, ['--requests-per-minute', String(stormLimit)]);
		await withServer(bench, stormy, (other) =>
			add('Storming the limit, which takes two minutes', () => storm(bench, other)),
		);
		// Last: new objects are looked for in a list of what changed since a minute before them, and all that a seed made
		// would be among it, were it made just now.
		await add('Starting again after changes', () => someChanged(bench, server, kept, naive.requests));
	});
	await withServer(bench, { seed: seedOf(1), options: [] }, (server) =>
		add('Holding everything up', () => stretches(bench, server)),
	);
	await add('Arranging 100,000 objects', arranging);
	await add('Finding one of 100,000 objects', findInMany);
	await add('Hovering in large documents', () => Promise.resolve(hoverInLargeTexts()));
	console.log(
		`\nLatency ${latency} ms. Naive: measured on ${naiveMeasured} objects and scaled. Bound: the least possible requests, and`,
	);
	console.log('requests × latency ÷ concurrency. Only counts can be missed; times and memory depend on the machine.\n');
	return print([...rows, large]);
}
