import assert from 'node:assert/strict';
import { ActivityRun, happened } from '../../../support/activityRun';

const runs = Number(process.env['ACTIVITY_RUNS'] ?? 400);

suite(`The activity of an object, looked through ${runs} times at random`, () => {
	test('is never said to be known where it is not, and is found in the end', async function () {
		this.timeout(600_000);
		for (let seed = 0; seed < runs; seed++) {
			const run = new ActivityRun(seed);
			await run.run().catch((cause: unknown) => {
				assert.fail(`seed ${seed}: ${String(cause)}\n${run.steps.join('\n')}`);
			});
		}
		for (const [what, count] of Object.entries(happened)) assert.ok(count > 20, `hardly any ${what}: ${count}`);
	});
});
