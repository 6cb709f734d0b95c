import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'mocha';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { edited } from './driver/weaken.mjs';
import { places } from './places.mjs';
import { scenarios } from './scenarios.mjs';
import { weakenings } from './weakenings.mjs';

suite('The protections that the leak run takes away', () => {
	for (const { protection, edits, scenario, place } of weakenings) {
		test(`${place}: ${protection}: is where its edits look for it, each exactly once`, () => {
			for (const edit of edits) {
				const text = readFileSync(inRoot(edit.file), 'utf8');
				assert.notEqual(edited(text, edit), text);
			}
		});

		test(`${place}: ${protection}: has a scenario and a row of the table`, () => {
			assert.ok(scenarios.some(({ title }) => title === scenario));
			assert.ok(places.includes(place));
		});
	}
});
