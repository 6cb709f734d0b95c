import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { inPage } from '../isolated/tab';
import { closeEditors, connect, find, leave, openOrganization, startVault, type TestVault } from '../../driver/product';
import { eventually, quickInput, row, ui } from '../../driver/ui';
import { open, press } from './tab';

const asked = 'stripe-webhook-secret';
const certificate = 'tls/www.oakandanvil.example';
const organization = 'Harborlight Payments';

interface Read {
	readonly created_at: string;
	readonly data: { readonly kv_name: string };
}

/** The cells of a table's rows, as they are drawn. */
async function cellsOf(table: string): Promise<string[][]> {
	return (await ui.texts(inPage(`${table} tbody tr`))).map((text) => text.split('\t').map((cell) => cell.trim()));
}

suite('A tour of the demo’s pages: questions, answered by clicks and keys', () => {
	let vault: TestVault;

	suiteSetup(async () => {
		await vscode.workspace.getConfiguration('workosVault').update('click', 'page', true);
		vault = await startVault('demo');
		await connect(vault, 'Demo', organization);
		await openOrganization(organization);
	});
	suiteTeardown(async () => {
		await leave(vault);
		await vscode.workspace.getConfiguration('workosVault').update('click', undefined, true);
	});

	/** All reads that the vault knows of, newest first. */
	async function reads(): Promise<Read[]> {
		const all: Read[] = [];
		for (let after: string | null = ''; after !== null;) {
			type Page = { data: Read[]; list_metadata: { after: string | null } };
			const page: Page = await vault.call('GET', `/events?events=vault.data.read&limit=100&after=${after}`);
			all.push(...page.data);
			after = page.list_metadata.after;
		}
		return all;
	}

	/** How often the object was read on each day on which it was, by the day's name. */
	async function readsByDay(): Promise<Map<string, number>> {
		const days = new Map<string, number>();
		for (const { created_at: at, data } of await reads()) {
			if (data.kv_name !== asked) continue;
			const words = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
			const day = new Date(at).toLocaleDateString('en-GB', words);
			days.set(day, (days.get(day) ?? 0) + 1);
		}
		return days;
	}

	test('who read this one last week?', async () => {
		const before = (await reads()).length;
		await open(asked);
		await press('Look Further Back');
		await ui.waitFor(inPage('[data-id=activity] p:has-text("back to when it was created") >> nth=1'));
		await ui.click(inPage('summary:text-is("Reads and changes by day")'));
		await ui.waitFor(inPage('[data-key=days] tbody tr >> nth=0'));
		const expected = await readsByDay();
		const week = (await cellsOf('[data-key=days]')).slice(0, 7);
		assert.deepEqual(
			week.map(([day, count]) => [day, Number(count)]),
			week.map(([day = '']) => [day, expected.get(day) ?? 0]),
		);
		const count = week.reduce((sum, [, one]) => sum + Number(one), 0);
		assert.ok(count > 0, 'Nobody read it');
		// The newest stand first: who read it in these days, and how.
		const newest = (await cellsOf('[data-id=activity] > table')).slice(0, count);
		assert.ok(newest.length > 0);
		for (const [what, by, how] of newest)
			assert.deepEqual([what, by, how], ['Read', 'Local Vault key', 'through the API']);
		await ui.screenshot('object-tour-1-read');
		assert.equal((await reads()).length, before, 'To look at it is no reading');
	});

	test('when does this certificate expire?', async () => {
		await find('oakandanvil');
		await eventually(async () => assert.deepEqual(await quickInput.items(), [certificate]));
		await ui.press('Enter');
		await ui.waitFor(`${row(certificate)}.focused`);
		await ui.press('Enter');
		await ui.waitFor(inPage(`h1:text-is("${certificate}")`));
		assert.equal(await ui.count(inPage('[data-id=value] dt')), 0, 'Before it is revealed, nobody knows what it is');
		await press('Reveal');
		await ui.waitFor(inPage('[data-id=value] p:text-is("X.509 certificate")'));
		const [expires] = await ui.texts(inPage('[data-id=value] dt:text-is("Expires") + dd'));
		assert.match(expires ?? '', /^in \d+ days \(.*2036.*\)$/);
		await ui.screenshot('object-tour-2-certificate');
		await press('Hide');
		await ui.waitFor(inPage('pre'), 'detached');
	});

	test('what did version 3 have in common with version 5?', async () => {
		const before = (await reads()).length;
		await ui.scrollTo(asked);
		await open(asked);
		const five = inPage('[data-id=versions] tbody tr:has(th :text-matches("^5 "))');
		await ui.waitFor(five);
		await ui.hover(five);
		assert.match((await ui.texts(five)).join(), /^5 · same value as version 3\t/);
		await ui.screenshot('object-tour-3-versions');
		assert.equal((await reads()).length, before, 'To compare them is no reading');
	});

	test('how do I read it in Python?', async () => {
		const line = `client.vault.get_name("${asked}").value`;
		assert.deepEqual(await ui.texts(inPage('.use dt:text-is("Python") + dd code')), [line]);
		await ui.click(inPage('vscode-button[aria-label="Copy for Python"]'));
		await eventually(async () => assert.equal(await vscode.env.clipboard.readText(), line));
		await ui.screenshot('object-tour-4-python');
		await closeEditors();
	});
});
