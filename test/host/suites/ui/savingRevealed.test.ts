import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	activeText,
	clearNotifications,
	closeEditors,
	editValue,
	notification,
	reveal,
	suiteVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';

const name = 'database-url';
const sentence = 'A revealed value is not saved to a file';

suite('Saving a revealed value', () => {
	const vault = suiteVault('Saving');
	setup(clearNotifications);
	teardown(closeEditors);

	/** Presses Ctrl+S, and sees a sentence and no question for a file. */
	async function isRefused(): Promise<void> {
		await ui.press('Control+S');
		await notification(sentence);
		assert.equal(await ui.count('.quick-input-widget:visible'), 0);
	}

	test('is refused with a sentence, in the text and on its tab', async () => {
		const { value } = await vault.read(name);
		await reveal(name, value);
		await ui.click('.editor-instance .view-line');
		await isRefused();
		await ui.screenshot('save-refused');
		await clearNotifications();
		await ui.click('.tab.active');
		await isRefused();
	});

	test('is refused while the focus is elsewhere in the window', async () => {
		const { value } = await vault.read(name);
		await reveal(name, value);
		for (const place of ['focusSideBar', 'focusStatusBar', 'focusActivityBar']) {
			await vscode.commands.executeCommand(`workbench.action.${place}`);
			await isRefused();
			await clearNotifications();
		}
	});

	test('is refused while the focus is in a text outside the editors', async () => {
		const { value } = await vault.read(name);
		await reveal(name, value);
		await inOutput(isRefused);
	});

	/** Does something with the focus in the output, which is closed again. */
	async function inOutput(work: () => Promise<void>): Promise<void> {
		await vscode.commands.executeCommand('workbench.action.output.toggleOutput');
		try {
			await ui.click('.part.panel .monaco-editor');
			await ui.waitFor('.part.panel .monaco-editor.focused');
			await work();
		} finally {
			await vscode.commands.executeCommand('workbench.action.closePanel');
		}
	}

	/** Does something with an empty file of the workspace, which is gone afterwards. */
	async function withFile(work: (file: vscode.Uri, text: () => Promise<string>) => Promise<void>): Promise<void> {
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		assert.ok(folder);
		// VS Code knows a file by its name for a while after it is gone.
		const file = vscode.Uri.joinPath(folder.uri, `${crypto.randomUUID()}.txt`);
		await vscode.workspace.fs.writeFile(file, new Uint8Array());
		try {
			await work(file, async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
		} finally {
			await closeEditors();
			await vscode.workspace.fs.delete(file);
		}
	}

	const isNotSaid = async () =>
		assert.ok(!(await ui.notifications()).some(({ message }) => message.includes(sentence)));

	test('leaves the key to a file that is in front, beside a value and after it was closed', async () => {
		const { value } = await vault.read(name);
		await withFile(async (file, text) => {
			/** Types into the file and saves it, with the focus in the sidebar. */
			const save = async (typed: string): Promise<void> => {
				await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
				await ui.type(typed);
				await eventually(() => assert.ok(vscode.window.activeTextEditor?.document.isDirty));
				await vscode.commands.executeCommand('workbench.action.focusSideBar');
				await ui.press('Control+S');
				await eventually(async () => assert.ok((await text()).includes(typed)));
				await isNotSaid();
			};
			await reveal(name, value);
			await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.Beside });
			await save('beside');
			const [ofValue] = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
			assert.ok(ofValue);
			await vscode.window.tabGroups.close(ofValue);
			await save('alone');
		});
	});

	test('keeps nobody from saving a file that came to the front while the key was on its way', async () => {
		await withFile(async (file, text) => {
			const editor = await vscode.window.showTextDocument(file, { preview: false });
			// VS Code goes by the key that was set for the value or the draft.
			for (const [command, saved] of [
				['workosVault.explainUnsaved', 'typed'],
				['workosVault.publishInFront', 'typedtyped'],
			] as const) {
				await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'typed'));
				await vscode.commands.executeCommand(command);
				await eventually(async () => assert.equal(await text(), saved));
				await isNotSaid();
			}
		});
	});

	/** Changes a draft with the focus in the output, and does something then upon which the draft is published. */
	async function publishFromOutput(typed: string, act: (draft: vscode.TextDocument) => Promise<void>): Promise<void> {
		const before = (await vault.read(name)).value;
		await editValue(name, before);
		const draft = vscode.window.activeTextEditor?.document;
		assert.ok(draft);
		await inOutput(async () => {
			const change = new vscode.WorkspaceEdit();
			change.insert(draft.uri, new vscode.Position(0, 0), typed);
			assert.ok(await vscode.workspace.applyEdit(change));
			await act(draft);
			await notification('Published a new version');
			await clearNotifications();
		});
		assert.equal((await vault.read(name)).value, typed + before);
		await closeEditors();
	}

	test('leaves a draft in front to publishing while the focus is in a text outside the editors', async () => {
		const isSaved = (draft: vscode.TextDocument) => eventually(() => assert.equal(draft.isDirty, false));
		await publishFromOutput('by the key ', async (draft) => {
			await isSaved(draft);
			await ui.press('Control+S');
		});
		await publishFromOutput('by the menu ', async (draft) => {
			await isSaved(draft);
			await vscode.commands.executeCommand('workbench.action.files.save');
		});
	});

	test('publishes such a draft by the key also while VS Code, whose Save does nothing then, is saving it by itself', async () => {
		let saving = 0;
		const slowness = vscode.workspace.onWillSaveTextDocument((event) => {
			// That each save is so slow would keep the draft read-only.
			if (event.document.uri.path.startsWith('/untidy/')) return;
			saving++;
			event.waitUntil(new Promise<void>((resolve) => setTimeout(resolve, 1_400)).then(() => void saving--));
		});
		try {
			await publishFromOutput('at once ', async () => {
				await eventually(() => assert.ok(saving > 0));
				await ui.press('Control+S');
			});
		} finally {
			slowness.dispose();
		}
	});

	test('is refused in a comparison of versions', async () => {
		await vault.publish(name, 'newer');
		await quickInput.runCommand('WorkOS Vault: Refresh');
		await vscode.commands.executeCommand('workbench.action.focusSideBar');
		void vscode.commands.executeCommand('workosVault.compareWithCurrent');
		await quickInput.waitFor();
		await quickInput.fill(name);
		await ui.waitFor(`.quick-input-list .monaco-list-row.focused:has-text("${name}")`);
		await ui.press('Enter');
		await quickInput.pick('Version 1');
		await eventually(() => assert.equal(activeText(), 'newer'));
		for (const side of ['original', 'modified']) {
			await ui.click(`.monaco-diff-editor .${side} .view-line`);
			await isRefused();
			await clearNotifications();
		}
	});

	test('takes nothing from a draft, which the same key publishes', async () => {
		const { value } = await vault.read(name);
		await reveal(name, value);
		await editValue(name, value);
		await ui.type('mine ');
		await ui.press('Control+S');
		await notification('Published a new version');
		assert.equal((await vault.read(name)).value, `mine ${value}`);
		await isNotSaid();
	});
});
