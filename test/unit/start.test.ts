import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { reachedFrom } from '../support/circles';

const isTest = (file: string): boolean => file.split(path.sep)[0] === 'test';

/** Whether a script names the folder of the tests, or a place in it. */
const namesTests = (text: string): boolean => /['"`/]test['"`/]/.test(text);

suite('What npm start needs', () => {
	test('nothing that it imports is under test, and none of that names the folder', () => {
		const reached = reachedFrom(path.join('scripts', 'start.mjs'));
		assert.ok(reached.includes(path.join('scripts', 'launcher', 'workbench', 'proxy.mjs')), reached.join('\n'));
		assert.deepEqual(
			reached.filter((file) => isTest(file) || namesTests(readFileSync(file, 'utf8'))),
			[],
		);
	});

	test('a script that imports a test’s file, or names the folder, is found', () => {
		const reached = reachedFrom(path.join('scripts', 'testMutants.mjs'));
		assert.ok(reached.some(isTest), reached.join('\n'));
		assert.ok(namesTests("await cp(inRoot('test', 'host', 'workspace'), folder);"));
		assert.ok(namesTests("new URL('../test/host/entry.cjs', import.meta.url)"));
	});
});
