// npm run screenshot: takes the pictures of docs/images from the running product, over the demo vault.
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startBrowser } from '../test/host/launcher/windows.mjs';
import { buildProduct, development } from './start/development.mjs';
import { startWorkbench } from './start/workbench.mjs';
import { ensureChromium } from './toolchain/chromium.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { PlainError, runMain, step } from './toolchain/progress.mjs';

const largest = 300;
const organization = 'Harborlight Payments';
const service = 'checkout, folder';
const object = 'checkout/production.env';

/** What is taken: in which theme, and what a person does before. */
const pictures = [
	{ name: 'explorer', theme: 'Default Light Modern', show: showValue },
	{ name: 'grouped', theme: 'Default Dark Modern', show: groupByProvider },
];

const row = (label) => `.part.sidebar .monaco-list-row[aria-label^=${JSON.stringify(label)}]`;

/** Does what a person would do to see a value, and waits for each thing to be drawn. */
async function showValue(page) {
	await page.click(row(organization));
	await page.click(row(service));
	await page.click(`${row(object)} .monaco-tl-twistie`);
	await page.waitForSelector(row('Version 1'));
	await page.hover(row(object));
	await page.click(`${row(object)} .action-label.codicon-eye`);
	await page.waitForSelector('.editor-instance .view-line:has-text("DATABASE_URL")');
}

/** Does what a person would do to see which secrets there are of which provider. */
async function groupByProvider(page) {
	await page.click(row(organization));
	await page.waitForSelector(`${row(organization)}:has-text("18")`);
	await runCommand(page, 'WorkOS Vault: Group By…');
	await page.click('.quick-input-list .monaco-list-row[aria-label^="provider"]');
	for (const label of ['anthropic', 'google', 'openai']) await page.click(row(label));
}

async function runCommand(page, title) {
	await page.keyboard.press('F1');
	await page.fill('.quick-input-box input', `>${title}`);
	await page.click(`.quick-input-list .monaco-list-row[aria-label^=${JSON.stringify(title)}]`);
}

/** Makes the sidebar wider, and takes away what only comes and goes. */
async function tidy(page) {
	const edge = await page.locator('.part.sidebar').boundingBox();
	await page.mouse.move(edge.x + edge.width + 2, 400);
	await page.mouse.down();
	await page.mouse.move(edge.x + edge.width + 90, 400, { steps: 5 });
	await page.mouse.up();
	await page.mouse.move(640, 700);
	// What is announced goes by itself.
	await page.waitForFunction(
		() =>
			!document.querySelector(
				'.monaco-progress-container.active, .monaco-hover:not(.hidden), .notifications-toasts .notification-list-item',
			),
	);
}

/** Takes one picture in a profile of its own. */
async function take({ name, theme, show }, chromium) {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'workos-vault-picture-'));
	const open = [];
	const file = inRoot('docs', 'images', `${name}.png`);
	try {
		const workbench = await startWorkbench({
			folder,
			...(await development(folder)),
			settings: { 'editor.minimap.enabled': false, 'workbench.colorTheme': theme },
			onEnd: (why) => console.error(why),
		});
		open.push(() => workbench.stop());
		const { hostFolder, origin, address } = workbench;
		const profile = path.join(folder, 'browser');
		const nothing = () => {};
		const browser = await startBrowser({
			hostFolder,
			chromium,
			profile,
			origin,
			scale: 1.5,
			log: nothing,
			onEnd: nothing,
		});
		open.push(() => browser.context.close());
		await browser.open(address);
		const page = browser.window();
		await page.waitForSelector(row(organization), { timeout: 60_000 });
		await show(page);
		await tidy(page);
		await mkdir(path.dirname(file), { recursive: true });
		await page.screenshot({ path: file });
	} finally {
		for (const close of open.reverse()) await close();
		await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
	const size = (await stat(file)).size / 1024;
	console.log(`${path.relative(inRoot(), file)}: ${size.toFixed(1)} KiB`);
	if (size > largest) throw new PlainError(`The picture may have ${largest} KiB.`);
}

async function main() {
	await ensureOwnPackages();
	await buildProduct();
	const chromium = await ensureChromium();
	for (const picture of pictures) await step(`Taking ${picture.name}`, () => take(picture, chromium));
}

await runMain(main);
