import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, teardown, test } from 'mocha';
import { measured } from './driver/measured.mjs';
import { Run } from './driver/run.mjs';
import { ended } from './ended.mjs';
import { scenarios } from './scenarios.mjs';

suite('Every command that touches a value, in one long session', function () {
	this.timeout(300_000);
	const run = new Run('commands');

	suiteSetup(() => run.begin(scenarios.flatMap(({ objects = [] }) => objects)));
	suiteTeardown(async () => {
		await run.end();
		ended.push(run);
	});

	teardown(async function () {
		if (this.currentTest.state === 'failed') await run.person.picture(this.currentTest.title);
	});

	/** By title, how long the extension host stood still, and how often it was done again for that. */
	const stalls = new Map();
	for (const { title, objects = [], act } of scenarios) {
		test(title, async () => stalls.set(title, await measured(run, objects, act)));
	}

	test('was measured, each of it', () => {
		const longest = Math.max(...[...stalls.values()].map(({ stall }) => stall));
		const repeats = [...stalls.values()].reduce((sum, { repeats }) => sum + repeats, 0);
		console.log(`      longest stall of the extension host ${longest} ms, ${repeats} done again`);
		assert.deepEqual(
			[...stalls.keys()],
			scenarios.map(({ title }) => title),
		);
	});
});
