import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import {
	acme,
	closeEditors,
	connect,
	discardActiveEditor,
	isShown,
	leave,
	newDocument,
	openOrganization,
	pressRowAction,
	publishButton,
	reveal,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, ui } from '../../driver/ui';
import { revealInIsolation } from '../isolated/tab';

const needle = 'needle-4c1f07';
const control = 'plain.txt';
const filesFound = '.search-view .filematch .label-name';

/** Searches with VS Code's search view, and answers the names of the files with matches when the control is there. */
async function filesWith(text: string): Promise<string[]> {
	await vscode.commands.executeCommand('workbench.view.search');
	await vscode.commands.executeCommand('search.action.clearSearchResults');
	await eventually(async () => assert.equal(await ui.count(filesFound), 0));
	await vscode.commands.executeCommand('workbench.action.findInFiles', { query: text, triggerSearch: true });
	return eventually(async () => {
		const names = await ui.texts(filesFound);
		assert.ok(names.includes(control), names.join());
		assert.match((await ui.texts('.search-view .messages')).join(), new RegExp(`in ${names.length} files?`));
		return names;
	});
}

suite('Searching in a window that shows secrets', () => {
	let vault: TestVault;
	let file: string;

	suiteSetup(async () => {
		vault = await startVault();
		await connect(vault, 'Searching');
		await openOrganization(acme.name);
		await vault.publish('database-url', `revealed ${needle}`);
		file = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', control);
		writeFileSync(file, `a file of the workspace with ${needle}\n`);
	});
	suiteTeardown(async () => {
		rmSync(file);
		await vscode.commands.executeCommand('workosVault.objects.focus');
		await leave(vault);
	});

	setup(async () => {
		await vscode.commands.executeCommand('workosVault.objects.focus');
	});
	teardown(closeEditors);

	test('a revealed value is not found, what is open in a plain document is', async () => {
		await reveal('database-url', `revealed ${needle}`);
		await newDocument(`Plain\n${needle}`);
		const files = await filesWith(needle);
		await ui.screenshot('search-1-revealed');
		assert.deepEqual(files.sort(), ['Plain', control]);
		await discardActiveEditor();
	});

	test('a value in the isolated editor is not found', async () => {
		await revealInIsolation('database-url');
		assert.deepEqual(await filesWith(needle), [control]);
		await ui.screenshot('search-2-isolated');
	});

	// VS Code searches every open document of a file system; neither `search.exclude` nor an extension can keep one out.
	test('a draft in the text editor is found while its tab is open, and not when it is closed', async () => {
		await pressRowAction('database-url', 'edit', () => isShown(publishButton));
		assert.deepEqual((await filesWith(needle)).sort(), ['draft.workos-vault-secret', control]);
		await closeEditors();
		assert.deepEqual(await filesWith(needle), [control]);
	});
});
