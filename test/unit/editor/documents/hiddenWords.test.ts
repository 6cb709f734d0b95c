import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sourceIn, titleIn, wordsOfHidden } from '../../../../src/editor/documents/hiddenWords';

interface Manifest {
	readonly contributes: { readonly commands: readonly { readonly title: string }[] };
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const titles = contributes.commands.map(({ title }) => title);
const sources = ['object', 'version', 'comparison', 'conflict', 'ciphertext', 'dataKey', 'report'] as const;

suite('What stands in the place of a hidden value', () => {
	test('names the button where there is one', () => {
		for (const source of sources) {
			assert.match(wordsOfHidden(source, true), /^Hidden\. Choose “Reveal Again”, the eye in the title of this editor/);
		}
		assert.match(wordsOfHidden('ciphertext', true), /while its ciphertext stands in the open document\.$/);
	});

	test('names the command that shows it elsewhere, by its title, and never a button that is not there', () => {
		const named = sources.map((source) => {
			const words = wordsOfHidden(source, false);
			assert.doesNotMatch(words, /Reveal Again/);
			return [...words.matchAll(/“(.+?)”/g)].map(([, title = '']) => title);
		});
		assert.deepEqual(named, [
			['Reveal Value'],
			['Reveal Version'],
			['Compare with Current'],
			['Compare'],
			['Decrypt'],
			['Decrypt Data Key…'],
			[],
		]);
		// A button of the message that tells of a conflict.
		for (const title of named.flat()) if (title !== 'Compare') assert.ok(titles.includes(title), title);
	});

	test('says of a data key that it is gone for good', () => {
		assert.match(
			wordsOfHidden('dataKey', false),
			/^Hidden\. The vault keeps no data key: this one is gone for good, unless/,
		);
	});

	test('is told by the address, also by one that VS Code restored; what an address has not said is an object’s', () => {
		for (const source of sources) assert.equal(sourceIn(JSON.stringify({ name: 'token', source })), source);
		for (const query of ['{"name":"token"}', '{"source":"constructor"}', '{"source":1}', '', 'null', '{'])
			assert.equal(sourceIn(query), 'object');
	});

	test('has its title from the address, with the slashes and the dots of it', () => {
		const titleOf = (name: string) => titleIn(JSON.stringify({ name, source: 'object' }));
		assert.deepEqual(['token', 'team\u2215database', '..\u2060'].map(titleOf), ['token', 'team/database', '..']);
		for (const query of ['{"name":1}', '{}', '', 'null', '{']) assert.equal(titleIn(query), undefined);
	});
});
