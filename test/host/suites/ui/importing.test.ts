import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	globex,
	isAsked,
	leave,
	notification,
	openOrganization,
	openSidebar,
	startVault,
	takeFromRowMenu,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';

const seed = {
	organizations: [acme, globex],
	objects: [
		{ name: 'DATABASE_URL', value: 'postgres://old', context: { organization_id: acme.id } },
		{ name: 'WEBHOOK_SECRET', value: 'theirs', context: { organization_id: globex.id } },
	],
};
const text = `# Local settings
API_TOKEN=token from the file
DATABASE_URL="postgres://new"
WEBHOOK_SECRET=ours
EMPTY=
DOUBTED=p4ss#word
just a line
`;

/** What the preview's rows say, in order: checked or not, name, description. */
async function previewRows(): Promise<string[]> {
	const rows = '.quick-input-list .monaco-list-row';
	const labels = await ui.attributes(rows, 'aria-label');
	const checked = await ui.attributes(rows, 'aria-checked');
	return labels.map((label, index) => `${checked[index] === 'true' ? '☑' : '☐'} ${label ?? ''}`);
}

suite('Importing a .env file', () => {
	let vault: TestVault;
	let file: string;

	suiteSetup(async () => {
		vault = await startVault(seed);
		file = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', '.env');
		await connect(vault, 'Importing');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		rmSync(file);
		await leave(vault);
	});

	/** Brings a file of this text to the front. */
	async function open(content: string): Promise<void> {
		writeFileSync(file, content);
		await vscode.window.showTextDocument(vscode.Uri.file(file));
		await eventually(() => assert.equal(activeText(), content));
		await clearNotifications();
	}

	/** Has the next creates answered ten seconds later. */
	async function slowDown(times: number): Promise<void> {
		await vault.call('POST', '/_local/faults', { route: 'POST /vault/v1/kv', delay_ms: 10_000, times });
	}

	test('a preview says what becomes of each variable, and the report what became of it', async () => {
		await open(text);
		await quickInput.runCommand('WorkOS Vault: Import .env…');
		await quickInput.pick('Import “.env”');
		await quickInput.pick('Acme');
		await quickInput.pick('Organization,');
		await quickInput.pick('Go On without Them');
		await eventually(async () =>
			assert.deepEqual(await previewRows(), [
				'☑ API_TOKEN, new',
				'☐ DATABASE_URL, exists: a changed value becomes a new version',
				'☐ WEBHOOK_SECRET, taken: an object of this name exists in Globex',
				'☐ EMPTY, not valid: it has no value',
				'☐ DOUBTED, new, in doubt, line 6: a # in it begins a comment for some readers',
			]),
		);
		await ui.screenshot('import-1-preview');
		await quickInput.pick('DATABASE_URL');
		await eventually(async () => assert.match((await previewRows())[1] ?? '', /^☑ DATABASE_URL/));
		await slowDown(1);
		await ui.press('Enter');
		await notification('Importing “.env”: 1 of 2');
		await ui.screenshot('import-2-progress');
		await notification('Imported 2 of 2: 1 created, 1 published as a new version. Keep the file');
		assert.equal((await vault.read('API_TOKEN')).value, 'token from the file');
		assert.equal((await vault.read('DATABASE_URL')).value, 'postgres://new');
		assert.equal((await vault.read('WEBHOOK_SECRET')).value, 'theirs');
		await eventually(async () => assert.match(await ui.treePicture(), /▸ API_TOKEN/));
		await ui.pressNotification('Imported 2 of 2', 'Show Report');
		await eventually(() =>
			assert.equal(
				activeText(),
				`Import of “.env” as objects of Acme (organization_id=${acme.id})
Imported 2 of 2: 1 created, 1 published as a new version.

API_TOKEN: created
DATABASE_URL: published as a new version
WEBHOOK_SECRET: not chosen (taken: an object of this name exists in Globex)
EMPTY: not chosen (not valid: it has no value)
DOUBTED: not chosen (new, in doubt, line 6: a # in it begins a comment for some readers)

Line 7 is no assignment.
`,
			),
		);
		await ui.screenshot('import-3-report');
		await closeEditors();
	});

	test('the preview says once, below its question, what may be a mistake in the key context', async () => {
		await open('API_KEY=one\nAPI_URL=two\n');
		await quickInput.runCommand('WorkOS Vault: Import .env…');
		await quickInput.pick('Import “.env”');
		await quickInput.pick('Acme');
		await quickInput.pick('Own Pairs…');
		await quickInput.answer(`organization_id=${acme.id}, endpoint=https://api.example`);
		await eventually(async () => assert.deepEqual(await previewRows(), ['☑ API_KEY, new', '☑ API_URL, new']));
		const asked = [...(await ui.attributes(quickInput.input, 'placeholder')), await quickInput.message()].join(' ');
		assert.match(asked, /^Which variables\? “endpoint” has a “:” in its value: the vault may never get the key/);
		await ui.screenshot('import-9-hint');
		await ui.press('Escape');
		await quickInput.waitUntilClosed();
	});

	test('from an organization’s menu it asks for none; cancelled, it finishes what runs and names the others', async () => {
		await open('FIRST=1\nSECOND=2\nTHIRD=3\n');
		await takeFromRowMenu(globex.name, 'Import .env…', isAsked);
		await quickInput.pick('Import “.env”');
		await quickInput.pick('Organization,');
		await eventually(async () =>
			assert.deepEqual(await previewRows(), ['☑ FIRST, new', '☑ SECOND, new', '☑ THIRD, new']),
		);
		// The first has to run until a person has cancelled, on a busy machine, too.
		await slowDown(3);
		await ui.press('Enter');
		await notification('Importing “.env”: 1 of 3');
		await ui.pressNotification('Importing “.env”', 'Cancel');
		await notification('Imported 1 of 3: 1 created. 2 were not.');
		await ui.screenshot('import-4-cancelled');
		await ui.pressNotification('Imported 1 of 3', 'Show Report');
		await eventually(() => assert.match(activeText() ?? '', /FIRST: created\nSECOND: not begun\nTHIRD: not begun/));
		await vault.call('DELETE', '/_local/faults');
		await assert.rejects(vault.read('SECOND'), /404/);
		await closeEditors();
	});

	test('from the explorer’s menu it takes that file, with none open', async () => {
		writeFileSync(file, 'FROM_EXPLORER=1\n');
		await clearNotifications();
		await vscode.commands.executeCommand('workbench.view.explorer');
		await ui.contextMenu('.explorer-folders-view .monaco-list-row[aria-label^=".env"]', 'Import .env…');
		await quickInput.pick('Acme');
		await quickInput.pick('Organization,');
		await eventually(async () => assert.deepEqual(await previewRows(), ['☑ FROM_EXPLORER, new']));
		await ui.press('Enter');
		await notification('Imported 1 of 1: 1 created.');
		assert.equal((await vault.read('FROM_EXPLORER')).value, '1');
		await openSidebar();
	});

	test('it takes what is typed and not saved yet', async () => {
		await open('SAVED=1\n');
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.press('Control+A');
		await ui.type('TYPED=2');
		await eventually(() => assert.equal(activeText(), 'TYPED=2'));
		await vscode.commands.executeCommand('workbench.view.explorer');
		await ui.contextMenu('.explorer-folders-view .monaco-list-row[aria-label^=".env"]', 'Import .env…');
		await quickInput.pick('Acme');
		await quickInput.pick('Organization,');
		await eventually(async () => assert.deepEqual(await previewRows(), ['☑ TYPED, new']));
		await ui.press('Escape');
		await quickInput.waitUntilClosed();
		await vscode.commands.executeCommand('workbench.action.files.revert');
		await closeEditors();
		await openSidebar();
	});
});
