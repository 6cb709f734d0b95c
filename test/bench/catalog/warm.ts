import { Catalog } from '../../../src/vault/catalog/catalog';
import type { CatalogSnapshot } from '../../../src/vault/catalog/snapshot';
import { Outline } from '../../../src/vault/outline/outline';
import { longestChain } from './chain';
import { countedClient, latency, timed, type Bench, type Server } from './running';
import { contextOf, newValue } from './seeds';
import { atMost, number, ratio, shown, type Row } from './table';

const changed = 50;
const created = 5;

/** A start with a kept catalog of a vault in which nothing has changed. `naive`: requests of a scan by hand. */
export async function nothingChanged(bench: Bench, server: Server, kept: CatalogSnapshot, naive: number): Promise<Row> {
	const { vault, answers } = countedClient(bench, server);
	const catalog = new Catalog(vault, kept);
	const outline = new Outline(vault, catalog);
	const [first] = await outline.children();
	const rows = await outline.children(first);
	if (!rows.some(({ kind }) => kind === 'object' || kind === 'folder'))
		throw new Error('The first paint has no object.');
	const untilPaint = answers.length;
	await catalog.sync();
	const untilCertain = answers.length - untilPaint;
	vault.dispose();
	outline.dispose();
	return {
		title: `Warm start, ${number(kept.objects.length)} objects, nothing changed`,
		requestsPerMinute: undefined,
		concurrency: 'concurrency 5 in the background, 8 in all',
		figures: [
			atMost('requests to the first paint', untilPaint, 0, { naive: number(naive), bound: '0' }),
			atMost('requests to certainty', untilCertain, 1, { naive: number(naive), bound: '1' }),
		],
	};
}

/** A start with a kept catalog of a vault in which another client has changed and created objects. */
export async function someChanged(bench: Bench, server: Server, kept: CatalogSnapshot, naive: number): Promise<Row> {
	await change(bench, server, kept);
	const { vault, answers } = countedClient(bench, server);
	const catalog = new Catalog(vault, kept);
	const { ms } = await timed(() => catalog.sync());
	const [seen, known] = [[...catalog.objects()].filter(({ id }) => catalog.unseen(id)).length, catalog.progress.known];
	if (seen !== changed + created || known !== kept.objects.length + created) {
		throw new Error(`The catalog noticed ${seen} changes and has ${known} objects.`);
	}
	vault.dispose();
	return {
		title: `Warm start, ${changed} objects changed, ${created} new`,
		requestsPerMinute: undefined,
		concurrency: 'concurrency 5 in the background, 8 in all',
		figures: [
			atMost('requests', answers.length, 1 + created, { naive: number(naive), bound: '2' }),
			shown('time ÷ latency', (ms / latency).toFixed(1), '≤ round trips', ratio(ms / latency / longestChain(answers)), {
				bound: '2',
			}),
		],
	};
}

async function change(bench: Bench, server: Server, { objects }: CatalogSnapshot): Promise<void> {
	const { vault } = countedClient(bench, server);
	// All over the vault, not those that the list has first.
	const every = Math.floor(objects.length / changed);
	const ids = objects.filter((_, index) => index % every === 0).slice(0, changed);
	await Promise.all(ids.map(([id]) => vault.updateObject({ id, value: newValue(), versionCheck: undefined })));
	const numbers = Array.from({ length: created }, (_, index) => index);
	const create = (index: number) =>
		vault.createObject({ name: `new/${index}`, value: newValue(), keyContext: contextOf(index, index) });
	await Promise.all(numbers.map(create));
	vault.dispose();
}
