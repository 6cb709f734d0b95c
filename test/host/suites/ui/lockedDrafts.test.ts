import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	isShown,
	isTold,
	largeSeed,
	leave,
	notification,
	openOrganization,
	pressRowAction,
	publishButton,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, throughout, ui } from '../../driver/ui';

const language = { languageId: 'workos-vault-secret' };
/** More than VS Code shows of messages that come at once. */
const many = ['service-00000', 'service-00002', 'service-00004', 'service-00006'];

const openDrafts = () =>
	vscode.window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === 'workos-vault-draft').length;

/** Sets the auto-save of drafts, as a person can. */
async function setAutoSave(value: 'off' | undefined): Promise<void> {
	const files = vscode.workspace.getConfiguration('files', language);
	await files.update('autoSave', value, vscode.ConfigurationTarget.Global, true);
}

const changedOnSave = 'The draft is read-only: another extension changes documents while they are saved';
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Ends each document with a line break while it is saved, as another extension does. */
const tidyOnSave = (before: () => Promise<void> = () => Promise.resolve()): vscode.Disposable =>
	vscode.workspace.onWillSaveTextDocument((saved) => {
		const end = saved.document.lineAt(saved.document.lineCount - 1).range.end;
		saved.waitUntil(before().then(() => [vscode.TextEdit.insert(end, '\n')]));
	});

suite('Drafts that a setting locks', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		vault = await startVault(largeSeed(10));
		await connect(vault, 'Locking');
		await openOrganization(acme.name);
		for (const [index, name] of many.entries()) {
			await pressRowAction(name, 'edit', () => assert.equal(openDrafts(), index + 1));
			await ui.waitFor(publishButton);
		}
	});
	suiteTeardown(async () => {
		await setAutoSave(undefined);
		await leave(vault);
	});
	setup(clearNotifications);

	test('are told of in one sentence, however many are open', async () => {
		await setAutoSave('off');
		await notification('The draft is read-only');
		await ui.waitFor(publishButton, 'detached');
		assert.equal((await ui.notifications()).length, 1);
	});

	test('can be published again when the setting is undone', async () => {
		await setAutoSave(undefined);
		await ui.waitFor(publishButton);
	});

	for (const [name, value, effect] of [
		['files.insertFinalNewline', true, 'change what you type'],
		['editor.wordBasedSuggestions', 'allDocuments', 'hand on what you type'],
	] as const) {
		test(`are locked by “${name}” of a folder for secrets, which is named, and go on without it`, async () => {
			const settings = vscode.workspace.getConfiguration(undefined, language);
			await settings.update(name, value, vscode.ConfigurationTarget.Workspace, true);
			try {
				await notification(`with “${name}” set for secrets in the workspace’s settings, VS Code would ${effect}`);
				await ui.waitFor(publishButton, 'detached');
				await ui.screenshot(`locked-by-${name}`);
				await ui.pressNotification('The draft is read-only', 'Show Settings');
				await eventually(() => {
					const document = vscode.window.activeTextEditor?.document;
					assert.match(document?.uri.path ?? '', /\/\.vscode\/settings\.json$/);
					assert.ok(document?.getText().includes(name));
				});
				await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
			} finally {
				await settings.update(name, undefined, vscode.ConfigurationTarget.Workspace, true);
			}
			await ui.waitFor(publishButton);
		});
	}

	test('are locked where another extension changes documents while they are saved, which is said', async () => {
		await closeEditors();
		const tidying = tidyOnSave();
		try {
			await pressRowAction('service-00000', 'edit', () => isTold(changedOnSave));
			await ui.screenshot('locked-by-extension');
			assert.equal(await ui.count(publishButton), 0);
			await ui.type('x');
			await throughout(() => assert.equal(activeText(), 'value 0'), 1_000);
		} finally {
			tidying.dispose();
		}
	});

	for (const [when, heldMs, lateMs] of [
		['VS Code is saving by itself already, and refuses another save', 300, 0],
		['of the time after which VS Code saves without a change, this extension sees the end alone', 1_000, 1_000],
	] as const) {
		test(`are locked also where ${when}`, async () => {
			await closeEditors();
			let [isHeld, isLate] = [false, true];
			const holding = vscode.workspace.onDidChangeTextDocument(({ document }) => {
				if (!document.uri.path.startsWith('/untidy/') || isHeld) return;
				isHeld = true;
				for (const end = Date.now() + heldMs; Date.now() < end;);
			});
			const tidying = tidyOnSave(async () => {
				if (isLate) await pause(lateMs);
				isLate = false;
			});
			try {
				await pressRowAction('service-00000', 'edit', () => isTold(changedOnSave));
				assert.equal(isHeld, true, 'nothing was tried');
				assert.equal(await ui.count(publishButton), 0);
			} finally {
				holding.dispose();
				tidying.dispose();
			}
		});
	}

	test('are locked where saving takes too long to tell, which is said', async () => {
		await closeEditors();
		const slowing = vscode.workspace.onWillSaveTextDocument((saved) => saved.waitUntil(pause(1_450)));
		try {
			const sentence = 'The draft is read-only: saving takes VS Code so long here that nobody can tell';
			await pressRowAction('service-00000', 'edit', () => isTold(sentence));
			assert.equal(await ui.count(publishButton), 0);
		} finally {
			slowing.dispose();
		}
	});

	test('open for writing again when that extension is gone, with their text as it was', async () => {
		await closeEditors();
		await pressRowAction('service-00000', 'edit', () => isShown(publishButton));
		await eventually(() => assert.equal(activeText(), 'value 0'));
		await throughout(async () => assert.deepEqual(await ui.notifications(), []), 1_000);
	});

	test('are not told of when their tabs are closed', async () => {
		await closeEditors();
		await eventually(() => assert.equal(openDrafts(), 0));
		await setAutoSave('off');
		await throughout(async () => assert.deepEqual(await ui.notifications(), []), 3_000);
	});
});
