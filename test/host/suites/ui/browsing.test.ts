import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	activeText,
	clearNotifications,
	closeEditors,
	closeOrganization,
	find,
	notification,
	openOrganization,
	openSidebar,
	pressRowAction,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';

const organizations = [
	'▸ Arctic Tern Logistics',
	'▸ Harborlight Payments',
	'▸ Lumenfield Energy',
	'▸ Meadowbrook Health',
	'▸ Oak & Anvil Studio',
	'▸ No organization',
];

/** A picture without ages: they change with the clock. */
const withoutAges = (picture: string): string => picture.replace(/(?<=\S) {2}\S.*$/gm, '');

/** A row of a list, by its place: the order of the elements is another one once the list was drawn anew. */
const found = (index: number, text: string): string =>
	`.quick-input-list .monaco-list-row[data-index="${index}"]:has-text("${text}")`;

suite('Browsing Local Vault', () => {
	suiteSetup(async () => {
		await openSidebar();
		await ui.click('.welcome-view .monaco-button:has-text("Try Local Vault")');
		await ui.waitFor(row('Arctic Tern Logistics'));
	});
	suiteTeardown(async () => {
		await closeEditors();
		await clearNotifications();
		await quickInput.runCommand('WorkOS Vault: Sign Out…');
		await notification('Local Vault was stopped.');
		await clearNotifications();
	});

	test('one click in the welcome view starts it and shows its organizations', async () => {
		await eventually(async () => assert.equal(await ui.treePicture(), organizations.join('\n')));
		await ui.screenshot('browse-1-organizations');
	});

	test('an organization shows its objects by name, an object its versions, newest first', async () => {
		await openOrganization('Harborlight Payments');
		await ui.scrollTo('stripe-webhook-secret');
		await ui.openRow('stripe-webhook-secret');
		await eventually(async () => {
			const rows = withoutAges(await ui.treePicture()).split('\n');
			const start = rows.indexOf('  ▾ stripe-webhook-secret');
			assert.ok(start > 0, rows.join('\n'));
			assert.match(rows[start + 1] ?? '', /^ {4}· Version \d+$/);
		});
		await ui.screenshot('browse-2-versions');
		await closeOrganization('Harborlight Payments');
	});

	test('a long organization comes in pages of 100, and Load More says how many are left', async () => {
		await quickInput.runCommand('WorkOS Vault: View as List');
		await openOrganization('Arctic Tern Logistics');
		const first = withoutAges(await ui.treePicture()).split('\n');
		assert.equal(first.filter((line) => line.startsWith('  ▸')).length, 100);
		assert.ok(first.includes('  · Load More (161 left)'), first.at(-6));
		await ui.clickAway('Load More (161 left)');
		await eventually(async () => {
			const second = withoutAges(await ui.treePicture()).split('\n');
			assert.equal(second.filter((line) => line.startsWith('  ▸')).length, 200);
			assert.ok(second.includes('  · Load More (61 left)'));
			assert.deepEqual(second.slice(0, 101), first.slice(0, 101));
		});
		await ui.screenshot('browse-3-second-page');
		await closeOrganization('Arctic Tern Logistics');
		await quickInput.runCommand('WorkOS Vault: View as Tree');
	});

	test('objects without an organization stand under their own row', async () => {
		await openOrganization('No organization');
		const picture = withoutAges(await ui.treePicture());
		assert.match(
			picture,
			/▾ No organization\n {2}▸ gateway\n[^]*\n {2}▸ ci\/container-registry\n {2}▸ status-page\/token$/,
		);
	});

	test('every row has a label for a screen reader', async () => {
		for (const { ariaLabel, label } of await ui.treeRows()) assert.ok(ariaLabel.length >= label.length, label);
	});

	test('Find Object finds by a part of the name and shows the object in the tree', async () => {
		await find('stripe-web');
		await eventually(async () => assert.deepEqual(await quickInput.items(), ['stripe-webhook-secret']));
		await ui.screenshot('browse-4-find');
		await ui.press('Enter');
		await eventually(async () => {
			const selected = (await ui.treeRows()).filter((one) => one.selected);
			assert.deepEqual(
				selected.map(({ label }) => label),
				['stripe-webhook-secret'],
			);
		});
	});

	test('the eye beside an object reveals its value, read-only, under the object’s name', async () => {
		await ui.scrollTo('stripe-webhook-secret');
		await pressRowAction('stripe-webhook-secret', 'eye', () => assert.match(activeText() ?? '', /^tok_/));
		await ui.waitFor('.tab.active .label-name:text-is("stripe-webhook-secret")');
		await ui.screenshot('browse-5-revealed');
		const before = activeText();
		await ui.click('.editor-instance .view-lines');
		await ui.type('changed');
		assert.equal(activeText(), before);
		assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
	});

	test('a revealed document’s address shows no value when it is opened again', async () => {
		const uri = vscode.window.activeTextEditor?.document.uri;
		assert.ok(uri);
		await closeEditors();
		await vscode.window.showTextDocument(uri);
		await eventually(() => assert.match(activeText() ?? '', /^Hidden\./));
		await closeEditors();
	});

	test('Hide Revealed Values blanks what is open', async () => {
		await ui.scrollTo('stripe-webhook-secret');
		await pressRowAction('stripe-webhook-secret', 'eye', () => assert.match(activeText() ?? '', /^tok_/));
		await quickInput.runCommand('WorkOS Vault: Hide Revealed Values');
		await eventually(() => assert.match(activeText() ?? '', /^Hidden\./));
		await closeEditors();
	});

	test('Find Object takes some letters, with the view closed, and lists what was opened last first', async () => {
		await vscode.commands.executeCommand('workbench.action.closeSidebar');
		await quickInput.runCommand('WorkOS Vault: Find Object…');
		await ui.waitFor(found(0, 'stripe-webhook-secret'));
		await quickInput.fill('se');
		await ui.waitFor(found(1, 'se'));
		await ui.waitFor(found(0, 'stripe-webhook-secret'));
		await quickInput.fill('strpwhook');
		await eventually(async () => assert.deepEqual(await quickInput.items(), ['stripe-webhook-secret']));
		await ui.screenshot('browse-6-find-fuzzy');
		await ui.press('Enter');
		// Until the tree has the focus: it would take it away from what comes next.
		await ui.waitFor(
			'.part.sidebar .monaco-list:focus-within .monaco-list-row.focused:has-text("stripe-webhook-secret")',
		);
	});
});
