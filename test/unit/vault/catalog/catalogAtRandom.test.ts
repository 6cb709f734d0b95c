import assert from 'node:assert/strict';
import { CatalogRun } from '../../../support/catalogRun';

/** CATALOG_RUNS=20000 npm test -- unit --only "A catalog of a vault that others change" runs more of them. */
const runs = Number(process.env['CATALOG_RUNS'] ?? 500);
const first = Number(process.env['CATALOG_SEED'] ?? 0);

suite(`A catalog of a vault that others change, ${runs} times at random`, () => {
	test('agrees with the vault after two quiet syncs, one a whole list where it tells no events, at the least cost', async function () {
		this.timeout(600_000);
		const counts = new Map<string, number>();
		for (let seed = first; seed < first + runs; seed++) {
			const run = new CatalogRun(seed, counts);
			await run.run().catch((cause: unknown) => {
				assert.fail(`seed ${seed}: ${String(cause)}\n${run.steps.join('\n')}`);
			});
		}
		for (const what of ['agreed by events alone', 'agreed on organizations', 'costs judged by events']) {
			assert.ok((counts.get(what) ?? 0) > runs / 4, `hardly ever ${what}: ${counts.get(what)}`);
		}
	});
});
