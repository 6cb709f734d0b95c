import assert from 'node:assert/strict';
import { WindowsRun } from '../../../support/windowsRun';
import { withShortPauses } from '../../../support/withShortPauses';

/** WINDOWS_RUNS=10000 npm test -- unit --only "Two windows over a disk that fails" runs more of them. */
const runs = Number(process.env['WINDOWS_RUNS'] ?? 15);
const first = Number(process.env['WINDOWS_SEED'] ?? 0);

suite(`Two windows over a disk that fails, ${runs} times at random`, () => {
	withShortPauses((ms) => ms < 2_000);

	test('lose no key, no draft and no lock', async function () {
		this.timeout(3_600_000);
		const counts = new Map<string, number>();
		for (let seed = first; seed < first + runs; seed++) {
			const run = new WindowsRun(seed, counts);
			try {
				await run.run();
			} catch (cause) {
				assert.fail(`seed ${seed}: ${String(cause)}\n${run.log.join('\n')}`);
			} finally {
				run.dispose();
			}
		}
		for (const what of ['done', 'refused', 'cut off', 'passed by', 'overtaken'])
			assert.ok((counts.get(what) ?? 0) > runs / 4, `hardly ever ${what}`);
	});
});
