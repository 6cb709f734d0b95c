import assert from 'node:assert/strict';
import { createNewObject } from '../../../src/commands/create';
import { fromPalette, makeApp } from '../../support/fakes';

suite('The value of a new object', () => {
	const start = () => {
		const made = makeApp();
		made.vault.addOrganizations('Acme');
		made.ui
			.picks(/organization/, 'Acme')
			.types(/name, unique/, 'token')
			.picks(/key context/, 'Organization');
		const create = async () => {
			await createNewObject(made.app, fromPalette);
			made.ui.assertDone();
			const object = made.vault.named('token');
			return object && made.vault.valuesOf(object.id)?.[0];
		};
		return { ...made, create };
	};

	test('can be generated', async () => {
		const { ui, create } = start();
		ui.picks(/value come/, 'Generate It').types(/How many/, '7', '4097', '1e3', '', '48');
		ui.picks(/Of which characters/, 'Hexadecimal');
		assert.match((await create()) ?? '', /^[0-9a-f]{48}$/);
	});

	test('can be a file’s text, byte order mark and all', async () => {
		const { ui, create } = start();
		ui.picks(/value come/, 'Take It from a File…').choosesFile(new TextEncoder().encode('\ufeffa\r\nb'));
		assert.equal(await create(), '\ufeffa\r\nb');
	});

	test('can’t be a file that is not text', async () => {
		const { ui, create } = start();
		ui.picks(/value come/, 'Take It from a File…').choosesFile(Uint8Array.of(0xff, 0xfe, 0));
		assert.equal(await create(), undefined);
		assert.match(ui.messages[0] ?? '', /not UTF-8/);
	});

	test('can be the selected text', async () => {
		const { ui, textEditor, create } = start();
		textEditor.line = 'a line';
		textEditor.selected = ['first', 'second'];
		ui.picks(/value come/, 'Use the Selected Text');
		assert.equal(await create(), 'first\nsecond');
	});

	test('is not offered from a selection where there is none', async () => {
		const { ui, create } = start();
		ui.picks(/value come/, undefined);
		await create();
		assert.doesNotMatch(JSON.stringify(ui.lists.at(-1)), /Selected/);
	});

	test('can come from the clipboard', async () => {
		const { ui, clipboard, create } = start();
		clipboard.content = 'copied';
		ui.picks(/value come/, 'Use the Clipboard');
		assert.equal(await create(), 'copied');
	});

	test('can be written in an editor: publishing that draft creates the object', async () => {
		const { ui, vault, documents, create } = start();
		ui.picks(/value come/, 'Write It in an Editor');
		assert.equal(await create(), undefined);
		const [draft] = documents.edited;
		assert.deepEqual(
			[draft?.name, draft?.objectId, draft?.connectionId, draft?.keyContext],
			['token', undefined, 'one', { organization_id: 'org_acme' }],
		);
		assert.equal(vault.count('createObject'), 0);
	});

	for (const [what, text, sentence] of [
		['empty', '', /no value/],
		['larger than 1 MiB', 'é'.repeat(524_289), /larger than 1 MiB/],
	] as const) {
		test(`can’t be ${what}`, async () => {
			const { ui, clipboard, create } = start();
			clipboard.content = text;
			ui.picks(/value come/, 'Use the Clipboard');
			assert.equal(await create(), undefined);
			assert.match(ui.messages[0] ?? '', sentence);
		});
	}

	test('can have 1 MiB', async () => {
		const { ui, clipboard, create } = start();
		clipboard.content = 'é'.repeat(524_288);
		ui.picks(/value come/, 'Use the Clipboard');
		assert.equal((await create())?.length, 524_288);
	});
});
