import { countedClient, type Bench, type Server } from './running';
import { atLeast, atMost, shown, time, type Row } from './table';

/** What the server of the storm allows. */
export const stormLimit = 600;
const callsOfEach = 700;
const minute = 60_000;

/**
 * Two clients that know no limit of their own, on one key, with more calls than two minutes allow. Takes two minutes and
 * what is left for the third.
 */
export async function storm(bench: Bench, server: Server): Promise<Row> {
	const clients = [countedClient(bench, server), countedClient(bench, server)];
	const startedAt = performance.now();
	const outcomes = await Promise.all(
		clients.map(async ({ vault }) => {
			const { items } = await vault.listObjects({ limit: 100 });
			const calls = Array.from({ length: callsOfEach }, (_, index) =>
				vault.describeObject(items[index % items.length]?.id ?? ''),
			);
			return Promise.allSettled(calls);
		}),
	);
	const failed = outcomes.flat().filter(({ status }) => status === 'rejected').length;
	const answers = clients.flatMap((client) => client.answers);
	const refused = answers.filter(({ status }) => status === 429).length;
	// The server's minutes begin on a whole second, so that its third may come a second early.
	const inTwoMinutes = answers.filter(
		({ status, answeredAt }) => status === 200 && answeredAt - startedAt < 2 * minute - 1000,
	);
	for (const { vault } of clients) vault.dispose();
	return {
		title: `429 storm: two clients on one key, ${callsOfEach} calls each, the server's limit ${stormLimit} a minute`,
		requestsPerMinute: undefined,
		concurrency: 'concurrency 8 in each',
		figures: [
			atLeast('answers with 429', refused, 1),
			atMost('failed calls', failed, 0, { bound: '0' }),
			atLeast('used of two minutes’ limit', Math.floor((inTwoMinutes.length / (2 * stormLimit)) * 100), 90, ' %'),
			shown('time', time(performance.now() - startedAt), '–', '–', { bound: time(2 * minute) }),
		],
	};
}
