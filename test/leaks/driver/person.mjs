import path from 'node:path';
import { inRoot } from '../../../scripts/toolchain/paths.mjs';
import { until } from './until.mjs';

const patience = 30_000;
/** How long VS Code may take to start its extension host, in ms: a busy machine takes its time. */
export const patienceForStart = 90_000;
const input = '.quick-input-widget .quick-input-box input';
const quoted = (text) => JSON.stringify(text);
const row = (label) => `.part.sidebar .monaco-list-row[aria-label^=${quoted(label)}]`;
const toast = (text) => `.notifications-toasts .notification-list-item:has-text(${quoted(text)})`;
const activeGroup = '.editor-group-container.active';

/** What a person does at a window, and sees there. Every wait ends after a time, with what was waited for. */
export class Person {
	/**
	 * @param {import('playwright-core').Page} page
	 * @param {string} organization the one whose objects the person looks at
	 */
	constructor(page, organization) {
		this.page = page;
		this.organization = organization;
		page.setDefaultTimeout(patience);
	}

	press(key) {
		return this.page.keyboard.press(key);
	}

	type(text, delay = 0) {
		return this.page.keyboard.type(text, { delay });
	}

	see(selector) {
		return this.page.waitForSelector(selector);
	}

	/** Waits until the active editor shows a text. */
	seeText(text) {
		return this.see(`${activeGroup} .view-line:has-text(${quoted(text)})`);
	}

	async isMasked() {
		return (await this.page.locator(input).getAttribute('type')) === 'password';
	}

	async pick(label, options) {
		await this.page.click(`.quick-input-list .monaco-list-row[aria-label^=${quoted(label)}]`, options);
	}

	/** Answers a question of the quick input, once it is asked: its title or prompt has the text. */
	async answer(question, text) {
		// A box has its question below it, or its name in it.
		const named = `.quick-input-box input[placeholder^=${quoted(question)}]`;
		await this.see(`${named}, .quick-input-widget:has-text(${quoted(question)}) .quick-input-box input`);
		await this.page.fill(input, text);
		await this.press('Enter');
	}

	/** Runs a command by its name in the command palette. */
	async runCommand(title) {
		await until(async () => {
			await this.press('F1');
			try {
				await this.page.fill(input, `>${title}`, { timeout: 3000 });
				await this.pick(title, { timeout: 5000 });
				return true;
			} catch {
				// Something else took the focus meanwhile, which closes the palette.
				return false;
			}
		}, `The command palette does not offer ${title}`);
	}

	/** Brings a row of the organization to sight; after a reload or a lock the organization is closed. */
	async reach(label) {
		const closed = this.page.locator(`${row(this.organization)}[aria-expanded=false]`);
		await until(async () => {
			if (await this.page.locator(row(label)).first().isVisible()) return true;
			if (await closed.isVisible()) await closed.click();
			return false;
		}, `The row ${label} is not to be seen`);
		await this.page.waitForSelector(row('Indexing'), { state: 'detached' });
		await this.page.hover(row(label));
	}

	/**
	 * Clicks a button of a row until something is to be seen for it: a row that was just drawn anew asks for another click.
	 * @param {string} label
	 * @param {string} icon
	 * @param {string} outcome a selector
	 */
	async clickOnRow(label, icon, outcome) {
		await until(async () => {
			// A row that is drawn anew under the mouse has its buttons when the mouse comes to it again.
			await this.page.hover('.part.statusbar');
			await this.reach(label);
			const button = this.page.locator(`${row(label)} .action-label.codicon-${icon}`).first();
			const isClicked = await button.click({ timeout: 1500 }).then(
				() => true,
				() => false,
			);
			return isClicked && (await this.#isAnswered(outcome));
		}, `The ${icon} of the row ${label} can’t be clicked`);
	}

	/** Takes an item of a row's context menu, in the same way; it may not take a click when it has just opened. */
	async choose(label, item, outcome) {
		const entry = this.page.locator(`.monaco-menu .action-item:has(.action-label[aria-label^=${quoted(item)}])`);
		await until(async () => {
			await this.reach(label);
			await this.page.click(row(label), { button: 'right' });
			await entry.waitFor();
			await until(async () => {
				await entry.click({ timeout: 1000 }).catch(() => {});
				return !(await entry.isVisible());
			}, `The menu stays open after a click on ${item}`);
			return this.#isAnswered(outcome);
		}, `${item} of the row ${label} can’t be chosen`);
	}

	/** Whether what was asked of a row came; else the row was just drawn anew, as the message says that is cleared. */
	async #isAnswered(outcome) {
		const refusal = this.page.locator(toast('The row was just drawn anew'));
		await this.page.locator(`${outcome} >> visible=true`).or(refusal).first().waitFor();
		if ((await refusal.count()) === 0) return true;
		await this.clearNotices();
		return false;
	}

	/** Reveals a value in the isolated editor. */
	async revealInIsolation(name) {
		await this.choose(name, 'Reveal in Isolation', `.tab.active .label-name:text-is(${quoted(name)})`);
	}

	/** Opens an object's page with a click on its row. */
	async openPage(label) {
		await this.reach(label);
		await this.page.click(row(label));
		await this.isolated(`h1:has-text(${quoted(label)})`).waitFor();
	}

	/** Shows a value on its object's page, which is open. */
	async revealOnPage(value) {
		await this.isolated('vscode-button:text-is("Reveal")').click();
		await this.isolated(`pre:has-text(${quoted(value)})`).waitFor();
	}

	/** Loads the window anew by the command that writes down which editors are open: a kill leaves no time for that. */
	async restorePage() {
		await this.runCommand('Developer: Reload Window');
		await this.seeRestoredPage();
	}

	/** Waits until the page of an object is there that VS Code has restored, for which it has to start first. */
	seeRestoredPage() {
		return this.isolated('p:has-text("Restored")').waitFor({ timeout: patienceForStart });
	}

	/** Opens a row's children: again where a click goes nowhere, since the row is just drawn anew. */
	async expand(label) {
		await this.#fold(label, true);
	}

	async collapse(label) {
		await this.#fold(label, false);
	}

	async #fold(label, isOpen) {
		const folded = this.page.locator(`${row(label)}[aria-expanded=${isOpen}]`);
		await until(
			async () => {
				await this.reach(label);
				if (await folded.isVisible()) return true;
				await this.page.click(`${row(label)} .monaco-tl-twistie`, { timeout: 1500 }).catch(() => {});
				await folded.waitFor({ timeout: 3000 }).catch(() => {});
				return false;
			},
			`The row ${label} is not to be ${isOpen ? 'opened' : 'closed'}`,
		);
	}

	/** Waits for a notification, though VS Code has to start first. */
	notice(text) {
		return this.page.waitForSelector(toast(text), { timeout: patienceForStart });
	}

	/** Presses a button of a notification, which VS Code puts away by itself after a while. */
	async pressButton(text, button) {
		const inList = (list) =>
			`${list} .notification-list-item:has-text(${quoted(text)}) .monaco-button:has-text(${quoted(button)})`;
		const shown = inList('.notifications-toasts');
		const isPutAway = await this.page.waitForSelector(shown, { timeout: 10_000 }).then(
			() => false,
			() => true,
		);
		if (isPutAway) await this.runCommand('Notifications: Show Notifications');
		await this.page.click(`${shown}, ${inList('.notifications-center')}`, { timeout: patienceForStart });
		// While it is open, no notification is shown elsewhere.
		if (isPutAway) await this.runCommand('Notifications: Hide Notifications');
	}

	/** Waits for a notification and clears all. */
	async acknowledge(text) {
		await this.notice(text);
		await this.clearNotices();
	}

	async clearNotices() {
		await this.runCommand('Notifications: Clear All Notifications');
		await this.page.waitForSelector('.notifications-toasts .notification-list-item', { state: 'detached' });
	}

	async confirm(button) {
		await this.page.click(`.monaco-dialog-box .monaco-button:has-text(${quoted(button)})`);
	}

	/** Connects to a vault with an API key, and waits until all objects are there. */
	async connect({ url, apiKey, objects }) {
		await this.page.click('.activitybar .action-item:has([aria-label^="WorkOS Vault"])');
		await this.runCommand('WorkOS Vault: Connect with an API Key…');
		await this.pick('Another Address…');
		await this.answer('The vault’s address', url);
		await this.answer('The secret API key', apiKey);
		await this.answer('A name for this connection', 'Vault');
		await this.see(row(this.organization));
		for (const object of objects) await this.reach(object);
	}

	/** What is in the isolated page of the active tab. */
	isolated(selector) {
		return this.page
			.frameLocator('iframe.webview.ready:visible')
			.frameLocator('#active-frame')
			.locator(selector)
			.first();
	}

	/** Waits until the isolated page shows a text. */
	seeIsolated(text) {
		return this.isolated(`.cm-line:has-text(${quoted(text)})`).waitFor();
	}

	/** Puts the cursor at the end of an isolated draft. */
	async goIntoIsolated(name) {
		await this.see(`.tab.active .label-name:has-text(${quoted(name)})`);
		await this.isolated('.cm-content').click();
		await this.press('Control+End');
	}

	/** Opens a value, and waits until its text is shown. */
	async reveal(label, value) {
		await this.clickOnRow(label, 'eye', `${activeGroup} .view-line:has-text(${quoted(value)})`);
	}

	/** Copies a value, and waits for the notification with this text. */
	async copy(label, said) {
		await this.clickOnRow(label, 'copy', toast(said));
	}

	/** Compares a version with the current one, and waits until its value is shown. */
	async compare(label, value) {
		await this.clickOnRow(label, 'diff', `.monaco-diff-editor .view-line:has-text(${quoted(value)})`);
	}

	/** Opens an object for editing, in whichever editor. */
	async open(name) {
		await this.clickOnRow(name, 'edit', `.tab.active .label-name:has-text(${quoted(name)})`);
	}

	/** Opens an object's draft and puts the cursor at its end. */
	async edit(name) {
		await this.open(name);
		await this.goIntoDraft(name);
	}

	/** Puts the cursor at the end of the draft that is open, once it may be typed in. */
	async goIntoDraft(name) {
		await this.see(`.tab.active .label-name:has-text(${quoted(name)})`);
		await this.see(`${activeGroup} .editor-actions .codicon-cloud-upload`);
		await this.page.click(`${activeGroup} .view-lines`);
		await this.press('Control+End');
	}

	/** Presses the eye in the title of an editor that hides its value. */
	async revealAgain() {
		await this.page.click(`${activeGroup} .editor-actions .codicon-eye`);
	}

	async closeEditor() {
		await this.runCommand('View: Close Editor');
	}

	async closeEditors() {
		await this.runCommand('View: Close All Editors');
	}

	/** Opens a file of the person's own. */
	async openFile(file) {
		await this.runCommand('File: Open File...');
		await this.answerPath(file);
		await this.see(`.tab.active`);
		await this.page.click(`${activeGroup} .view-lines`);
	}

	/**
	 * Takes a file in VS Code's own dialog: goes to its folder, and picks its row. (Enter takes whichever row is active, and
	 * that may still be another one.)
	 */
	async answerPath(file) {
		const { dir, base } = path.parse(file);
		await this.see('.quick-input-list .monaco-list-row[aria-label^=".."]');
		await this.page.fill(input, `${dir}/`);
		await this.pick(base);
		await this.page.waitForSelector(input, { state: 'hidden' });
	}

	/** The text of the active editor, as far as it is drawn. */
	readEditor() {
		return this.page.locator(`${activeGroup} .view-lines`).evaluate((lines) =>
			[...lines.querySelectorAll('.view-line')]
				.sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
				.map((line) => line.textContent.replaceAll('\u00a0', ' '))
				.join('\n'),
		);
	}

	async readClipboard() {
		// While a page in the window has the focus, the window itself may not read.
		await this.page.evaluate(() => window.focus());
		return this.page.evaluate(() => navigator.clipboard.readText());
	}

	writeClipboard(text) {
		return this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
	}

	/** Takes a picture of the window, into the folder of the run's screenshots. */
	picture(name) {
		return this.page.screenshot({ path: inRoot('out', 'screenshots', `leaks ${name}.png`), animations: 'disabled' });
	}

	/** All text that the window shows now. */
	async readWindow() {
		const frames = await Promise.all(
			this.page.frames().map((frame) => frame.evaluate(() => document.body?.innerText ?? '').catch(() => '')),
		);
		return frames.join('\n');
	}

	/** What rows, tabs and notifications are called: what the window shows, without a value. */
	async readLabels() {
		const labelled = '.part.sidebar .monaco-list-row, .tab, .notification-list-item-message, .quick-input-title';
		const texts = await this.page
			.locator(labelled)
			.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? element.innerText));
		return texts.join('\n');
	}

	async reload() {
		await this.page.reload({ timeout: patienceForStart });
		const started = `${row(this.organization)}, ${toast('not published')}`;
		await this.page.waitForSelector(started, { timeout: patienceForStart });
	}

	/** Leaves the page, so that all that VS Code writes at the end is written. */
	async leave() {
		await new Promise((resolve) => setTimeout(resolve, 600));
		await this.page.goto('about:blank');
	}
}
