import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'mocha';
import { Run } from './driver/run.mjs';
import { buildWeakened } from './driver/weaken.mjs';
import { describe, examine } from './places.mjs';
import { scenarios } from './scenarios.mjs';
import { weakenings } from './weakenings.mjs';

/** Does one thing with the weakened extension, which need not get through it; answers what is found in a place. */
async function findingsAfter({ edits, scenario: title, place }, name) {
	const extension = path.join(process.env.LEAKS_FOLDER, `${name}-extension`);
	await buildWeakened(edits, extension);
	const { objects = [], act } = scenarios.find((scenario) => scenario.title === title);
	const run = new Run(name, { extension });
	let failure;
	try {
		await run.begin(objects);
		await act(run);
	} catch (error) {
		failure = error.message.split('\n')[0];
	} finally {
		await run.end();
	}
	return { failure, findings: examine(run).find((row) => row.place === place).findings };
}

suite('Without a protection, the table tells', function () {
	this.timeout(120_000);

	for (const [index, weakening] of weakenings.entries()) {
		test(`${weakening.place}: ${weakening.protection}`, async () => {
			const { failure, findings } = await findingsAfter(weakening, `weakened-${index}`);
			assert.ok(findings.length > 0, `nothing was found${failure ? `; the scenario failed: ${failure}` : ''}`);
			console.log(findings.map((finding) => `      ${describe(finding)}`).join('\n'));
		});
	}
});
