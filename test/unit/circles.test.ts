import assert from 'node:assert/strict';
import { circlesIn, importedIn, importsIn } from '../support/circles';

suite('Imports', () => {
	test('no file of src imports itself in a circle, types included', () => {
		const circles = circlesIn(importsIn('src'));
		assert.deepEqual(
			circles.map((circle) => circle.join(' → ')),
			[],
		);
	});

	test('a circle is found wherever it begins, and named', () => {
		const imports = new Map([
			['start', ['draft', 'catalog']],
			['draft', ['model']],
			['catalog', ['model', 'scan']],
			['scan', ['list', 'model']],
			['list', ['catalog']],
			['model', []],
			['self', ['self']],
		]);
		assert.deepEqual(circlesIn(imports), [
			['catalog', 'scan', 'list', 'catalog'],
			['self', 'self'],
		]);
	});

	test('two ways to one file are no circle', () => {
		const imports = new Map([
			['start', ['left', 'right']],
			['left', ['end']],
			['right', ['end']],
			['end', []],
		]);
		assert.deepEqual(circlesIn(imports), []);
	});

	test('all ways to import a file count, and words about one do not', () => {
		const text = `
			import './effect';
			import { value } from './value';
			import type { Type } from './type';
			import { type Other } from './other';
			export { again } from './again';
			export type * from './types';
			type Inline = import('./inline').Inline;
			const later = () => import('./later');
			// import { gone } from './comment';
			const text = "import { gone } from './text'";
			import path from 'node:path';
		`;
		assert.deepEqual(importedIn(text), [
			'./effect',
			'./value',
			'./type',
			'./other',
			'./again',
			'./types',
			'./inline',
			'./later',
		]);
	});
});
