import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	activeText,
	clearNotifications,
	closeEditors,
	isDraftInFront,
	isValueInFront,
	notification,
	pressRowAction,
	publishButton,
	publishLater,
	suiteVault,
} from '../../driver/product';
import { eventually, quickInput, throughout, ui } from '../../driver/ui';

const name = 'database-url';
const hover = '.monaco-hover:visible .hover-contents:visible';
const isMark = /⚠ changed/;
const revealAgain = '.editor-actions .codicon-eye';

suite('What changed meanwhile', () => {
	const vault = suiteVault('Changed meanwhile');
	setup(clearNotifications);
	teardown(closeEditors);

	/** Opens the object with a button beside it. @returns what it holds */
	async function open(icon: 'eye' | 'edit'): Promise<string> {
		const { value } = await vault.read(name);
		await pressRowAction(name, icon, () => (icon === 'eye' ? isValueInFront(value) : isDraftInFront(value)));
		return value;
	}

	/** Publishes as another client, and has the catalog look. */
	async function publishAsAnother(value: string): Promise<void> {
		await publishLater(vault, name, value);
		await quickInput.runCommand('WorkOS Vault: Refresh');
	}

	/** What is drawn beside the text of the editors. */
	const drawn = async () => (await ui.contents('.editor-instance .view-line span')).join('\n');

	/** What the first line says when the mouse is over the mark at its end, which stands two characters after the text. */
	async function hoverOfMark(): Promise<string> {
		const line = '.editor-instance .view-line:first-child';
		return eventually(async () => {
			await ui.hover('.part.statusbar');
			const [whole] = await ui.boxes(line);
			const end = Math.max(...(await ui.boxes(`${line} > span > span`)).map(({ x, width }) => x + width));
			assert.ok(whole);
			await ui.hover(line, { position: { x: end - whole.x - 40, y: whole.height / 2 }, isCovered: true });
			await ui.waitFor({ selector: hover, timeout: 3_000 });
			return (await ui.texts(hover)).join('\n');
		});
	}

	test('a revealed value says that a newer one was published, and shows it when asked', async () => {
		const value = await open('eye');
		assert.doesNotMatch(await drawn(), isMark);
		assert.equal(await ui.count(revealAgain), 0);
		await publishAsAnother('of another client');
		await notification(`“${name}” has changed.`);
		await eventually(async () => assert.match(await drawn(), isMark));
		await ui.waitFor(revealAgain);
		assert.equal(activeText(), value);
		assert.match(await hoverOfMark(), /published a newer version .+ “Reveal Value” shows it/);
		await ui.screenshot('changed-meanwhile');
		await ui.pressNotification('has changed.', 'Reveal Again');
		await eventually(() => assert.equal(activeText(), 'of another client'));
		await eventually(async () => assert.doesNotMatch(await drawn(), isMark));
	});

	test('the button in the title shows the newer value, too', async () => {
		await open('eye');
		await publishAsAnother('by the button');
		await ui.click(revealAgain);
		await eventually(() => assert.equal(activeText(), 'by the button'));
		await ui.waitFor(revealAgain, 'detached');
	});

	test('a value that was hidden says nothing any more', async () => {
		await open('eye');
		await publishAsAnother('of another client again');
		await eventually(async () => assert.match(await drawn(), isMark));
		await quickInput.runCommand('WorkOS Vault: Hide Revealed Values');
		await eventually(async () => assert.doesNotMatch(await drawn(), isMark));
	});

	test('a draft says so before it is saved, and no more once it goes on from there', async () => {
		const value = await open('edit');
		await ui.waitFor(publishButton);
		await publishAsAnother('theirs');
		await eventually(async () => assert.match(await drawn(), isMark));
		assert.equal(activeText(), value);
		assert.match(await hoverOfMark(), /compare, overwrite, or take theirs/);
		await ui.screenshot('changed-meanwhile-draft');
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.type('mine');
		await ui.press('Control+S');
		await ui.pressNotification('while you edited it', 'Overwrite Theirs');
		await notification('Published a new version');
		await eventually(async () => assert.doesNotMatch(await drawn(), isMark));
	});

	test('what this window publishes is no news in it, neither in a revealed value nor in the comparison of a conflict', async () => {
		await open('eye');
		await open('edit');
		await ui.waitFor(publishButton);
		await vault.publish(name, 'theirs once more');
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.type('mine');
		await ui.press('Control+S');
		await ui.pressNotification('while you edited it', 'Compare');
		await ui.waitFor('.monaco-diff-editor .original .view-line:has-text("theirs once more")');
		await ui.pressNotification('while you edited it', 'Overwrite Theirs');
		await notification('Published a new version');
		await quickInput.runCommand('WorkOS Vault: Refresh');
		await ui.waitFor('.monaco-diff-editor .original .view-line:has-text("theirs once more")');
		await throughout(async () => assert.doesNotMatch(await drawn(), isMark), 1_500);
		await ui.screenshot('changed-by-this-window');
		await publishAsAnother('theirs at last');
		await eventually(async () => assert.match(await drawn(), isMark));
	});

	test('however long the first line is, nothing stands before it', async () => {
		const value = `${'long '.repeat(100)}\nend`;
		await vault.publish(name, value);
		await open('edit');
		await publishAsAnother('shorter');
		await eventually(async () => assert.match(await drawn(), isMark));
		const [line, text] = await Promise.all([
			ui.boxes('.editor-instance .view-line:first-child'),
			ui.boxes('.editor-instance .view-line:first-child > span > span'),
		]);
		assert.equal(text[0]?.x, line[0]?.x);
		await ui.screenshot('changed-meanwhile-long');
	});
});
