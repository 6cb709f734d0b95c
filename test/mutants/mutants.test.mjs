import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'mocha';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { edited } from '../leaks/driver/weaken.mjs';
import { mutants } from './mutants.mjs';

suite('The faults that are put into the catalog', () => {
	for (const { fault, edits } of mutants) {
		test(`${fault}: is where its edits look for it, each exactly once`, () => {
			for (const edit of edits) {
				const text = readFileSync(inRoot(edit.file), 'utf8');
				assert.notEqual(edited(text, edit), text);
			}
		});
	}

	test('each kind of fault has one', () => {
		const numbers = new Set(mutants.map(({ fault }) => /^B\d+/.exec(fault)?.[0]));
		for (const number of ['B1', 'B2', 'B3', 'B5', 'B6', 'B7', 'B8', 'B9']) assert.ok(numbers.has(number), number);
	});
});
