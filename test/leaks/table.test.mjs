import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import { ended } from './ended.mjs';
import { describe, examine, places, table } from './places.mjs';

suite('No secret is left in', function () {
	this.timeout(120_000);
	/** By place, what was examined in all runs together. */
	const rows = new Map(places.map((place) => [place, { place, files: 0, bytes: 0, findings: [] }]));

	suiteSetup(() => {
		assert.ok(ended.length > 0, 'nothing was run');
		for (const { place, files, bytes, findings } of ended.flatMap(examine)) {
			const row = rows.get(place);
			row.files += files;
			row.bytes += bytes;
			row.findings.push(...findings);
		}
		const looked = ended.reduce((sum, { canaries }) => sum + Object.keys(canaries.all).length, 0);
		const names = ended.map(({ name }) => name).join(', ');
		console.log(`\n${table(`What is left after the runs ${names}`, [...rows.values()], looked)}\n`);
	});

	/** Places that may be empty; all others have files, or the scan did not look there. */
	const mayBeEmpty = ['VS Code’s backups', 'Temporary folder', 'Clipboard'];

	for (const place of places) {
		test(place, () => {
			const { files, findings } = rows.get(place);
			assert.ok(files > 0 || mayBeEmpty.includes(place), 'nothing was looked at');
			assert.deepEqual(findings.map(describe), []);
		});
	}
});
