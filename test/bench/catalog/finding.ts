import { Ranking } from '../../../src/commands/find/ranking';
import type { VaultApi } from '../../../src/vault/api';
import { Catalog } from '../../../src/vault/catalog/catalog';
import { ObjectIndex } from '../../../src/vault/catalog/known/objectIndex';
import { snapshotOf } from '../../../src/vault/catalog/snapshot';
import { CatalogState } from '../../../src/vault/catalog/state';
import type { KeyContext, Organization } from '../../../src/vault/model';
import { goal, longestStretch } from './stretches';
import { number, ratio, shown, time, type Figure, type Row } from './table';

const count = 100_000;
const users = 40_000;
/** What opening the list and a letter took while names alone were searched, in ms of the processor's time. */
const [openingBudget, letterBudget] = [450, 50];
const turns = 21;
const providers = ['openai', 'anthropic', 'slack', 'github', 'google'];
const organizations = Array.from({ length: 300 }, (_, index): Organization => ({
	id: idOf('org', index),
	name: `${index % 2 ? 'Meadow' : 'Harbor'} Street ${index}`,
}));

/** An id as WorkOS makes them; each number has its own. */
function idOf(kind: string, index: number): string {
	return `${kind}_01K${((index + 1) * 7_919_333).toString(32).toUpperCase().padStart(23, '0')}`;
}

/** Names and key contexts as applications give them: most are of a user of their own, a third of an organization. */
function objectOf(index: number): { readonly name: string; readonly keyContext: KeyContext } {
	const user = idOf('user', index % users);
	const provider = providers[index % providers.length] ?? '';
	const { id = '' } = organizations[index % organizations.length] ?? {};
	if (index % 3 === 0) return { name: `byok-gateway-${user}-${provider}-${index}`, keyContext: { userId: user } };
	if (index % 3 === 1) return { name: `tokens/${user}/${index}`, keyContext: { user_id: user, data_type: 'token' } };
	return {
		name: `${provider}/oauth/${id}/${index}`,
		keyContext: { organization_id: id, app: 'chat', kind: 'oauth', provider },
	};
}

function catalogOfMany(): Catalog {
	const objects = new ObjectIndex();
	for (let index = 0; index < count; index++) {
		const facts = { updatedAt: new Date(0), updatedBy: 'Ann', versionId: undefined };
		objects.put({ id: `secret_${index}`, ...objectOf(index), ...facts });
	}
	const state = new CatalogState(objects);
	state.organizations.list({ items: organizations, next: undefined });
	state.listing.end(0);
	return new Catalog({} as VaultApi, snapshotOf(state));
}

const user = idOf('user', 10_000);
/** What is typed, and how many objects it must find; a hundred are shown at most. */
const texts: readonly [what: string, text: string, found: number][] = [
	['no text', '', 100],
	['one letter', 'o', 100],
	['a part of a name', 'gateway', 100],
	['scattered letters', 'byokgw', 100],
	['a name that is not there', 'zzzz', 0],
	['a value of a key context', user, 2],
	['a pair', 'provider=openai', 100],
	['an organization’s name', 'meadow street 7', 100],
	['two words', 'openai chat', 100],
	['a pair and a value', `kind=oauth ${idOf('org', 8)}`, 100],
];

/**
 * What each typed letter takes until its rows are there, among 100,000 objects, and for how long it holds others up, by the
 * processor's time: what else runs on a machine is not of the product.
 */
export async function findInMany(): Promise<Row> {
	const catalog = catalogOfMany();
	const ranking = new Ranking(catalog);
	const figures: Figure[] = [];
	const add = async (what: string, allowed: number, find: () => Promise<unknown>) => {
		const times: number[] = [];
		for (let turn = 0; turn < turns; turn++) {
			const before = processorTime();
			await find();
			times.push(processorTime() - before);
		}
		const median = times.toSorted((a, b) => a - b)[(turns - 1) / 2] ?? Number.NaN;
		const longest = await longestStretch(find, processorTime);
		figures.push(
			shown(what, time(median), `≤ ${allowed} ms`, ratio(median / allowed)),
			shown('  its longest stretch', time(longest), `≤ ${goal} ms`, ratio(longest / goal)),
		);
	};
	await add('opening the list', openingBudget, () => {
		ranking.outdate();
		return ranking.best('');
	});
	for (const [what, text, found] of texts) {
		await add(what, letterBudget, async () => {
			const { length } = await ranking.best(text);
			if (length !== found) throw new Error(`“${text}” found ${length} objects.`);
		});
	}
	catalog.dispose();
	return {
		title: `Finding among ${number(count)} objects of ${number(users)} users and ${organizations.length} organizations, by what is typed`,
		requestsPerMinute: undefined,
		concurrency: `the processor’s time, the median of ${turns}; stretches: the worst of five`,
		figures,
	};
}

/** What this thread has used of the processor, in ms. */
function processorTime(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}
