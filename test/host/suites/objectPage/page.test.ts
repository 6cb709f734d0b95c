import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { inPage } from '../isolated/tab';
import {
	acme,
	activeText,
	announced,
	clearNotifications,
	clickAsking,
	closeEditors,
	connect,
	leave,
	loadPatience,
	notification,
	openOrganization,
	openSidebar,
	publishLater,
	type Seed,
	smallSeed,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, throughout, ui } from '../../driver/ui';
import { open, press } from './tab';

const odd = '<img src=x onerror=alert(1)> $(trash) [a](command:b) \u202e evil';
const seed: Seed = {
	...smallSeed,
	objects: [
		...smallSeed.objects,
		{ name: odd, value: 'odd', context: { organization_id: acme.id, '<b>': odd.repeat(8), note: 'a:b' } },
	],
};

const tabs = () => ui.texts('.editor-group-container .tab .label-name');
const heading = inPage('h1');
/** The row of an object that has the focus, in the tree that has it. */
const inTree = (name: string) =>
	`.part.sidebar .monaco-list:focus .monaco-list-row.focused[aria-label^=${JSON.stringify(name)}]`;
const firstButton = inPage('[data-id=head] .chips vscode-button:focus');
const pageText = async () => (await ui.texts(inPage('main'))).join('\n');
const shows = (text: string) => eventually(async () => assert.ok((await pageText()).includes(text), await pageText()));

suite('The page of an object', () => {
	let vault: TestVault;

	const events = async (kind: string) => {
		const { data } = await vault.call<{ data: unknown[] }>('GET', `/events?events=${kind}&limit=100`);
		return data.length;
	};

	suiteSetup(async () => {
		await vscode.workspace.getConfiguration('workosVault').update('click', 'page', true);
		vault = await startVault(seed);
		await vault.publish('database-url', 'postgres://app@db.internal/other');
		await vault.publish('database-url', 'postgres://app@db.internal/app');
		await connect(vault, 'Paged');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await leave(vault);
		await vscode.workspace.getConfiguration('workosVault').update('click', undefined, true);
	});

	/** Opens the object whose name is shown otherwise than it is. */
	const openOdd = () => open('<img', 'h1:has-text("<img")');

	test('opens with a click on the row, as a preview, with its name, where it is, and its key context', async () => {
		await open('database-url');
		assert.deepEqual(await tabs(), ['database-url']);
		assert.equal(await ui.count('.tab.active .label-name.italic, .tab.active .italic'), 1);
		await shows('Acme');
		await shows('Paged');
		await shows(`organization_id = ${acme.id}`);
		assert.equal(await ui.count(`${row('database-url')}[aria-expanded="true"]`), 0);
		await ui.screenshot('object-page');
	});

	test('shows what is known at once, and metadata as they come', async () => {
		const { id } = await vault.read('settings.json');
		const began = performance.now();
		await vault.call('GET', `/vault/v1/kv/${id}/metadata`);
		const answered = performance.now();
		await ui.click(row('settings.json'));
		await ui.waitFor(inPage('h1:text-is("settings.json")'));
		const drawn = performance.now();
		await ui.waitFor(inPage('dt:has-text("Key ID")'));
		const told = performance.now();
		const [call, page, metadata] = [answered - began, drawn - answered, told - answered].map(Math.round);
		console.log(`      a call takes ${call} ms; a page is there after ${page} ms, metadata after ${metadata} ms`);
		await open('database-url');
	});

	test('lists versions, and says which have the same value', async () => {
		await shows('3 · current · same value as version 1');
		const versions = await ui.texts(inPage('[data-id=versions] tbody th'));
		assert.deepEqual(versions, ['3 · current · same value as version 1', '2', '1']);
	});

	test('has icons beside words, which screen readers pass over', async () => {
		await open('database-url');
		const reveal = inPage('[data-id=head] vscode-button:text-is("Reveal")');
		const icon = inPage('[data-id=head] vscode-button:text-is("Reveal") > svg.icon[aria-hidden=true]');
		await eventually(async () => {
			const [around] = await ui.boxes(reveal);
			const [drawn] = await ui.boxes(icon);
			assert.ok(around && drawn, 'There is no icon');
			assert.deepEqual([drawn.width, drawn.height], [16, 16]);
			assert.equal(drawn.y + drawn.height / 2, around.y + around.height / 2);
		});
		assert.equal(await ui.ariaSnapshot(reveal), '- button "Reveal"');
		assert.equal(await ui.count(inPage('[data-id=versions] tbody th svg.icon')), 1);
		assert.equal(await ui.count(inPage('main svg:not([aria-hidden=true])')), 0);
	});

	test('decrypts nothing', async () => {
		const reads = await events('vault.data.read');
		await open('settings.json');
		await shows('Key ID');
		assert.equal(await events('vault.data.read'), reads);
		assert.equal((await pageText()).includes('retries'), false);
	});

	test('takes the place of the page before it, until a double click', async () => {
		await open('database-url');
		assert.deepEqual(await tabs(), ['database-url']);
		await ui.doubleClick(row('database-url'));
		await eventually(async () => assert.equal(await ui.count('.tab.active .italic'), 0));
		await open('settings.json');
		assert.deepEqual(await tabs(), ['database-url', 'settings.json']);
		await closeEditors();
	});

	test('opens with Enter', async () => {
		await ui.press('Enter');
		await eventually(async () => assert.deepEqual(await ui.texts(heading), ['settings.json']));
	});

	test('its buttons do what the row’s do', async () => {
		await open('database-url');
		await press('Open in Editor');
		await eventually(() => assert.equal(activeText(), 'postgres://app@db.internal/app'));
		await ui.press('Control+w');
		await eventually(async () => assert.deepEqual(await ui.texts(heading), ['database-url']));
		await ui.click(inPage('vscode-button[aria-label="Compare with Current Version 2"]'));
		await eventually(async () => assert.ok((await tabs()).some((name) => name.includes('version 2'))));
		await closeEditors();
	});

	test('shows the value in itself, where no document has it, and hides it', async () => {
		await open('database-url');
		const reads = await events('vault.data.read');
		await press('Reveal');
		await eventually(async () => assert.deepEqual(await ui.texts(inPage('pre')), ['postgres://app@db.internal/app']));
		assert.equal(await events('vault.data.read'), reads + 1);
		await eventually(async () => assert.match(await pageText(), /Read.*at the time of a read from this window/s));
		assert.ok(!vscode.workspace.textDocuments.some((document) => document.getText().includes('db.internal')));
		await press('Hide');
		await shows('Hidden again.');
		assert.equal(await ui.count(inPage('pre')), 0);
	});

	test('shows JSON as a tree, and copies a field of it', async () => {
		await open('settings.json');
		await press('Reveal');
		await ui.waitFor(inPage('.json .leaf'));
		await ui.screenshot('object-page-json');
		await ui.click(inPage('vscode-button[aria-label="Copy retries"]'));
		await eventually(async () => assert.equal(await vscode.env.clipboard.readText(), '3'));
		await notification('The clipboard is cleared in');
		await clearNotifications();
	});

	test('has no value any more after another tab was in front', async () => {
		await ui.doubleClick(row('settings.json'));
		await ui.click(row('database-url'));
		await eventually(async () => assert.deepEqual(await ui.texts(heading), ['database-url']));
		await ui.click('.tab:has-text("settings.json")');
		await eventually(async () => assert.deepEqual(await ui.texts(heading), ['settings.json']));
		assert.equal(await ui.count(inPage('.json')), 0);
		await closeEditors();
	});

	test('hides its value with all others, and shows none in presentation mode', async () => {
		await open('database-url');
		await press('Reveal');
		await ui.waitFor(inPage('pre'));
		await quickInput.runCommand('WorkOS Vault: Hide Revealed Values');
		await ui.waitFor(inPage('pre'), 'detached');
		await press('Reveal');
		await ui.waitFor(inPage('pre'));
		await quickInput.runCommand('WorkOS Vault: Start Presentation Mode');
		await ui.waitFor(inPage('pre'), 'detached');
		await press('Reveal');
		await notification('Values are withheld in presentation mode.');
		assert.equal(await ui.count(inPage('pre')), 0);
		await quickInput.runCommand('WorkOS Vault: Stop Presentation Mode');
		await announced('Presentation mode is off.');
		await clearNotifications();
	});

	test('hides its value when a newer one was published', async () => {
		await press('Reveal');
		await ui.waitFor(inPage('pre'));
		await vault.publish('database-url', 'postgres://app@db.internal/another');
		await vscode.commands.executeCommand('workosVault.refresh');
		await shows('The object changed, so the value that was here is hidden.');
	});

	test('copies the line that reads it', async () => {
		await open('database-url');
		await ui.click(inPage('vscode-button[aria-label="Copy for Python"]'));
		await eventually(async () =>
			assert.equal(await vscode.env.clipboard.readText(), 'client.vault.get_name("database-url").value'),
		);
	});

	test('says who read and changed it, how far that was looked for, and which reads may be this window’s', async () => {
		await open('settings.json');
		await press('Refresh');
		await shows('Changes were not asked for yet: “Look Further Back” asks for them.');
		await eventually(async () =>
			assert.match(
				(await ui.texts(inPage('[data-id=activity] tbody tr'))).join('\n'),
				/Read.*at the time of a read from this window/s,
			),
		);
		await press('Look Further Back');
		await eventually(async () =>
			assert.match((await ui.texts(inPage('[data-id=activity] tbody tr'))).join('\n'), /Created/),
		);
		assert.equal(await ui.count(inPage('svg.chart')), 1);
		await ui.screenshot('object-page-activity');
	});

	/** Presses Tab until something has the focus; looked for at once, as the next press would go past it. */
	const tabTo = (selector: string): Promise<void> =>
		eventually(async () => {
			await ui.press('Tab');
			assert.equal(await ui.count(inPage(selector)), 1);
		});

	test('is worked with by keys: each press leaves the focus where it was', async () => {
		await open('database-url');
		const focused = (key: string) => ui.waitFor(inPage(`[data-key=${JSON.stringify(key)}]:focus`));
		await ui.click(inPage('h1'));
		await tabTo('[data-id=value] [data-key=value]:focus');
		await ui.press('Enter');
		await ui.waitFor(inPage('pre'));
		await focused('value');
		await ui.press('Enter');
		await ui.waitFor(inPage('pre'), 'detached');
		await focused('value');
		await tabTo('[data-key=look-back]:focus');
		await ui.press('Enter');
		await shows('changes of this environment');
		// There is no more to look for: the focus is in the section still.
		await ui.waitFor(inPage('[data-id=activity] [data-key]:focus'));
	});

	test('is reached from the tree by keys, and left for it', async () => {
		await closeEditors();
		await ui.press('Control+0');
		await ui.press('Home');
		await eventually(async () => {
			if ((await ui.count(inTree('database-url'))) === 0) await ui.press('ArrowDown');
			assert.equal(await ui.count(inTree('database-url')), 1);
		});
		await ui.press('Enter');
		await ui.waitFor(firstButton);
		await ui.press('Control+0');
		await ui.waitFor(inTree('database-url'));
		await ui.press('Control+1');
		await ui.waitFor(firstButton);
		await tabTo('[data-id=head] vscode-button:text-is("Reveal"):focus');
		await ui.press('Enter');
		await ui.waitFor(inPage('pre'));
		await ui.screenshot('object-page-by-keys');
		await ui.press('Control+0');
		await ui.waitFor(inTree('database-url'));
		await press('Hide');
		await closeEditors();
	});

	test('a key leads into the page that a click has opened', async () => {
		await open('database-url');
		await ui.waitFor(inTree('database-url'));
		await ui.press('Control+1');
		await ui.waitFor(firstButton);
	});

	test('copies a link to its object, with ids only', async () => {
		await press('Copy Link');
		await eventually(async () =>
			assert.match(await vscode.env.clipboard.readText(), /\/object\?environment=[\w-]+&id=[\w-]+$/),
		);
		await clearNotifications();
	});

	test('says what may be a mistake in a key context', async () => {
		await openOdd();
		await shows('organization_id');
		await eventually(async () => assert.ok((await ui.texts(inPage('.hints li'))).length > 0));
		await ui.screenshot('object-page-hints');
	});

	test('inserts what reads it where the cursor was, in the document’s language', async () => {
		await closeEditors();
		const document = await vscode.workspace.openTextDocument({ language: 'python', content: 'key = \n' });
		await vscode.window.showTextDocument(document);
		await ui.press('Control+Home');
		await ui.press('End');
		await open('settings.json');
		await press('Insert at the Cursor');
		await eventually(() => assert.equal(document.getText(), 'key = client.vault.get_name("settings.json").value\n'));
		await ui.press('Control+z');
		await ui.press('Control+z');
		await closeEditors();
	});

	test('follows what others publish', async () => {
		await open('settings.json');
		await shows('1 · current');
		await vault.publish('settings.json', '{}');
		await vscode.commands.executeCommand('workosVault.refresh');
		await shows('2 · current');
		await shows('Changed by others since you last opened its value.');
	});

	test('drawn anew while a question is open, leaves that open and has the focus where it was afterwards', async () => {
		await open('database-url');
		await ui.click(inPage('[data-id=head] vscode-button:text-is("Copy Name")'));
		await ui.waitFor(inPage('[data-id=head] vscode-button:text-is("Copy Name"):focus'));
		await ui.press('F1');
		await ui.waitFor(`${quickInput.input}:visible`);
		await publishLater(vault, 'database-url', 'postgres://others');
		await vscode.commands.executeCommand('workosVault.refresh');
		await shows('Changed by others');
		await throughout(async () => assert.equal(await ui.count(`${quickInput.input}:visible`), 1), 1_000);
		await ui.press('Escape');
		await quickInput.waitUntilClosed();
		await ui.waitFor(inPage('[data-id=head] vscode-button:text-is("Copy Name"):focus'));
	});

	test('says when others deleted it', async () => {
		const { id } = await vault.call<{ id: string }>('POST', '/vault/v1/kv', {
			name: 'a passing one',
			value: 'x',
			key_context: { organization_id: acme.id },
		});
		await vscode.commands.executeCommand('workosVault.refresh');
		await ui.waitFor(row('a passing one'));
		await open('a passing one');
		await vault.call('DELETE', `/vault/v1/kv/${id}`);
		await vscode.commands.executeCommand('workosVault.refresh');
		await shows('has no such object');
		assert.equal((await pageText()).includes('a passing one'), false);
		await closeEditors();
	});

	test('shows odd names and contexts as texts', async () => {
		await openOdd();
		await eventually(async () => assert.match((await ui.texts(heading)).join(), /^<img src=x.*⟨U\+202E⟩ evil$/));
		assert.equal(await ui.count(inPage('main img')), 0);
		await ui.screenshot('object-page-odd');
		await closeEditors();
	});

	test('a pair of the key context filters the tree', async () => {
		await open('database-url');
		await press(`organization_id = ${acme.id}`);
		await ui.waitFor(row('Only names with “Acme”'));
		await clickAsking('Only names with “Acme”');
		await quickInput.answer('');
		await quickInput.waitUntilClosed();
		await ui.waitFor(row('Globex'));
	});

	test('closes when everything is locked', async () => {
		await quickInput.runCommand('WorkOS Vault: Lock Now');
		await eventually(async () => assert.deepEqual(await tabs(), []));
		await quickInput.runCommand('WorkOS Vault: Unlock');
		await ui.waitFor(row(acme.name));
		await clearNotifications();
	});

	test('an address of nothing says so, and asks nobody', async () => {
		const asked = async () => [await events('vault.metadata.read'), await events('vault.data.read')];
		const before = await asked();
		const uri = vscode.Uri.from({ scheme: 'workos-vault-object', path: '/secret_none/x/object.workos-vault-object' });
		await vscode.commands.executeCommand('vscode.open', uri);
		await shows('has no such object');
		assert.deepEqual(await asked(), before);
		await closeEditors();
	});

	test('a file of this name in a folder is no object', async () => {
		const file = vscode.Uri.parse('untitled:/secret_none/x/object.workos-vault-object');
		await vscode.commands.executeCommand('vscode.openWith', file, 'workosVault.object');
		await shows('has no such object');
		await closeEditors();
	});

	/** Clicks the object's row in another window, under its organization's. */
	const choose = (window: number, click: typeof ui.click): Promise<void> =>
		eventually(async () => {
			if ((await ui.count({ selector: row('database-url'), window })) === 0) {
				await ui.click({ selector: row(acme.name), window });
			}
			await click({ selector: row('database-url'), window, timeout: 2_000 });
		});

	test('that VS Code restores shows what is known, and asks nobody until a person wants it', async function () {
		// Windows are loaded, again and again.
		this.timeout(300_000);
		const window = await ui.openWindow();
		const there = (selector: string) => ({ ...inPage(selector), window });
		const isShown = () => ui.waitFor({ ...there('h1:text-is("database-url")'), timeout: loadPatience });
		await openSidebar(window);
		await ui.waitFor({ selector: row(acme.name), window, timeout: loadPatience });
		await choose(window, ui.doubleClick);
		await isShown();
		await ui.waitFor(there('dt:has-text("Key ID")'));
		await ui.waitFor(there('[data-id=versions] tbody'));
		const asked = async () => [await events('vault.metadata.read'), await events('vault.data.read')];
		const before = await asked();
		// The command writes down which editors are open; a browser that loads the page anew does not wait for that.
		await quickInput.runCommand('Developer: Reload Window', { window });
		await ui.waitFor(there('dt:has-text("Key ID")'), 'hidden');
		await isShown();
		await ui.waitFor({ ...there('p:has-text("Restored")'), timeout: loadPatience });
		await ui.screenshot('object-page-restored', { window });
		assert.deepEqual(await asked(), before);
		await ui.click(there('vscode-button:has-text("Look Now") >> nth=0'));
		await ui.waitFor(there('dt:has-text("Key ID")'));
		// Metadata, and the list of versions.
		await eventually(async () => assert.deepEqual(await asked(), [(before[0] ?? 0) + 2, before[1]]));
		await quickInput.runCommand('Developer: Reload Window', { window });
		await ui.waitFor(there('dt:has-text("Key ID")'), 'hidden');
		await isShown();
		await ui.waitFor({ ...there('p:has-text("Restored")'), timeout: loadPatience });
		await openSidebar(window);
		await choose(window, ui.click);
		await ui.waitFor(there('dt:has-text("Key ID")'));
		await ui.closeWindow(window);
	});

	test('that VS Code restores while everything is locked is closed, and says no name', async function () {
		// Windows are loaded, again and again.
		this.timeout(300_000);
		const window = await ui.openWindow();
		const there = (selector: string) => ({ ...inPage(selector), window });
		await openSidebar(window);
		await ui.waitFor({ selector: row(acme.name), window, timeout: loadPatience });
		await choose(window, ui.doubleClick);
		await ui.waitFor(there('dt:has-text("Key ID")'));
		// The command writes down which editors are open.
		await quickInput.runCommand('Developer: Reload Window', { window });
		await ui.waitFor({ ...there('p:has-text("Restored")'), timeout: loadPatience });
		await ui.closeWindow(window);
		const second = await ui.openWindow();
		await ui.waitFor({ selector: '.tab:has-text("database-url")', window: second, timeout: loadPatience });
		await ui.closeWindow(second);
		await quickInput.runCommand('WorkOS Vault: Lock Now');
		const again = await ui.openWindow();
		await openSidebar(again);
		await ui.waitFor({ selector: '.welcome-view :text("Unlock")', window: again, timeout: loadPatience });
		await eventually(async () => assert.equal(await ui.count({ selector: '.tab', window: again }), 0));
		await quickInput.runCommand('WorkOS Vault: Unlock');
		await ui.waitFor(row(acme.name));
		await ui.closeWindow(again);
		await clearNotifications();
	});

	test('signing out closes it', async () => {
		await openOrganization(acme.name);
		await open('database-url');
		await quickInput.runCommand('WorkOS Vault: Sign Out…');
		await notification('Signed out');
		await eventually(async () => assert.deepEqual(await tabs(), []));
		await connect(vault, 'Paged');
	});
});
