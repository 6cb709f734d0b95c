import assert from 'node:assert/strict';
import { DraftRun } from '../../../support/draftRun';
import { withoutPauses } from '../../../support/withoutPauses';

const runs = 4000;
const outcomes = [
	'published',
	'unchanged',
	'conflict',
	'unavailable',
	'cancelled',
	'rejected',
	'nameTaken',
	'notFound',
];
const events = [
	'others publish',
	'others restore',
	'others delete',
	'others create',
	'crash',
	'late arrival',
	'kept without its version',
];
const choices = ['Overwrite Theirs', 'Take Theirs'];

suite(`A draft with other clients, lost answers and crashes, ${runs} times at random`, () => {
	withoutPauses();

	test('overwrites only what the person chose, publishes nothing twice and says what is true', async () => {
		const seen = new Map<string, number>();
		for (let seed = 0; seed < runs; seed++) {
			const run = await DraftRun.start(seed, seen);
			await run.run().catch((cause: unknown) => {
				assert.fail(`seed ${seed}: ${String(cause)}\n${run.steps.join('\n')}`);
			});
		}
		for (const what of [...outcomes, ...events, ...choices])
			assert.ok((seen.get(what) ?? 0) > 50, `hardly any ${what}`);
	});
});
