import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	clearNotifications,
	closeEditors,
	connect,
	leave,
	notification,
	openOrganization,
	publishButton,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, row, ui } from '../../driver/ui';
import { clickBeside, edit, goToEnd, inPage, lines, status, tryToChange, waitForLines, waitForPage } from './tab';

const url = 'postgres://app@db.internal/app';

/** Values that other editors change, by the name of their object. */
const delicate: Readonly<Record<string, string>> = {
	crlf: 'a\r\n\r\nb\r\n',
	bom: '\ufeffa\n',
	spaces: ' \ta  \n\n  \n',
	nul: 'a\0b\0',
	separators: 'a\u2028b\u2029c\u0085d\ve\ff',
	emoji: '👩‍👩‍👧 e\u0301 \u202eabc\u202c',
	large: `${'0123456789abcde\n'.repeat(65_535)}last`,
};

const seed = {
	organizations: [acme],
	objects: Object.entries({ 'database-url': url, 'two-lines': 'first\nsecond', ...delicate }).map(([name, value]) => ({
		name,
		value,
		context: { organization_id: acme.id },
	})),
};

suite('The isolated editor', () => {
	let vault: TestVault;
	const settings = vscode.workspace.getConfiguration('workosVault');

	suiteSetup(async () => {
		await settings.update('editor', 'isolated', vscode.ConfigurationTarget.Global);
		vault = await startVault(seed);
		await connect(vault, 'Isolated');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await settings.update('editor', undefined, vscode.ConfigurationTarget.Global);
		await leave(vault);
	});
	setup(clearNotifications);

	test('what is typed is published with the save key, to the last key', async () => {
		await edit('database-url');
		await ui.waitFor(publishButton);
		assert.equal(await status(), 'No changes');
		await goToEnd();
		const typed = '?ssl=on&options='.repeat(12);
		await ui.type(typed);
		await ui.press('Control+S');
		await notification('Published a new version of “database-url”.');
		assert.equal((await vault.read('database-url')).value, url + typed);
		await eventually(async () => assert.equal(await status(), 'No changes'));
		await ui.screenshot('isolated-1-published');
	});

	test('what is typed while the extension host is busy is published too', async () => {
		const before = (await vault.read('database-url')).value;
		const typing = ui.type('&busy=0123456789', { delay: 100 });
		await eventually(async () => assert.match((await lines()).join(''), /&b/));
		for (const end = Date.now() + 2_500; Date.now() < end;);
		await typing;
		await ui.press('Control+S');
		await notification('Published a new version of “database-url”.');
		assert.equal((await vault.read('database-url')).value, `${before}&busy=0123456789`);
	});

	test('an unpublished draft says so in the page and in its tab, and is in no text document', async () => {
		await ui.type('NOT-YET');
		await waitForPage('● database-url (draft)');
		await eventually(async () => assert.equal(await status(), 'Draft, not published'));
		const documents = vscode.workspace.textDocuments.filter((document) => document.getText().includes('NOT-YET'));
		assert.deepEqual(documents, []);
		assert.equal(vscode.window.activeTextEditor, undefined);
		await ui.screenshot('isolated-2-draft');
	});

	test('a closed draft is offered again with all that was typed', async () => {
		await closeEditors();
		await ui.pressNotification('is not published', 'Reopen');
		await waitForPage('● database-url (draft)');
		await eventually(async () => assert.match((await lines()).join(''), /NOT-YET$/));
		await closeEditors();
		await ui.pressNotification('is not published', 'Discard');
		await vault.publish('database-url', url);
	});

	test('undo and redo take one step, by key and by command, after another tab was in front too', async () => {
		await edit('two-lines');
		await goToEnd();
		await ui.type('X');
		await ui.press('Control+Home');
		await ui.type('Y');
		await waitForLines('Yfirst', 'secondX');
		await clickBeside('database-url', 'eye');
		await waitForPage('database-url');
		await ui.click('.tab:has-text("two-lines")');
		await waitForPage('● two-lines (draft)');
		await ui.click(inPage('.cm-content'));
		await ui.press('Control+Z');
		await waitForLines('first', 'secondX');
		await vscode.commands.executeCommand('undo');
		await waitForLines('first', 'second');
		await vscode.commands.executeCommand('redo');
		await waitForLines('first', 'secondX');
		await ui.press('Control+Y');
		await waitForLines('Yfirst', 'secondX');
		// Select All would come from VS Code once more, later: in the middle of what is typed.
		await ui.press('Control+End');
		await ui.press('Shift+Control+Home');
		await ui.type('all');
		await waitForLines('all');
		await ui.press('Control+Z');
		await waitForLines('Yfirst', 'secondX');
	});

	test('the boxes of its search keep nothing, and Tab leaves the text as it is', async () => {
		await ui.press('Control+F');
		await ui.waitFor(inPage('.cm-search'));
		const kept = await ui.attributes(inPage('.cm-search input'), 'autocomplete');
		assert.ok(kept.length >= 2);
		assert.deepEqual(new Set(kept), new Set(['off']));
		await ui.type('secon');
		await ui.waitFor(inPage('.cm-searchMatch'));
		await ui.screenshot('isolated-3-search');
		await ui.press('Escape');
		await ui.waitFor(inPage('.cm-search'), 'detached');
		await ui.waitFor(inPage('.cm-focused'));
		await ui.press('Tab');
		await ui.waitFor(inPage('.cm-focused'), 'detached');
		await waitForLines('Yfirst', 'secondX');
		await closeEditors();
		await ui.pressNotification('is not published', 'Discard');
	});

	test('a screen reader and the browser get to know what the text is', async () => {
		await edit('two-lines');
		const attribute = async (name: string) => (await ui.attributes(inPage('.cm-content'), name))[0];
		assert.equal(await attribute('aria-label'), 'Value of two-lines, isolated editor');
		assert.equal(await attribute('role'), 'textbox');
		for (const name of ['autocomplete', 'autocorrect', 'autocapitalize']) assert.equal(await attribute(name), 'off');
		for (const name of ['spellcheck', 'data-gramm']) assert.equal(await attribute(name), 'false');
		assert.equal(await attribute('translate'), 'no');
		await closeEditors();
	});

	for (const [name, value] of Object.entries(delicate)) {
		test(`the value ${name} is exact after an edit`, async () => {
			await edit(name);
			await goToEnd();
			await ui.type('x');
			await ui.press('Control+S');
			await notification(`Published a new version of “${name}”.`);
			assert.equal((await vault.read(name)).value, `${value}x`);
			await closeEditors();
		});
	}

	test('Enter and Backspace do no more than their name says', async () => {
		await vault.publish('spaces', 'a\n    b');
		await edit('spaces');
		await goToEnd();
		await ui.press('Enter');
		await ui.type('  ');
		await ui.press('Enter');
		await ui.type('  ');
		await ui.press('Backspace');
		await ui.press('Control+S');
		await notification('Published a new version of “spaces”.');
		assert.equal((await vault.read('spaces')).value, 'a\n    b\n  \n ');
		await closeEditors();
	});

	test('what is pasted gets the line ends that the value has', async () => {
		await vault.publish('crlf', 'a\r\nb');
		await edit('crlf');
		await goToEnd();
		await ui.writeClipboard('1\n2\r\n3');
		await ui.press('Control+V');
		await waitForLines('a', 'b1', '2', '3');
		await ui.press('Control+S');
		await notification('Published a new version of “crlf”.');
		assert.equal((await vault.read('crlf')).value, 'a\r\nb1\r\n2\r\n3');
		await ui.press('Control+A');
		await ui.press('Control+C');
		assert.equal(await ui.readClipboard(), 'a\r\nb1\r\n2\r\n3');
		await closeEditors();
	});

	test('what is dropped gets the line ends that the value has', async () => {
		await vault.publish('crlf', 'a\r\nb');
		await edit('crlf');
		await ui.drop(inPage('.cm-line'), '1\n2');
		await waitForLines('1', '2a', 'b');
		await ui.press('Control+S');
		await notification('Published a new version of “crlf”.');
		assert.equal((await vault.read('crlf')).value, '1\r\n2a\r\nb');
		await closeEditors();
	});

	test('a value that an edit could change silently opens read-only, and says why', async () => {
		await vault.publish('crlf', 'mixed\r\nline\nends');
		await clickBeside('crlf', 'edit');
		await waitForPage('crlf (draft)');
		await notification('exactly');
		assert.match(await status(), /^Read-only: .*mixed line ends/);
		await goToEnd();
		await ui.type('x');
		await ui.screenshot('isolated-4-read-only');
		await closeEditors();
		assert.equal((await vault.read('crlf')).value, 'mixed\r\nline\nends');
		assert.deepEqual(await ui.count(row('crlf')), 1);
	});

	test('a comparison says that nothing differs but line ends and a byte order mark', async () => {
		await vault.publish('two-lines', 'first\r\nsecond');
		await edit('two-lines');
		await vault.publish('two-lines', '\ufefffirst\nsecond\n');
		await goToEnd();
		await ui.press('Enter');
		await ui.press('Control+S');
		await ui.pressNotification('Somebody published', 'Compare');
		await ui.waitFor(inPage('.cm-merge-b'));
		assert.deepEqual(await ui.texts(inPage('.titles span')), [
			'two-lines (theirs) (begins with a byte order mark, lines end in LF)',
			'your draft (lines end in CRLF)',
		]);
		assert.equal(await status(), 'Read-only: the two differ in line ends and a byte order mark only');
		await ui.screenshot('isolated-5-compare-line-ends');
		await closeEditors();
		await ui.pressNotification('is not published', 'Discard');
	});

	test('a conflict is compared in isolation, and theirs can be taken and undone', async () => {
		await vault.publish('database-url', 'base');
		await edit('database-url');
		await vault.publish('database-url', 'theirs\r\nand more');
		await goToEnd();
		await ui.type(' mine');
		await ui.press('Control+S');
		await ui.pressNotification('Somebody published', 'Compare');
		await ui.waitFor('.tab.active .label-name:text-is("database-url (theirs) (lines end in CRLF) ↔ your draft")');
		await ui.waitFor(inPage('.cm-merge-b'));
		assert.deepEqual(await ui.texts(inPage('.cm-merge-a .cm-line')), ['theirs', 'and more']);
		assert.deepEqual(await ui.texts(inPage('.cm-merge-b .cm-line')), ['base mine']);
		assert.deepEqual(await ui.texts(inPage('.titles span')), [
			'database-url (theirs) (lines end in CRLF)',
			'your draft',
		]);
		assert.equal(await status(), 'Read-only');
		await ui.screenshot('isolated-5-compare');
		await tryToChange('.cm-merge-a', 'theirs', 'and more');
		await tryToChange('.cm-merge-b', 'base mine');
		await ui.pressNotification('Somebody published', 'Take Theirs');
		await notification('holds their version');
		await ui.click('.tab:has-text("● database-url"), .tab .label-name:text-is("database-url (draft)")');
		await waitForLines('theirs', 'and more');
		await goToEnd();
		await ui.press('Control+Z');
		await waitForLines('base mine');
		await ui.press('Control+S');
		await notification('Published a new version of “database-url”.');
		assert.equal((await vault.read('database-url')).value, 'base mine');
		await closeEditors();
	});
});
