import assert from 'node:assert/strict';
import { startLocalVault } from '../../../src/local/server';
import { counted, Interleaving, type Counts, type Parties } from '../../support/interleaving';
import { withShortPauses } from '../../support/withShortPauses';
import { clientOf } from './running';

const runs = 1000;
const lanes = 8;
/** Of the windows: a fault that delays an answer longer makes it a lost one. */
const timeout = 120;

suite(`Two clients and a draft publish to one object, ${runs} times at random`, () => {
	withShortPauses();

	test('no update is lost, none is applied twice, and what everybody is told is so', async function () {
		this.timeout(600_000);
		const counts = Object.fromEntries(counted.map((what) => [what, 0])) as Counts;
		let next = 0;
		const lane = async () => {
			const local = await startLocalVault();
			const { url, apiKey } = local;
			const client = (changes = {}) => clientOf(url, { apiKey, requestsPerMinute: 1_000_000, ...changes }).vault;
			const faults = async (method: string, body?: string) => {
				const headers = { authorization: `Bearer ${apiKey}` };
				const answer = await fetch(`${url}/_local/faults`, { method, headers, ...(body !== undefined && { body }) });
				assert.ok(answer.ok, await answer.text());
			};
			const addFault = (fault: object) => faults('POST', JSON.stringify(fault));
			const removeFaults = () => faults('DELETE');
			const windows = [client({ timeout }), client({ timeout })];
			const parties: Parties = { others: [client(), client()], windows, onlooker: client(), addFault, removeFaults };
			try {
				while (next < runs) {
					const seed = next++;
					const interleaving = new Interleaving(seed, parties, counts);
					await interleaving.run().catch((cause: unknown) => {
						next = runs;
						assert.fail(`seed ${seed}: ${String(cause)}\n${interleaving.steps.join('\n')}`);
					});
				}
			} finally {
				await local.close();
			}
		};
		await Promise.all(Array.from({ length: lanes }, lane));
		for (const [what, count] of Object.entries(counts)) assert.ok(count > 10, `hardly any ${what}: ${count}`);
		const numbers = counted.map((what) => `${counts[what]} ${what}`).join(', ');
		process.stdout.write(`      ${runs} runs: ${numbers}, 0 updates lost, 0 applied twice\n`);
	});
});
