import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'mocha';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { edited } from '../leaks/driver/weaken.mjs';
import { mutants, tests } from './mutants.mjs';

suite('The faults that are put into the catalog', () => {
	for (const { fault, edits } of mutants) {
		test(`${fault}: is where its edits look for it, each exactly once`, () => {
			for (const edit of edits) {
				const text = readFileSync(inRoot(edit.file), 'utf8');
				assert.notEqual(edited(text, edit), text);
			}
		});
	}

	test('the tests that are to see them are there', () => {
		for (const file of [...tests.random, ...tests.single]) assert.ok(existsSync(inRoot(file)), file);
	});

	test('each kind of fault has one', () => {
		const numbers = new Set(mutants.map(({ fault }) => /^B\d+/.exec(fault)?.[0]));
		for (const number of ['B1', 'B2', 'B3', 'B5', 'B6', 'B7', 'B8', 'B9']) assert.ok(numbers.has(number), number);
	});
});
