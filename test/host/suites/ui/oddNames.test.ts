import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	isDraftInFront,
	leave,
	notification,
	openOrganization,
	pressRowAction,
	publishButton,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';
import { inPage, revealInIsolation } from '../isolated/tab';

const names = ['.', '..', '...', '%2e%2e', 'a\\b', 'C:', '?#'];

/** What stands after the character in it is drawn from right to left. */
const turning = 'pay\u202etxt';
const shown = 'pay⟨U+202E⟩txt';

suite('Names that VS Code could take for something else', () => {
	let vault: TestVault;
	const ids = new Map<string, string>();

	suiteSetup(async () => {
		vault = await startVault({ organizations: [acme], objects: [] });
		for (const name of names) {
			const object = { name, value: `value of ${name}`, key_context: { organization_id: acme.id } };
			ids.set(name, (await vault.call<{ id: string }>('POST', '/vault/v1/kv', object)).id);
		}
		await vault.call('POST', '/vault/v1/kv', {
			name: turning,
			value: 'first',
			key_context: { organization_id: acme.id },
		});
		await vault.publish(turning, 'second');
		await connect(vault, 'Odd names');
		await openOrganization(acme.name);
	});
	suiteTeardown(() => leave(vault));
	setup(clearNotifications);
	teardown(closeEditors);

	const valueOf = async (name: string) =>
		(await vault.call<{ value: string }>('GET', `/vault/v1/kv/${ids.get(name)}`)).value;

	/** Types at the end of the active editor, and publishes with the save key. */
	async function typeAndPublish(text: string): Promise<void> {
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await vscode.commands.executeCommand('cursorBottom');
		await ui.type(text);
		await eventually(() => assert.ok(activeText()?.endsWith(text), activeText()));
		await ui.press('Control+S');
		await notification('Published a new version');
		await clearNotifications();
	}

	for (const name of names) {
		test(`a value of “${name}” is edited, published, and edited further`, async () => {
			await pressRowAction(`${name}, object`, 'edit', () => isDraftInFront(`value of ${name}`));
			await ui.waitFor(publishButton);
			await typeAndPublish(' A');
			assert.equal(await valueOf(name), `value of ${name} A`);
			await typeAndPublish(' B');
			assert.equal(await valueOf(name), `value of ${name} A B`);
			const [label] = await ui.texts('.tab.active .label-name');
			assert.equal(label?.replace('\u2060', ''), name);
		});
	}

	test('a name that turns a text round is shown as what it is, in a question, in tabs and in the isolated page', async () => {
		const comparing = vscode.commands.executeCommand('workosVault.compareWithCurrent');
		await quickInput.waitFor();
		await quickInput.fill('pay');
		// The list draws its rows anew while it searches: a click would go nowhere then.
		await ui.waitFor(`.quick-input-list .monaco-list-row.focused:has-text("${shown}")`);
		await ui.press('Enter');
		const placeholder = async () => (await ui.attributes(quickInput.input, 'placeholder'))[0];
		await eventually(async () => assert.equal(await placeholder(), `Which version of “${shown}”?`));
		await ui.screenshot('odd-name-in-question');
		await quickInput.pick('Version 1');
		await ui.waitFor(`.tab.active .label-name:text-is("${shown} (version 1) ↔ ${shown} (current)")`);
		// An editor that opens takes the focus, and with it any menu.
		await comparing;
		await ui.scrollTo(shown);
		await revealInIsolation(shown);
		const [label] = await ui.attributes(inPage('.cm-content'), 'aria-label');
		assert.equal(label, `Value of ${shown}, isolated editor`);
		await ui.screenshot('odd-name-in-isolation');
	});

	test('where a person has turned custom labels off, each tab has its name all the same', async () => {
		const labels = vscode.workspace.getConfiguration('workbench.editor.customLabels');
		await labels.update('enabled', false, vscode.ConfigurationTarget.Global);
		try {
			for (const name of names) {
				await pressRowAction(`${name}, object`, 'eye', () => assert.ok(activeText()?.startsWith(`value of ${name}`)));
				await eventually(async () => {
					const [label] = await ui.texts('.tab.active .label-name');
					assert.equal(label?.replace('\u2060', ''), name);
				});
				await closeEditors();
			}
		} finally {
			await labels.update('enabled', undefined, vscode.ConfigurationTarget.Global);
		}
	});
});

suite('Names that show nothing', () => {
	const blank = { id: 'org_blank', name: '\u2800' };
	let vault: TestVault;

	suiteSetup(async () => {
		vault = await startVault({
			organizations: [acme, blank],
			objects: [
				{ name: '\u3000', value: 'a', context: { organization_id: acme.id } },
				{ name: ' /one', value: 'b', context: { organization_id: acme.id } },
				{ name: ' /two', value: 'c', context: { organization_id: acme.id, app: '\u00a0' } },
				{ name: 'token', value: 'd', context: { organization_id: blank.id } },
			],
		});
		await connect(vault, 'Blank names');
	});
	suiteTeardown(() => leave(vault));

	test('are rows that say what they are', async () => {
		await openOrganization(acme.name);
		for (const name of ['⟨U+2800⟩', '⟨U+0020⟩', '⟨U+3000⟩']) await ui.waitFor(row(name));
		await ui.screenshot('odd-names-blank');
	});

	test('are so as values of the key context that the tree is grouped by', async () => {
		await quickInput.runCommand('WorkOS Vault: Group By…');
		await quickInput.pick('app, 1 object');
		await ui.waitFor(row('⟨U+00A0⟩'));
		await ui.screenshot('odd-names-blank-group');
	});
});
