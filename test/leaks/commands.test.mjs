import { suite, suiteSetup, suiteTeardown, teardown, test } from 'mocha';
import { Run } from './driver/run.mjs';
import { ended } from './ended.mjs';
import { scenarios } from './scenarios.mjs';

suite('Every command that touches a value, in one long session', function () {
	this.timeout(90_000);
	const run = new Run('commands');

	suiteSetup(() => run.begin(scenarios.flatMap(({ objects = [] }) => objects)));
	suiteTeardown(async () => {
		await run.end();
		ended.push(run);
	});

	teardown(async function () {
		if (this.currentTest.state === 'failed') await run.person.picture(this.currentTest.title);
	});

	for (const { title, act } of scenarios) test(title, () => act(run));
});
