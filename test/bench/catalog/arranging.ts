import type { VaultApi } from '../../../src/vault/api';
import { Catalog } from '../../../src/vault/catalog/catalog';
import { Outline } from '../../../src/vault/outline/outline';
import type { Arrangement } from '../../../src/vault/outline/arrangement';
import { stateOfMany } from './manyObjects';
import { timed } from './running';
import { longestStretch } from './stretches';
import { atMost, number, ratio, shown, time, type Figure, type Row } from './table';

const objects = 100_000;
const goalMs = 100;
const stallMs = 50;

const arrangements: readonly (readonly [what: string, Partial<Arrangement>])[] = [
	['by organization', { levels: [{ by: 'organization' }] }],
	['by userId', { levels: [{ by: 'pair', name: 'userId' }] }],
	['by provider', { levels: [{ by: 'pair', name: 'provider' }] }],
	['by provider, then organization', { levels: [{ by: 'pair', name: 'provider' }, { by: 'organization' }] }],
	['nothing, as a tree', { levels: [], isTree: true }],
	['nothing, as a list', { levels: [], isTree: false }],
	['nothing, as a list, by last change', { levels: [], isTree: false, sortBy: 'change' }],
	['by userId, by last change', { levels: [{ by: 'pair', name: 'userId' }], sortBy: 'change' }],
];

/** How long it takes to arrange 100,000 objects in another way, until the rows are ready, and what it asks the vault. */
export async function arranging(): Promise<Row> {
	let requests = 0;
	const vault = new Proxy({} as VaultApi, {
		get: () => () => {
			requests++;
			return Promise.reject(new Error('No vault is asked.'));
		},
	});
	const { state } = stateOfMany(objects);
	const catalog = new Catalog(vault, state);
	const outline = new Outline(vault, catalog);
	await outline.children();
	const rows: Figure[] = [];
	for (const [what, change] of arrangements) {
		const times: number[] = [];
		const stretch = await longestStretch(async () => {
			outline.arrange({ levels: [{ by: 'organization' }], sortBy: 'name', isTree: true });
			await outline.children();
			times.push((await timed(async () => (outline.arrange(change), outline.children()))).ms);
		});
		const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
		rows.push(shown(`${what}: rows are ready`, time(median), `≤ ${goalMs} ms`, ratio(median / goalMs)));
		rows.push(shown(`${what}: longest stretch`, time(stretch), `≤ ${stallMs} ms`, ratio(stretch / stallMs)));
	}
	outline.dispose();
	catalog.dispose();
	return {
		title: `Arranging ${number(objects)} objects in another way, the median of five`,
		requestsPerMinute: undefined,
		concurrency: 'one process',
		figures: [atMost('requests of all of it', requests, 0), ...rows],
	};
}
