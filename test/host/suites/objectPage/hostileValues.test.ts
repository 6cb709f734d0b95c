import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { inPage } from '../isolated/tab';
import {
	acme,
	clearNotifications,
	closeEditors,
	connect,
	leave,
	notification,
	openOrganization,
	startVault,
	type Seed,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';
import { open, press } from './tab';

const part = (json: string) => Buffer.from(json).toString('base64url');
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const long = 'x'.repeat(1_000_000);
const values: Readonly<Record<string, string>> = {
	'many lines': 'a\n'.repeat(100_000),
	'one line': long,
	'many fields': `{${Array.from({ length: 40_000 }, (_, index) => `"field${index}":${index}`).join()}}`,
	'long field': JSON.stringify({ id: 0, long }).replace('0', '123456789012345678901234567890'),
	'twice a name': '{"a": "first", "a": "second"}',
	'deep json': deep(50_000),
	'lying token': `${part('{"alg":"none"}')}.${part(`{"aud":${deep(30_000)}}`)}.`,
	'slow value': 'a value that takes its time',
};
const seed: Seed = {
	organizations: [acme],
	objects: Object.entries(values).map(([name, value]) => ({ name, value, context: { organization_id: acme.id } })),
};

const text = async () => (await ui.texts(inPage('[data-id=value]'))).join('\n');
const reveal = async (name: string) => {
	await open(name);
	await press('Reveal');
	await ui.waitFor(inPage('vscode-button:has-text("Hide")'));
};

suite('The page of an object with a hostile value', () => {
	let vault: TestVault;
	const reads = async () => {
		const { data } = await vault.call<{ data: unknown[] }>('GET', '/events?events=vault.data.read&limit=100');
		return data.length;
	};
	/** Reveals a value that takes its time, does something as soon as that is under way, and waits for its end. */
	const whileReading = async (meanwhile: () => Promise<void>, delay = 5_000) => {
		const before = await reads();
		await vault.call('POST', '/_local/faults', { route: 'GET /vault/v1/kv/{id}', delay_ms: delay, times: 1 });
		await press('Reveal');
		await notification('Revealing “slow value”');
		await meanwhile();
		await eventually(async () => assert.deepEqual(await ui.notifications(), []));
		assert.equal(await reads(), before + 1);
	};

	suiteSetup(async () => {
		await vscode.workspace.getConfiguration('workosVault').update('click', 'page', true);
		vault = await startVault(seed);
		await connect(vault, 'Hostile values');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await leave(vault);
		await vscode.workspace.getConfiguration('workosVault').update('click', undefined, true);
	});

	test('long texts are shown by their beginning', async () => {
		for (const name of ['many lines', 'one line']) {
			await reveal(name);
			assert.match(await text(), /[\d,]+ more characters: open it in an editor\./, name);
			await press('Hide');
			await ui.waitFor(inPage('pre'), 'detached');
		}
	});

	test('so are long lists of fields, and long fields, which are copied whole, digits and all', async () => {
		await reveal('many fields');
		assert.match(await text(), /39800 more: open the value in an editor\./);
		await reveal('long field');
		assert.match(await text(), /x… 998,000 more characters/);
		await ui.screenshot('object-page-long-field');
		await ui.click(inPage('vscode-button[aria-label="Copy id"]'));
		await eventually(async () => assert.equal(await vscode.env.clipboard.readText(), '123456789012345678901234567890'));
		await ui.click(inPage('vscode-button[aria-label="Copy long"]'));
		await eventually(async () => assert.ok((await vscode.env.clipboard.readText()) === long));
		await clearNotifications();
	});

	test('JSON that a tree would not show truly is a text', async () => {
		await reveal('twice a name');
		assert.deepEqual(await ui.texts(inPage('pre')), [values['twice a name']]);
		await reveal('deep json');
		assert.equal(await ui.count(inPage('pre')), 1);
	});

	test('a token that lies is shown all the same', async () => {
		await reveal('lying token');
		assert.match(await text(), /JSON Web Token/);
		assert.equal(await ui.count(inPage('pre')), 1);
	});

	test('a value that takes its time is read once, however often it is asked for', async () => {
		await open('slow value');
		await whileReading(() => press('Reveal'), 15_000);
		await ui.waitFor(inPage('pre'));
		await press('Hide');
		await ui.waitFor(inPage('pre'), 'detached');
	});

	test('and is not shown to who went elsewhere, or hid all values, meanwhile', async () => {
		await ui.doubleClick(row('slow value'));
		await whileReading(async () => {
			await open('one line');
			await ui.click('.tab:has-text("slow value")');
			await eventually(async () => assert.deepEqual(await ui.texts(inPage('h1')), ['slow value']));
		});
		assert.equal(await ui.count(inPage('pre')), 0);
		await whileReading(() => quickInput.runCommand('WorkOS Vault: Hide Revealed Values'));
		assert.equal(await ui.count(inPage('pre')), 0);
	});

	test('a page that is closed meanwhile is no failure', async () => {
		await whileReading(closeEditors);
	});

	test('a split shows its value once', async () => {
		await ui.doubleClick(row('slow value'));
		await reveal('slow value');
		await vscode.commands.executeCommand('workbench.action.splitEditor');
		await eventually(() => assert.equal(vscode.window.tabGroups.all.length, 2));
		assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
		await closeEditors();
		assert.deepEqual(await ui.notifications(), []);
	});
});
