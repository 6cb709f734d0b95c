import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	activeText,
	clearNotifications,
	closeEditors,
	connect,
	leave,
	notification,
	openOrganization,
	pressRowAction,
	publishButton,
	startVault,
	type TestVault,
} from '../product';
import { eventually, ui } from '../ui';

const names = ['.', '..', '...', '%2e%2e', 'a\\b', 'C:', '?#'];

suite('Names that VS Code could take for something else', () => {
	let vault: TestVault;
	const ids = new Map<string, string>();

	suiteSetup(async () => {
		vault = await startVault({ organizations: [acme], objects: [] });
		for (const name of names) {
			const object = { name, value: `value of ${name}`, key_context: { organization_id: acme.id } };
			ids.set(name, (await vault.call<{ id: string }>('POST', '/vault/v1/kv', object)).id);
		}
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
			await pressRowAction(`${name}, object`, 'edit', () => assert.equal(activeText(), `value of ${name}`));
			await ui.waitFor(publishButton);
			await typeAndPublish(' A');
			assert.equal(await valueOf(name), `value of ${name} A`);
			await typeAndPublish(' B');
			assert.equal(await valueOf(name), `value of ${name} A B`);
			const [label] = await ui.texts('.tab.active .label-name');
			assert.equal(label?.replace('\u2060', ''), name);
		});
	}

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
