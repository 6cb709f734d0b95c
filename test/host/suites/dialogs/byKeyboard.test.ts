import assert from 'node:assert/strict';
import {
	acme,
	activeText,
	announced,
	clearNotifications,
	isConfirming,
	isShown,
	openSidebar,
	pressOnRow,
	publishButton,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const tree = '.part.sidebar .monaco-list:focus';
/** The row that has the focus: a screen reader reads its name, and whether it is open. */
const focusedRow = (name: string) => `${tree} .monaco-list-row.focused[aria-label^="${name}"]`;
const welcome = '.welcome-view-content:focus';
const button = (title: string) => `.welcome-view .monaco-button:focus:has-text("${title}")`;
/** The text that has the focus: a screen reader reads its name. */
const focusedText = '.editor-instance :is(textarea, .native-edit-context):focus';

/** Presses a key until something has the focus, each time when it is seen what the last one did. */
async function pressUntil(key: string, focused: string): Promise<void> {
	await eventually(async () => {
		if ((await ui.count(focused)) === 0) await ui.press(key);
		await ui.waitFor({ selector: focused, timeout: 700 });
	});
}

/** Goes down with the arrow keys to the row of this name. */
async function goTo(name: string): Promise<void> {
	await ui.press('Home');
	await pressUntil('ArrowDown', focusedRow(name));
}

/** Waits for a question, and answers it with what is typed. */
async function answer(question: string, text: string): Promise<void> {
	await ui.waitFor(`${quickInput.input}[placeholder^=${JSON.stringify(question)}]:focus`);
	await ui.press('Control+A');
	await ui.type(text);
	await ui.press('Enter');
}

/** Runs a command from the palette, in which its name is typed until it is the first. */
async function run(title: string): Promise<void> {
	const first = `.quick-input-list .monaco-list-row.focused[aria-label^=${JSON.stringify(title)}]`;
	await eventually(async () => {
		await ui.press('F1');
		try {
			await ui.waitFor({ selector: `${quickInput.input}:focus`, timeout: 5_000 });
			await ui.type(title);
			await ui.waitFor({ selector: first, timeout: 5_000 });
		} catch (error) {
			// What is typed while the palette comes up is lost.
			await ui.press('Escape');
			throw error;
		}
	});
	await ui.press('Enter');
}

async function focusView(): Promise<void> {
	await run('WorkOS Vault: Focus on WorkOS Vault View');
}

/** Waits until a text has the focus, and its name tells whose it is. */
async function waitForText(name: string, text: string): Promise<void> {
	await eventually(() => assert.equal(activeText(), text));
	await ui.waitFor(focusedText, 'attached');
	const [label] = await ui.attributes(focusedText, 'aria-label');
	assert.ok(label?.includes(name), label ?? 'The text has no name');
}

suite('The main job by keyboard only', function () {
	// Each step begins where the one before has left the focus.
	this.bail(true);
	let vault: TestVault;
	const value = 'postgres://app@db.internal/app';

	suiteSetup(async () => {
		vault = await startVault();
		await openSidebar();
		await ui.waitFor(button('Try Local Vault').replace(':focus', ''));
	});
	suiteTeardown(() => vault.stop());
	setup(clearNotifications);

	test('the welcome view has the focus, Tab leads to its buttons, and connecting leads to the tree', async () => {
		await focusView();
		await ui.waitFor(welcome);
		await pressUntil('Tab', button('Connect with an API Key'));
		await ui.press('Enter');
		await answer('Where is the vault?', 'Another Address');
		await answer('The vault’s address', vault.url);
		await answer('The secret API key', vault.apiKey);
		await answer('A name', 'Keyboard');
		await announced('Connected to “Keyboard”.');
		await pressUntil('Home', focusedRow(acme.name));
	});

	test('the arrow keys open an organization', async () => {
		await goTo(`${acme.name}, organization`);
		await ui.press('ArrowRight');
		await ui.waitFor(`${focusedRow(`${acme.name}, organization`)}[aria-expanded="true"]`);
		await ui.waitFor(row('database-url'));
		await pressUntil('ArrowDown', focusedRow('database-url, object'));
	});

	test('Ctrl+Enter reveals, and the value has the focus', async () => {
		await pressOnRow('Control+Enter', () => assert.equal(activeText(), value));
		await waitForText('database-url', value);
	});

	test('hiding is told and leaves the focus where it is, and Reveal Again shows the value there', async () => {
		await run('WorkOS Vault: Hide Revealed Values');
		await announced('Revealed values are hidden. Drafts stay open.');
		await eventually(() => assert.match(activeText() ?? '', /^Hidden\. Choose “Reveal Again”/));
		await ui.waitFor(focusedText, 'attached');
		await run('WorkOS Vault: Reveal Again');
		await waitForText('database-url', value);
	});

	test('Find Object leads to the object’s row', async () => {
		await run('WorkOS Vault: Find Object…');
		await quickInput.waitFor();
		await ui.type('settings');
		await ui.waitFor('.quick-input-list .monaco-list-row.focused[aria-label^="settings.json"]');
		await ui.press('Enter');
		await ui.waitFor(focusedRow('settings.json, object'));
	});

	test('a value is edited and published, which is told, and the focus stays in the draft', async () => {
		const chooseEdit = async () => {
			await goTo('database-url');
			await ui.press('Shift+F10');
			await pressUntil('ArrowDown', '.monaco-menu .action-item.focused:has-text("Edit Value")');
			await ui.press('Enter');
		};
		await pressOnRow(chooseEdit, () => isShown(publishButton));
		await waitForText('database-url', value);
		await ui.press('Control+End');
		await ui.type('?timeout=5');
		await eventually(() => assert.equal(activeText(), `${value}?timeout=5`));
		await ui.press('Control+S');
		await announced('Published a new version of “database-url”.');
		assert.equal((await vault.read('database-url')).value, `${value}?timeout=5`);
		await waitForText('database-url', `${value}?timeout=5`);
		await run('View: Close All Editors');
	});

	test('after a deletion, which is told, the row that took its place has the focus, at the end the one before', async () => {
		await vault.call('POST', '/vault/v1/kv', { name: 'a', value: 'a', key_context: { organization_id: acme.id } });
		await run('WorkOS Vault: Refresh');
		await focusView();
		await eventually(() => goTo('a, object'));
		for (const [name, next] of [
			['database-url', 'settings.json'],
			['settings.json', 'a, object'],
		] as const) {
			await goTo(name);
			await pressOnRow('Delete', isConfirming);
			assert.ok((await ui.dialogText()).includes(name));
			await ui.waitFor('.monaco-dialog-box .monaco-button:focus');
			await ui.press('Enter');
			await announced(`Deleted “${name}”.`);
			await ui.waitFor(focusedRow(next));
			await ui.screenshot(`keyboard-after-${name}`);
		}
	});

	test('after the lock, which is told, the welcome view has the focus, and after unlocking the tree', async () => {
		await run('WorkOS Vault: Lock Now');
		await announced('WorkOS Vault is locked.');
		await ui.waitFor(`${welcome}:has-text("WorkOS Vault is locked")`);
		await ui.press('Tab');
		await ui.waitFor(button('Unlock'));
		await ui.press('Enter');
		await announced('WorkOS Vault is unlocked.');
		await ui.waitFor(tree);
	});

	test('after signing out, which is told, the welcome view has the focus', async () => {
		await run('WorkOS Vault: Sign Out…');
		await announced('Signed out of “Keyboard”.');
		await ui.waitFor(`${welcome}:has-text("Browse and change the secrets")`);
		await ui.screenshot('keyboard-signed-out');
	});

	test('Try Local Vault, which is told, leads to the tree, and signing out of it back', async () => {
		await pressUntil('Tab', button('Try Local Vault'));
		await ui.press('Enter');
		await announced('Connected to “Local Vault”.');
		await ui.waitFor(tree);
		await pressUntil('Home', focusedRow('Arctic Tern Logistics, organization'));
		await ui.screenshot('keyboard-local-vault');
		await run('WorkOS Vault: Sign Out…');
		await announced('Local Vault was stopped.');
		await ui.waitFor(`${welcome}:has-text("Browse and change the secrets")`);
	});
});
