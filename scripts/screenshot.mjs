// npm run screenshot: takes docs/images/explorer.png from the running product: the demo vault with an object's versions
// in the sidebar and its value in the editor.
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

const picture = inRoot('docs', 'images', 'explorer.png');
const largest = 300;
const organization = 'Harborlight Payments';
const object = 'checkout/production.env';

const row = (label) => `.part.sidebar .monaco-list-row[aria-label^=${JSON.stringify(label)}]`;

/** Does what a person would do to see a value, and waits for each thing to be drawn. */
async function lookAround(page) {
	await page.click(row(organization), { timeout: 60_000 });
	await page.click(`${row(object)} .monaco-tl-twistie`, { timeout: 30_000 });
	await page.waitForSelector(row('Version 1'));
	const edge = await page.locator('.part.sidebar').boundingBox();
	await page.mouse.move(edge.x + edge.width + 2, 400);
	await page.mouse.down();
	await page.mouse.move(edge.x + edge.width + 90, 400, { steps: 5 });
	await page.mouse.up();
	await page.click(row(object), { button: 'right' });
	await page.click('.monaco-menu .action-item:has(.action-label[aria-label^="Reveal"])');
	await page.waitForSelector('.editor-instance .view-line:has-text("DATABASE_URL")');
	const toasts = page.locator('.notifications-toasts .codicon-notifications-clear');
	for (const toast of await toasts.all()) await toast.click();
	await page.mouse.move(640, 700);
	await page.waitForFunction(
		() => !document.querySelector('.monaco-progress-container.active, .monaco-hover:not(.hidden)'),
	);
}

async function main() {
	await ensureOwnPackages();
	await buildProduct();
	const chromium = await ensureChromium();
	const folder = await mkdtemp(path.join(os.tmpdir(), 'workos-vault-picture-'));
	const onEnd = (why) => console.error(why);
	const open = [];
	try {
		await step('Taking the picture', async () => {
			const workbench = await startWorkbench({
				folder,
				...(await development(folder)),
				settings: { 'editor.minimap.enabled': false },
				onEnd,
			});
			open.push(() => workbench.stop());
			const { hostFolder, origin, address } = workbench;
			const profile = path.join(folder, 'browser');
			const browser = await startBrowser({
				hostFolder,
				chromium,
				profile,
				origin,
				scale: 1.5,
				log: () => {},
				onEnd: () => {},
			});
			open.push(() => browser.context.close());
			await browser.open(address);
			await lookAround(browser.window());
			await mkdir(path.dirname(picture), { recursive: true });
			await browser.window().screenshot({ path: picture });
		});
	} finally {
		for (const close of open.reverse()) await close();
		await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
	const size = (await stat(picture)).size / 1024;
	console.log(`${path.relative(inRoot(), picture)}: ${size.toFixed(1)} KiB`);
	if (size > largest) throw new PlainError(`The picture may have ${largest} KiB.`);
}

await runMain(main);
