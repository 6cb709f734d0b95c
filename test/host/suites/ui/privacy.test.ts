import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	announced,
	clearNotifications,
	closeEditors,
	connectionItem,
	isShown,
	isTold,
	openOrganization,
	pressRowAction,
	publishButton,
	reveal,
	statusItem,
	suiteVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';
import { inPage } from '../isolated/tab';

const presentationItem = statusItem('presentation');
const value = 'postgres://app@db.internal/app';

suite('Presentation mode and production', () => {
	const vault = suiteVault('Payments');
	setup(async () => {
		await clearNotifications();
		await closeEditors();
	});

	test('the status bar’s items say what they show in their names, too, and name no icon', async () => {
		const names = async () => {
			const ids = ['connection', 'lock', 'draft'].map((id) => `${statusItem(id)} [aria-label]`);
			return (await Promise.all(ids.map((of) => ui.attributes(of, 'aria-label')))).flat();
		};
		await pressRowAction('settings.json', 'edit', () => isShown(publishButton));
		await eventually(async () =>
			assert.deepEqual(await names(), [
				'Vault connected: Payments. Switch…',
				'Vault unlocked. Lock…',
				'Vault draft: no changes',
			]),
		);
		await ui.type('x');
		await eventually(async () => assert.equal((await names()).at(-1), 'Vault draft not published. Publish…'));
		await ui.screenshot('status-1-draft');
		await quickInput.runCommand('WorkOS Vault: Lock Now');
		await eventually(async () => assert.deepEqual(await names(), ['Vault locked. Unlock…']));
		await quickInput.runCommand('WorkOS Vault: Unlock');
		await ui.pressNotification('is not published', 'Discard');
		await openOrganization(acme.name);
	});

	test('what a person changes is told to a screen reader, and its message goes by itself', async () => {
		const told = async (sentence: string) => {
			await announced(sentence);
			await ui.screenshot(`announced-${sentence.toLowerCase().replace(/\W+/g, '-')}`);
			await eventually(async () =>
				assert.ok(!(await ui.notifications()).some(({ message }) => message.includes(sentence))),
			);
		};
		await quickInput.runCommand('WorkOS Vault: Hide Revealed Values');
		await told('Revealed values are hidden. Drafts stay open.');
		await quickInput.runCommand('WorkOS Vault: Lock Now');
		await told('WorkOS Vault is locked.');
		await quickInput.runCommand('WorkOS Vault: Unlock');
		await told('WorkOS Vault is unlocked.');
		await openOrganization(acme.name);
	});

	test('presentation mode closes what shows a value, and says so in the status bar', async () => {
		await reveal('database-url', value);
		await quickInput.runCommand('WorkOS Vault: Start Presentation Mode');
		await announced('Presentation mode is on');
		await ui.waitFor(`${presentationItem}:has-text("values withheld")`);
		await eventually(async () => assert.equal(await ui.count('.editor-group-container .tab'), 0));
		await ui.screenshot('presentation-1-on');
	});

	test('in presentation mode, revealing, editing and copying are refused with a sentence, and no read is made', async () => {
		const reads = async () =>
			(await vault.call<{ data: unknown[] }>('GET', '/events?events[]=vault.data.read&limit=100')).data.length;
		const before = await reads();
		await vscode.env.clipboard.writeText('mine');
		for (const icon of ['eye', 'edit', 'copy']) {
			await pressRowAction('database-url', icon, () => isTold('Values are withheld in presentation mode.'));
			await ui.screenshot('presentation-2-refused');
			await clearNotifications();
		}
		assert.equal(await vscode.env.clipboard.readText(), 'mine');
		assert.equal(await ui.count('.editor-group-container .tab'), 0);
		assert.equal(await reads(), before);
	});

	test('the status bar ends presentation mode', async () => {
		await ui.click(presentationItem);
		await ui.waitFor(presentationItem, 'detached');
		await reveal('database-url', value);
	});

	test('a lock that comes while an editor opens leaves no tab behind', async () => {
		const opening = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
			if (uri.scheme === 'workos-vault-draft') void vscode.commands.executeCommand('workosVault.lockNow');
		});
		await pressRowAction('database-url', 'edit', () => isShown('.welcome-view .monaco-button:has-text("Unlock")'));
		opening.dispose();
		await eventually(async () => assert.equal(await ui.count('.editor-group-container .tab'), 0));
		await vscode.commands.executeCommand('workosVault.unlock');
		await openOrganization(acme.name);
	});

	test('a connection marked as production says so by word, and is read-only', async () => {
		await quickInput.runCommand('WorkOS Vault: Mark as Production…');
		await quickInput.pick('Production');
		await ui.waitFor(`${connectionItem}:has-text("Payments (production, read-only)")`);
		await ui.waitFor('.part.sidebar .pane-body .message:has-text("Production: Payments")');
		const sentence = '“Payments” is a production connection and read-only';
		await pressRowAction('database-url', 'edit', () => isTold(sentence));
		await ui.screenshot('production-1-read-only');
		assert.equal(await ui.count('.editor-group-container .tab'), 0);
	});

	test('allowing changes for ten minutes goes on with what was asked for, in the isolated editor, and is counted down', async () => {
		await pressRowAction('database-url', 'edit', () => isTold('read-only'));
		await ui.pressNotification('read-only', 'Allow Changes for 10 Minutes');
		await ui.waitFor(`${connectionItem}:has-text("changes allowed for 9:")`);
		await ui.waitFor('.tab.active:has-text("database-url")');
		assert.equal(vscode.window.activeTextEditor, undefined);
		await ui.screenshot('production-2-allowed');
	});

	test('a value of a production connection is revealed in isolation', async () => {
		const content = inPage('.cm-content:has-text("retries")');
		await pressRowAction('settings.json', 'eye', () => isShown(content));
		assert.ok(!vscode.workspace.textDocuments.some((document) => document.getText().includes('retries')));
	});

	test('the connection is read-only again at once when the person says so', async () => {
		await quickInput.runCommand('WorkOS Vault: Make Read-Only');
		await ui.waitFor(`${connectionItem}:has-text("read-only")`);
		await quickInput.runCommand('WorkOS Vault: Mark as Production…');
		await quickInput.pick('Another Environment');
		await eventually(async () => assert.equal(await ui.count(`${connectionItem}:has-text("production")`), 0));
	});
});
