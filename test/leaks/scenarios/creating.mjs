import assert from 'node:assert/strict';
import { created, ownFile, startCreating } from './steps.mjs';

/** Values from every source. @type {import('../scenarios.mjs').Scenario[]} */
export const creating = [
	{
		title: 'create from a typed value',
		async act(run) {
			const value = run.canaries.make('create, typed');
			await startCreating(run, 'typed');
			await run.person.pick('Type or Paste It');
			await run.person.see('.quick-input-widget:has-text("The value") input[type=password]');
			await run.person.type(value, 10);
			await run.person.press('Enter');
			await created(run, 'typed', value);
		},
	},
	{
		title: 'create from a generated value',
		async act(run) {
			await startCreating(run, 'generated');
			await run.person.pick('Generate It');
			await run.person.answer('How many characters?', '40');
			await run.person.pick('Hexadecimal');
			await run.person.acknowledge('Created “generated”.');
			run.canaries.take('create, generated', await run.vault.read('generated'));
		},
	},
	{
		title: 'create from a draft',
		async act(run) {
			const value = run.canaries.make('create, draft');
			await startCreating(run, 'written');
			await run.person.pick('Write It in an Editor');
			await run.person.goIntoDraft('written');
			await run.person.type(value, 10);
			await run.person.seeText(value);
			await run.person.press('Control+S');
			await created(run, 'written', value);
			await run.person.closeEditors();
		},
	},
	{
		title: 'create from a file',
		async act(run) {
			const file = ownFile(run, 'create, file');
			await startCreating(run, 'from a file');
			await run.person.pick('Take It from a File…');
			await run.person.answerPath(file);
			await created(run, 'from a file', run.canaries.all['create, file']);
		},
	},
	{
		title: 'create from the selected text',
		async act(run) {
			await run.person.openFile(ownFile(run, 'create, selection'));
			await run.person.press('Control+A');
			await startCreating(run, 'selected');
			await run.person.pick('Use the Selected Text');
			await created(run, 'selected', run.canaries.all['create, selection']);
			await run.person.closeEditors();
		},
	},
	{
		title: 'create from the clipboard',
		async act(run) {
			const value = run.canaries.make('create, clipboard');
			await run.person.writeClipboard(value);
			await startCreating(run, 'pasted');
			await run.person.pick('Use the Clipboard');
			await created(run, 'pasted', value);
			// It was the person who copied it, so it is the person's to remove.
			await run.person.writeClipboard('');
		},
	},
	{
		title: 'replace a value from the masked box',
		objects: ['replace'],
		async act(run) {
			const value = run.canaries.make('replace, typed');
			await run.person.choose('replace', 'Replace Value…', '.quick-input-widget');
			await run.person.pick('Type or Paste It');
			await run.person.answer('The value', value);
			await run.person.acknowledge('Published a new version of “replace”');
			assert.equal(await run.vault.read('replace'), value);
		},
	},
];
