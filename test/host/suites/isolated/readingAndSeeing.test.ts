import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	clearNotifications,
	closeEditors,
	connect,
	leave,
	openOrganization,
	startVault,
	type TestVault,
} from '../../driver/product';
import { eventually, quickInput, ui } from '../../driver/ui';
import { clickBeside, edit, goToEnd, inPage, status, waitForLines, waitForPage } from './tab';

const context = { organization_id: acme.id };
const objects = [
	{ name: 'two-lines', value: 'first\nsecond', context },
	{ name: 'settings', value: '{\n  "retries": 3,\n  "name": "a",\n  "isOn": true\n}\n', context },
];

/** The numbers of a colour as the browser has it. */
const channels = (color: string) => [...color.matchAll(/[\d.]+/g)].map(Number);

function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
	const linear = (channel: number) =>
		channel <= 10.31475 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
	return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** How well one colour is read on another, as WCAG has it: from 1, not at all, to 21. */
function contrast(color: string, background: string): number {
	const [darker = 0, lighter = 0] = [luminance(channels(color)), luminance(channels(background))].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

/** Classes of a page in a high-contrast theme. */
const highContrast = 'vscode-high-contrast:not(.vscode-high-contrast-light)';
const highContrastLight = 'vscode-high-contrast-light';

suite('The isolated page, for eyes and ears of all kinds', () => {
	let vault: TestVault;
	const own = vscode.workspace.getConfiguration('workosVault');
	const workbench = vscode.workspace.getConfiguration('workbench');

	suiteSetup(async () => {
		await own.update('editor', 'isolated', vscode.ConfigurationTarget.Global);
		vault = await startVault({ organizations: [acme], objects });
		await connect(vault, 'Seen and heard');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await own.update('editor', undefined, vscode.ConfigurationTarget.Global);
		await leave(vault);
	});
	setup(clearNotifications);
	teardown(async () => {
		await workbench.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
		await workbench.update('reduceMotion', undefined, vscode.ConfigurationTarget.Global);
		await closeEditors();
	});

	async function reveal(): Promise<void> {
		await clickBeside('two-lines', 'eye');
		await waitForPage('two-lines');
		await waitForLines('first', 'second');
	}

	/** Of the text that is selected, against what is drawn behind it; the page has its theme a moment after the window. */
	async function contrastOfSelection(theme: string): Promise<number> {
		const [background = ''] = await ui.styles(inPage('.cm-selectionBackground'), 'background-color');
		const colors = await ui.styles(inPage(':is(.cm-selectedText, .cm-selectedText *)'), 'color');
		assert.ok(colors.length > 0);
		assert.equal(channels(background).length, 3, `${theme}: the background lets through what is behind it`);
		return Math.min(...colors.map((color) => contrast(color, background)));
	}

	for (const [theme, kind] of [
		['Default High Contrast', highContrast],
		['Default High Contrast Light', highContrastLight],
	] as const) {
		test(`in ${theme}, selected text and the match that Find is at can be read`, async () => {
			await reveal();
			await workbench.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
			await ui.waitFor(inPage(`body.${kind} .cm-content`));
			await goToEnd();
			await ui.press('Control+A');
			await eventually(async () => assert.ok((await contrastOfSelection(theme)) >= 7));
			const name = kind.endsWith('light') ? 'light' : 'dark';
			await ui.screenshot(`isolated-contrast-${name}-selection`);
			// With nothing selected, the box is empty: VS Code's own Select All comes to a page after what is typed next.
			await goToEnd();
			await ui.press('Control+F');
			await ui.waitFor(inPage('.cm-search input:focus'));
			await ui.type('secon');
			await eventually(async () => assert.deepEqual(await ui.texts(inPage('.cm-searchMatch')), ['secon']));
			await ui.press('Enter');
			await eventually(async () => {
				assert.deepEqual(await ui.texts(inPage('.cm-searchMatch-selected')), ['secon']);
				assert.ok((await contrastOfSelection(theme)) >= 7);
			});
			await ui.screenshot(`isolated-contrast-${name}-match`);
		});
	}

	for (const [theme, kind, least] of [
		['Default Light Modern', 'vscode-light', 4.5],
		['Default Dark Modern', 'vscode-dark', 4.5],
		['Default High Contrast', highContrast, 7],
		['Default High Contrast Light', highContrastLight, 7],
	] as const) {
		test(`in ${theme}, text that has colours can be read, selected or not`, async () => {
			await clickBeside('settings', 'eye');
			await waitForPage('settings');
			await workbench.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
			await ui.waitFor(inPage(`body.${kind} .cm-key`));
			await eventually(async () => {
				const [background = ''] = await ui.styles(inPage('.cm-editor'), 'background-color');
				const colors = await ui.styles(inPage('.cm-line span'), 'color');
				assert.ok(new Set(colors).size >= 3, colors.join(' '));
				for (const color of colors) assert.ok(contrast(color, background) >= 4.5, `${color} on ${background}`);
			});
			await ui.screenshot(`isolated-colours-${kind.replace(/:.*/, '')}`);
			await goToEnd();
			await ui.press('Control+A');
			await eventually(async () => assert.ok((await contrastOfSelection(theme)) >= least));
		});
	}

	test('a value has colours by what it is written in, and a word has none', async () => {
		await reveal();
		assert.equal(await ui.count(inPage('.cm-line :is(.cm-key, .cm-string, .cm-number, .cm-word)')), 0);
		await clickBeside('settings', 'eye');
		await waitForPage('settings');
		await eventually(async () => assert.equal(await ui.count(inPage('.cm-key')), 3));
		assert.deepEqual(await ui.texts(inPage('.cm-number')), ['3']);
		await ui.screenshot('isolated-10-colours');
	});

	test('the page has a title and one heading, which name the object', async () => {
		await reveal();
		assert.deepEqual(await ui.texts(inPage('h1')), ['two-lines']);
		assert.deepEqual(await ui.texts(inPage('title')), ['two-lines']);
	});

	test('where a value was hidden, the focus is on the sentence that says so', async () => {
		await reveal();
		await goToEnd();
		await vscode.commands.executeCommand('workosVault.hideValues');
		await ui.waitFor(inPage('main p:focus:has-text("Hidden. Choose “Reveal Again”")'));
		assert.equal(await status(), '');
		await ui.waitFor('.editor-actions .codicon-eye[aria-label^="Reveal Again"]');
		await ui.screenshot('isolated-8-hidden-focus');
	});

	test('who is elsewhere hears from the status that a value was hidden', async () => {
		await reveal();
		await vscode.commands.executeCommand('workbench.action.focusSideBar');
		await quickInput.runCommand('WorkOS Vault: Hide Revealed Values');
		await eventually(async () => assert.equal(await status(), 'Hidden'));
	});

	test('the cursor stands still where motion is reduced', async () => {
		await edit('two-lines');
		await goToEnd();
		const animation = async () => (await ui.styles(inPage('.cm-cursorLayer'), 'animation-name')).join('');
		assert.match(await animation(), /^cm-blink/);
		await workbench.update('reduceMotion', 'on', vscode.ConfigurationTarget.Global);
		await eventually(async () => assert.equal(await animation(), 'none'));
		await ui.press('Control+Home');
		assert.equal(await animation(), 'none');
	});

	test('the button that closes Find is large enough to be hit', async () => {
		await reveal();
		await goToEnd();
		await ui.press('Control+F');
		await ui.waitFor(inPage('.cm-search'));
		const [box] = await ui.boxes(inPage('.cm-search [name=close]'));
		assert.ok(box && box.width >= 24 && box.height >= 24, JSON.stringify(box));
	});

	test('Find stands above its side of a comparison, whose lines stay beside those of the other', async () => {
		await edit('two-lines');
		await vault.publish('two-lines', 'first\nof another');
		await goToEnd();
		await ui.type(' of mine');
		await ui.press('Control+S');
		await ui.pressNotification('Somebody published', 'Compare');
		await ui.click(inPage('.cm-merge-b .cm-content'));
		const tops = async (side: string) => (await ui.boxes(inPage(`.cm-merge-${side} .cm-line`))).map(({ y }) => y);
		await eventually(async () => assert.deepEqual(await tops('a'), await tops('b')));
		const [before = 0] = await tops('a');
		await ui.press('Control+F');
		await ui.waitFor(inPage('.cm-search'));
		await ui.type('second');
		await ui.waitFor(inPage('.cm-merge-b .cm-searchMatch'));
		const [after = 0] = await tops('a');
		assert.ok(after > before, 'nothing stands above the lines');
		await eventually(async () => assert.deepEqual(await tops('a'), await tops('b')));
		const [search, side] = await Promise.all([ui.boxes(inPage('.cm-search')), ui.boxes(inPage('.cm-merge-b'))]);
		assert.ok(Math.abs((search[0]?.x ?? 0) - (side[0]?.x ?? 0)) < 24, 'the search is not above its side');
		assert.deepEqual(new Set(await ui.attributes(inPage('.cm-search input'), 'autocomplete')), new Set(['off']));
		await ui.screenshot('isolated-9-compare-find');
		await ui.press('Escape');
		await ui.waitFor(inPage('.cm-merge-b.cm-focused'));
		await closeEditors();
		await ui.pressNotification('is not published', 'Discard');
	});
});
