import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { edit, goToEnd, inPage, revealInIsolation } from '../isolated/tab';
import {
	acme,
	clearNotifications,
	closeEditors,
	connect,
	find,
	globex,
	leave,
	openOrganization,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, row, ui, type Barriers, type Target } from '../../driver/ui';

/** Themes by their names, each with a class that the window has while it has that theme. */
const themes = [
	['Default Light Modern', 'light_modern-json'],
	['Default Dark Modern', 'dark_modern-json'],
	['Default High Contrast Light', 'hc_light-json'],
	['Default High Contrast', 'hc_black-json'],
	['Monokai', 'monokai-color-theme-json'],
] as const;

const user = 'user_01H8XQ2MZP4VN7RTC3KDWE5123';
const lines = '# where it is\nname: api\nretries: 3\nisOn: true\nurl: "https://api.internal"\n';
const object = (name: string, context: Record<string, string>, value = `value of ${name}`) => ({
	name,
	value,
	context,
});

const seed = {
	organizations: [acme, globex, { id: 'org_hooli', name: 'Hooli' }],
	objects: [
		object('anthropic/oauth/300', { organization_id: acme.id, provider: 'anthropic' }),
		object('anthropic/oauth/301', { organizationId: acme.id, provider: 'anthropic' }),
		object('settings', { organization_id: acme.id, provider: 'openai' }, lines),
		object(`byok-gateway-${user}-slack`, { userId: user, provider: 'openai' }),
	],
};

/** What a person looks at, and what of it is ours. */
interface Surface {
	readonly name: string;
	/** The elements that are ours, with all that is in them. */
	readonly ours: Target;
	/** Rules that axe-core has to have looked for there, so that nothing passes that it did not see. */
	readonly looks: readonly string[];
	/** Rules that VS Code's own markup breaks among what is ours, and where. */
	readonly strangers?: Readonly<Record<string, string>>;
	readonly open: (vault: TestVault) => Promise<void>;
	readonly close?: () => Promise<void>;
}

const page = inPage('html');

async function reveal(): Promise<void> {
	await revealInIsolation('settings');
	await ui.waitFor(inPage('.cm-key'));
}

async function startDraft(): Promise<void> {
	await edit('settings');
	await goToEnd();
	await ui.type('more: 1');
}

async function discardDraft(): Promise<void> {
	await closeEditors();
	await ui.pressNotification('is not published', 'Discard');
}

async function openPage(): Promise<void> {
	const own = vscode.workspace.getConfiguration('workosVault');
	await own.update('click', 'page', vscode.ConfigurationTarget.Global);
	// The rows are drawn anew with the setting.
	await eventually(async () => {
		await ui.click(row('settings'));
		await ui.waitFor({ ...inPage('h1:text-is("settings")'), timeout: 3_000 });
	});
	await own.update('click', undefined, vscode.ConfigurationTarget.Global);
}

/** Looks for a word with the page's own search. */
async function search(text: string): Promise<void> {
	await ui.press('Control+F');
	await ui.waitFor(inPage('.cm-search input:focus'));
	await ui.type(text);
	await ui.waitFor(inPage('.cm-searchMatch'));
}

const surfaces: readonly Surface[] = [
	{
		name: 'tree',
		ours: { selector: '.part.sidebar .pane-body, .part.sidebar .title-actions' },
		looks: ['color-contrast', 'aria-required-children', 'aria-command-name', 'label-content-name-mismatch'],
		strangers: {
			// It compares a row's name with all text in the row: VS Code's tree sets the short form ("3", "now", "user_01H…123")
			// beside the name, in which it is said in full. That names hold what rows are called is tested below.
			'label-content-name-mismatch': '[role=treeitem]',
		},
		async open() {
			await ui.expand('anthropic, provider', 'anthropic/oauth', 'settings');
			await ui.waitFor(row('Version 1'));
		},
	},
	{
		name: 'page',
		ours: page,
		looks: ['color-contrast', 'document-title', 'html-has-lang'],
		async open() {
			await reveal();
			await goToEnd();
			await ui.press('Shift+Control+Home');
			await ui.waitFor(inPage('.cm-selectedText'));
		},
		close: closeEditors,
	},
	{
		name: 'hidden page',
		ours: page,
		looks: ['color-contrast', 'document-title', 'html-has-lang'],
		async open() {
			await reveal();
			await vscode.commands.executeCommand('workosVault.hideValues');
			await ui.waitFor(inPage('main p:has-text("Hidden")'));
		},
		close: closeEditors,
	},
	{
		name: 'isolated editor',
		ours: page,
		looks: ['color-contrast', 'label'],
		async open() {
			await startDraft();
			await search('retries');
		},
		close: discardDraft,
	},
	{
		name: 'compare',
		ours: page,
		looks: ['color-contrast', 'label'],
		async open(vault) {
			await startDraft();
			await vault.publish('settings', lines.replace('3', '4'));
			await ui.press('Control+S');
			await ui.pressNotification('Somebody published', 'Compare');
			await ui.click(inPage('.cm-merge-b .cm-content'));
			await search('retries');
			await clearNotifications();
		},
		close: discardDraft,
	},
	{
		name: 'object page',
		ours: page,
		looks: ['color-contrast', 'document-title', 'html-has-lang', 'label-content-name-mismatch'],
		async open(vault) {
			await vault.publish('settings', '{"name": "api", "on": {"retries": 3}}');
			await vscode.commands.executeCommand('workosVault.refresh');
			await openPage();
			await ui.click(inPage('vscode-button:text-is("Reveal")'));
			await ui.click(inPage('.json summary'));
			await ui.waitFor(inPage('.json .json .leaf'));
		},
		close: closeEditors,
	},
	{
		name: 'Find',
		ours: { selector: '.quick-input-widget' },
		looks: ['color-contrast', 'aria-input-field-name', 'label-content-name-mismatch'],
		// An extension gives a row of the list its texts; VS Code makes the elements, names and colours of them.
		strangers: {
			// Options have a level.
			'aria-allowed-attr': '.monaco-list-row[role=option]',
			// A row that served the palette before has its key still, out of sight, with a name and no role.
			'aria-prohibited-attr': '.monaco-keybinding',
			// VS Code puts a comma and the row's texts together, and leaves out none.
			'label-content-name-mismatch': '.monaco-list-row[role=option]',
			// The theme's colour for what matches, made paler in the second line.
			'color-contrast': '.quick-input-list-label-meta .highlight',
		},
		async open() {
			await find('openai');
			await eventually(async () => assert.equal((await quickInput.items()).length, 2));
		},
		async close() {
			await ui.press('Escape');
			await quickInput.waitUntilClosed();
		},
	},
];

/** A line for each element that breaks a rule. */
const told = ({ found }: Barriers) =>
	found.map(({ rule, selector, html, reason }) => `${rule}: ${selector}\n    ${html}\n    ${reason}`);

suite('Barriers that axe-core knows', () => {
	let vault: TestVault;
	const counts = new Map<string, number>();
	const workbench = vscode.workspace.getConfiguration('workbench');
	const own = vscode.workspace.getConfiguration('workosVault');

	suiteSetup(async () => {
		vault = await startVault(seed);
		await connect(vault, 'Looked at');
		await own.update('editor', 'isolated', vscode.ConfigurationTarget.Global);
		await openOrganization(acme.name);
		// The names of all key contexts are known then.
		await ui.waitFor(row('2 organizations without objects'));
		await quickInput.runCommand('WorkOS Vault: Group By…');
		await quickInput.pick('provider');
		await ui.expand('openai, provider');
	});
	suiteTeardown(async () => {
		writeTable(counts);
		await own.update('editor', undefined, vscode.ConfigurationTarget.Global);
		await workbench.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
		await leave(vault);
	});

	/** Resolves when the window has the theme, and the page that is in front. */
	async function setTheme(name: string, windowClass: string, { frame }: Target): Promise<void> {
		await workbench.update('colorTheme', name, vscode.ConfigurationTarget.Global);
		await ui.waitFor(`.monaco-workbench[class*="-${windowClass}"]`);
		const kept = name.replace('Default ', '');
		if (frame) await ui.waitFor({ frame, selector: `body[data-vscode-theme-id$=${JSON.stringify(kept)}]` });
	}

	for (const surface of surfaces) {
		suite(surface.name, () => {
			suiteSetup(() => surface.open(vault));
			suiteTeardown(() => surface.close?.());
			for (const [theme, windowClass] of themes) {
				test(`in ${theme}`, async () => {
					await setTheme(theme, windowClass, surface.ours);
					await ui.screenshot(`barriers-${surface.name}-${theme}`.replaceAll(' ', '-').toLowerCase());
					const barriers = await ui.barriers(surface.ours, surface.strangers);
					counts.set(`${surface.name}, ${theme}`, barriers.found.length);
					for (const rule of surface.looks)
						assert.ok(barriers.looked.includes(rule), `axe-core did not look for ${rule}`);
					assert.deepEqual(told(barriers), []);
				});
			}
		});
	}

	suite('rows of the tree', () => {
		test('the name of each row holds what the row is called, as far as it is not shortened', async () => {
			const rows = await ui.treeRows();
			assert.ok(rows.length >= 7, JSON.stringify(rows));
			for (const { ariaLabel, label } of rows)
				for (const part of label.split('…')) assert.ok(ariaLabel.includes(part), `“${label}” in “${ariaLabel}”`);
		});
	});
});

/** Writes out/barriers.md: how many elements break a rule, of each surface in each theme. */
function writeTable(counts: ReadonlyMap<string, number>): void {
	const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
	const names = themes.map(([theme]) => theme);
	const rows = surfaces.map(({ name }) =>
		line([name, ...names.map((theme) => counts.get(`${name}, ${theme}`) ?? 'not known')]),
	);
	const table = [line(['', ...names]), line(['---', ...names.map(() => '---')]), ...rows].join('\n');
	writeFileSync(path.join(process.env['VSCODEHOST_SCREENSHOTS'] ?? '', '..', 'barriers.md'), `${table}\n`);
	console.log(table);
}
