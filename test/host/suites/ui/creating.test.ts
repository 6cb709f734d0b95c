import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	discardActiveEditor,
	globex,
	newDocument,
	notification,
	publishButton,
	suiteVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';

/** Waits for a box that asks for this. */
async function asked(what: RegExp): Promise<void> {
	await eventually(async () => assert.match((await ui.attributes(quickInput.input, 'placeholder')).join(), what));
}

/** Answers organization, name and key context, up to the question where the value comes from. */
async function startCreating(name: string): Promise<void> {
	await clearNotifications();
	await quickInput.runCommand('WorkOS Vault: Create Object…');
	await quickInput.pick('Acme');
	await asked(/The object’s name/);
	await quickInput.answer(name);
	await quickInput.pick('Organization,');
}

/** What a screen reader says of the box: its name, which is the question, and what it is described by. */
async function questionRead(): Promise<string> {
	const [name] = await ui.attributes(quickInput.input, 'aria-label');
	const [description] = await ui.attributes(quickInput.input, 'aria-describedby');
	const texts = description ? await ui.texts(`[id="${description}"]`) : [];
	return [name, ...texts].join(' ');
}

suite('Creating an object', () => {
	const vault = suiteVault('Creating');

	test('the name is checked while it is typed', async () => {
		await quickInput.runCommand('WorkOS Vault: Create Object…');
		await quickInput.pick('Acme');
		await asked(/The object’s name/);
		await quickInput.fill('n'.repeat(201));
		await eventually(async () => assert.match(await quickInput.message(), /at most 200 characters; this one has 201/));
		await quickInput.fill('database-url');
		await eventually(async () => assert.match(await quickInput.message(), /exists/));
		await ui.screenshot('create-1-name-taken');
		await ui.press('Escape');
	});

	test('a typed value is masked, and the object appears in the tree', async () => {
		await startCreating('from-typing');
		await quickInput.pick('Type or Paste It');
		await eventually(async () => assert.equal(await quickInput.isMasked(), true));
		await quickInput.fill('typed value');
		await ui.screenshot('create-2-typed');
		await ui.press('Enter');
		await notification('Created “from-typing”.');
		const created = await vault.read('from-typing');
		assert.equal(created.value, 'typed value');
		await eventually(async () => assert.match(await ui.treePicture(), /▸ from-typing/));
		await ui.screenshot('create-3-created');
	});

	test('a generated value has the length and the characters that were chosen', async () => {
		await startCreating('from-generator');
		await quickInput.pick('Generate It');
		await quickInput.answer('40');
		await quickInput.pick('Hexadecimal');
		await notification('Created “from-generator”.');
		await ui.screenshot('create-5-generated');
		assert.match((await vault.read('from-generator')).value, /^[0-9a-f]{40}$/);
	});

	test('a value of many lines is written in an editor and created by saving', async () => {
		await startCreating('from-editor');
		await quickInput.pick('Write It in an Editor');
		await ui.waitFor('.tab.active .label-name:text-is("from-editor")');
		await ui.waitFor(publishButton);
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.type('one');
		await ui.press('Enter');
		await ui.type('two');
		await eventually(() => assert.equal(activeText(), 'one\ntwo'));
		await ui.screenshot('create-6-draft');
		await ui.press('Control+S');
		await notification('Created “from-editor”.');
		assert.equal((await vault.read('from-editor')).value, 'one\ntwo');
		await closeEditors();
	});

	test('the selected text becomes the value', async () => {
		const editor = await newDocument('token: abc-123');
		editor.selection = new vscode.Selection(0, 7, 0, 14);
		await startCreating('from-selection');
		await quickInput.pick('Use the Selected Text');
		await notification('Created “from-selection”.');
		await ui.screenshot('create-7-selection');
		assert.equal((await vault.read('from-selection')).value, 'abc-123');
		await discardActiveEditor();
	});

	test('the clipboard’s text becomes the value', async () => {
		await vscode.env.clipboard.writeText('from the clipboard');
		await startCreating('from-clipboard');
		await quickInput.pick('Use the Clipboard');
		await notification('Created “from-clipboard”.');
		await ui.screenshot('create-8-clipboard');
		assert.equal((await vault.read('from-clipboard')).value, 'from the clipboard');
	});

	test('a name that another client took in the meantime is said, and offered to be opened', async () => {
		await vault.call('POST', '/vault/v1/kv', {
			name: 'taken-elsewhere',
			value: 'x',
			key_context: { organization_id: globex.id },
		});
		await quickInput.runCommand('WorkOS Vault: Create Object…');
		await quickInput.pick('Acme');
		await asked(/The object’s name/);
		await quickInput.answer('taken-elsewhere');
		await notification('An object named “taken-elsewhere” exists.');
		await ui.pressNotification('taken-elsewhere', 'Open It');
		await eventually(async () => {
			const selected = (await ui.treeRows()).filter((one) => one.selected);
			assert.deepEqual(
				selected.map(({ label }) => label),
				['taken-elsewhere'],
			);
		});
	});

	test('a key context of an organization and a data type is kept as chosen', async () => {
		await clearNotifications();
		await quickInput.runCommand('WorkOS Vault: Create Object…');
		await quickInput.pick('Globex');
		await quickInput.answer('typed-context');
		await quickInput.pick('Organization and Data Type…');
		await quickInput.answer('tokens');
		await quickInput.pick('Type or Paste It');
		await quickInput.answer('value');
		await notification('Created “typed-context”.');
		const { metadata } = (await vault.read('typed-context')) as unknown as { metadata: { context: object } };
		assert.deepEqual(metadata.context, { organization_id: globex.id, data_type: 'tokens' });
	});

	test('a hint about the key context stands there whole before the value is asked for, is read with the question, and leads back', async () => {
		await clearNotifications();
		await quickInput.runCommand('WorkOS Vault: Create Object…');
		await quickInput.pick('Acme');
		await asked(/The object’s name/);
		await quickInput.answer('hinted-context');
		await quickInput.pick('Own Pairs…');
		await asked(/The pairs of the key context/);
		await quickInput.answer(`organizationId=${acme.id}, user_id=${acme.id}`);
		await eventually(async () => {
			const question = await questionRead();
			assert.match(question, /Is this key context meant\?/);
			assert.match(question, /with “organizationId” in its place, one may not be used\./);
			assert.match(question, /“user_id” has an organization’s ID: all its users may share the key/);
		});
		await ui.screenshot('create-9-hint');
		const change = '.quick-input-list .monaco-list-row.focused[aria-label^="Change It…"]';
		await ui.waitFor(change);
		await ui.press('Enter');
		await asked(/The pairs of the key context/);
		await quickInput.answer(`organizationId=${acme.id}`);
		await ui.waitFor(change);
		await ui.press('ArrowDown');
		await ui.waitFor('.quick-input-list .monaco-list-row.focused[aria-label^="Use It All the Same"]');
		await ui.press('Enter');
		await quickInput.pick('Type or Paste It');
		await quickInput.answer('value');
		await notification('Created “hinted-context”.');
		const { metadata } = (await vault.read('hinted-context')) as unknown as { metadata: { context: object } };
		assert.deepEqual(metadata.context, { organizationId: acme.id });
	});

	test('a name that looks like a link stays a text in messages', async () => {
		await startCreating('[x](command:workbench.action.quickOpen)');
		await quickInput.pick('Type or Paste It');
		await quickInput.answer('value');
		await notification('Created “[x]');
		assert.equal(await ui.count('.notifications-toasts .notification-list-item-message a'), 0);
		await ui.screenshot('create-5-link-name');
	});
});
