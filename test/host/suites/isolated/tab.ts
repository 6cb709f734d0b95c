import assert from 'node:assert/strict';
import { isShown, pressRowAction, takeFromRowMenu } from '../../driver/product';
import { eventually, ui, type Target } from '../../driver/ui';

/** An element in the page of the tab that is in front. */
export const inPage = (selector: string): Target => ({ selector, frame: 'iframe.webview.ready:visible' });

const tabOf = (title: string): string => `.tab.active .label-name:text-is(${JSON.stringify(title)})`;

/** Waits until a tab with this title is in front and its page shows a text. */
export async function waitForPage(title: string): Promise<void> {
	await ui.waitFor(tabOf(title));
	await ui.waitFor(inPage('.cm-content'));
}

/** Opens an object's tab with a button beside it, by its icon. */
export async function clickBeside(name: string, icon: string): Promise<void> {
	// A draft in an isolated tab says so in its name.
	const tab = [name, `${name} (draft)`].map(tabOf).join(', ');
	await pressRowAction(name, icon, () => isShown(tab));
}

/** Reveals an object's value in the isolated editor, from its menu. */
export async function revealInIsolation(name: string): Promise<void> {
	await takeFromRowMenu(name, 'Reveal in Isolation', () => isShown(tabOf(name)));
	await waitForPage(name);
}

/** Opens an object's value for editing with the pencil beside it. */
export async function edit(name: string): Promise<void> {
	await clickBeside(name, 'edit');
	await waitForPage(`${name} (draft)`);
	await ui.waitFor(inPage('.cm-editor'));
}

/** The drawn lines of the page. */
export async function lines(): Promise<string[]> {
	return ui.texts(inPage('.cm-line'));
}

/** Waits until the page draws these lines, and no others. */
export async function waitForLines(...expected: readonly string[]): Promise<void> {
	await eventually(async () => assert.deepEqual(await lines(), expected));
}

/** Clicks into the text and goes to its end. */
export async function goToEnd(): Promise<void> {
	await ui.click(inPage('.cm-content'));
	await ui.press('Control+End');
}

/** What the page says of the text: whether it is published, or can be changed. */
export async function status(): Promise<string> {
	return (await ui.texts(inPage('header [role=status]'))).join('');
}

/** Keys that change a text where it can be changed, or lead out of the page. */
const changingKeys = [
	'Enter',
	'Shift+Enter',
	'Tab',
	'Backspace',
	'Delete',
	'Control+Backspace',
	'Control+X',
	'Control+V',
	'Control+Z',
	// In VS Code this one begins a combination, which the next one ends.
	'Control+K',
	'Control+Z',
];

/** Tries keys, paste, an input method and drop on a text of the page: it draws the same lines after each. */
export async function tryToChange(text: string, ...expected: readonly string[]): Promise<void> {
	const isSame = () => eventually(async () => assert.deepEqual(await ui.texts(inPage(`${text} .cm-line`)), expected));
	await isSame();
	const selectAll = async () => {
		await ui.click(inPage(`${text} .cm-content`));
		await ui.press('Control+A');
	};
	await ui.writeClipboard('pasted');
	for (const key of changingKeys) {
		// A key may lead out of the page.
		await selectAll();
		await ui.press(key);
		await isSame();
	}
	await selectAll();
	await ui.insert('日本');
	await isSame();
	await ui.drop(inPage(`${text} .cm-line >> nth=0`), 'dropped\n');
	await isSame();
	await ui.writeClipboard('');
}
