import { Catalog } from '../../../src/vault/catalog/catalog';
import { longestChain } from './chain';
import { countedClient, latency, timed, type Bench, type Server } from './running';
import { atMost, ratio, shown, type Row } from './table';

const requestsPerMinute = 600;
/** What background work may use of the limit. */
const backgroundLimit = requestsPerMinute * 0.9;
const revealCount = 10;
const longestWait = 60_000;

/** Reveals while a cold scan uses up what it may of the limit, and after it has. Tells of the slowest. */
export async function revealDuringScan(bench: Bench, server: Server): Promise<Row> {
	const { vault, answers } = countedClient(bench, server, requestsPerMinute);
	const catalog = new Catalog(vault);
	const startedAt = performance.now();
	const scanning = catalog.scan();
	const reveals: { readonly chain: number; readonly ms: number }[] = [];
	for (const sent of [backgroundLimit / 2, backgroundLimit]) {
		while (answers.length < sent + reveals.length) {
			if (performance.now() - startedAt > longestWait) throw new Error('The scan did not get to its limit.');
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		const objects = [...catalog.objects()].slice(0, revealCount);
		for (const { id } of objects) {
			const askedAt = performance.now();
			const { ms } = await timed(() => vault.readObject(id));
			// Nothing that the scan sent meanwhile was waited for, but what was answered before ours was sent.
			const own = answers.findLast(({ path }) => path === `/vault/v1/kv/${id}`);
			const before = answers.filter(({ answeredAt }) => answeredAt >= askedAt && answeredAt <= (own?.sentAt ?? 0));
			reveals.push({ chain: longestChain(before) + 1, ms });
		}
	}
	const { phase } = catalog.progress;
	catalog.dispose();
	vault.dispose();
	await scanning;
	if (phase !== 'scanning' || reveals.length !== 2 * revealCount) throw new Error('The scan ended too early.');
	const ms = Math.max(...reveals.map((reveal) => reveal.ms));
	return {
		title: `Reveal while a cold scan runs at the rate limit, the slowest of ${reveals.length}`,
		requestsPerMinute,
		concurrency: 'concurrency 5 in the background, 8 in all',
		figures: [
			atMost('round trips', Math.max(...reveals.map(({ chain }) => chain)), 2, { bound: '1' }),
			shown('time ÷ latency', (ms / latency).toFixed(1), '≤ 2', ratio(ms / latency / 2), { bound: '1' }),
		],
	};
}
