import { Catalog } from '../../../src/vault/catalog/catalog';
import type { CatalogSnapshot } from '../../../src/vault/catalog/snapshot';
import { Outline } from '../../../src/vault/outline/outline';
import { longestChain } from './chain';
import type { Cost } from './naive';
import { countedClient, latency, timed, type Bench, type Server } from './running';
import { atMost, number, ratio, shown, time, type Row } from './table';

const background = 'concurrency 5 in the background, 8 in all';

/** The first scan of a vault whose events tell of all its objects. Answers what it learnt, too. */
export async function coldWithEvents(
	bench: Bench,
	server: Server,
	count: number,
	naive: Cost,
): Promise<{ readonly row: Row; readonly kept: CatalogSnapshot }> {
	const { vault, catalog, requests, ms } = await scanned(bench, server, count);
	const least = (count / 100) * 2;
	// They are shown first, before a scan begins.
	await catalog.organizations.load();
	vault.dispose();
	const row: Row = {
		title: `Cold, ${number(count)} objects in 8 organizations, events tell of all`,
		requestsPerMinute: undefined,
		concurrency: `${background}; of the bound 2: a cursor comes with the page before`,
		figures: [
			atMost('requests', requests, least * 1.05, { naive: number(naive.requests), bound: number(least) }),
			shown('time', time(ms), '≥ 40 × naive', `${(naive.ms / ms).toFixed(1)} × naive`, {
				naive: time(naive.ms),
				bound: time((least * latency) / 2),
			}),
		],
	};
	return { row, kept: JSON.parse(JSON.stringify(catalog.snapshot())) as CatalogSnapshot };
}

/** The first scan of a vault that refuses to tell events. */
export async function coldWithoutEvents(bench: Bench, server: Server, count: number, naive: Cost): Promise<Row> {
	const { vault, requests, ms } = await scanned(bench, server, count);
	vault.dispose();
	const least = count / 100 + count;
	const bound = (least * latency) / 5;
	return {
		title: `Cold, ${number(count)} objects, the vault refuses events`,
		requestsPerMinute: undefined,
		concurrency: background,
		figures: [
			atMost('requests', requests, least * 1.01, { naive: number(naive.requests), bound: number(least) }),
			shown('time', time(ms), '≤ 1.30 × bound', `${ratio(ms / bound)} bound`, {
				naive: time(naive.ms),
				bound: time(bound),
			}),
		],
	};
}

/** From nothing until the first organization's first objects can be shown. A scan by hand sends one after the other. */
export async function firstOrganization(bench: Bench, server: Server, naive: Cost): Promise<Row> {
	const { vault, answers } = countedClient(bench, server);
	const catalog = new Catalog(vault);
	const outline = new Outline(vault, catalog);
	const { ms } = await timed(async () => {
		const [first] = await outline.children();
		for (;;) {
			const changed = new Promise<void>((resolve) => outline.onDidChange(resolve));
			const rows = await outline.children(first);
			if (rows.some(({ kind }) => kind === 'object' || kind === 'folder')) return;
			if (rows.some(({ kind }) => kind === 'failure' || kind === 'nothing')) throw new Error('No object came.');
			await changed;
		}
	});
	const chain = longestChain(answers);
	vault.dispose();
	outline.dispose();
	catalog.dispose();
	return {
		title: "Cold, the first organization's children on the screen",
		requestsPerMinute: undefined,
		concurrency: background,
		figures: [
			atMost('round trips', chain, 3, { naive: number(naive.requests + 1), bound: '2' }),
			shown('time ÷ latency', (ms / latency).toFixed(1), '≤ 3', ratio(ms / latency / 3), {
				naive: number(naive.ms / latency + 1),
				bound: '2',
			}),
		],
	};
}

async function scanned(bench: Bench, server: Server, count: number) {
	const { vault, answers } = countedClient(bench, server);
	const catalog = new Catalog(vault);
	const { ms } = await timed(() => catalog.scan());
	const { phase, known, failure } = catalog.progress;
	if (phase !== 'complete' || known !== count) {
		throw new Error(`The scan ended as ${phase} with ${known} of ${count} objects.`, { cause: failure });
	}
	return { vault, catalog, requests: answers.length, ms };
}
