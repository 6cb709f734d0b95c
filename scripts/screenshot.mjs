// npm run screenshot [-- NAME…]: takes the pictures of docs/images, light and dark, from the running product over the demo
// vault.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startBrowser } from './launcher/windows.mjs';
import { connect, pictures } from './pictures.mjs';
import { buildProduct, development } from './start/development.mjs';
import { startWorkbench } from './start/workbench.mjs';
import { ensureChromium } from './toolchain/chromium.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { ensureNode } from './toolchain/node.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { PlainError, runMain, step } from './toolchain/progress.mjs';

const largest = 300;

/** What the system prefers, and a class of the window that then has the theme for it. */
const themes = [
	{ colorScheme: 'light', drawn: '.monaco-workbench.vs' },
	{ colorScheme: 'dark', drawn: '.monaco-workbench.vs-dark' },
];

const settings = {
	'window.autoDetectColorScheme': true,
	'workbench.preferredLightColorTheme': 'Default Light Modern',
	'workbench.preferredDarkColorTheme': 'Default Dark Modern',
	// Nothing is drawn halfway.
	'workbench.reduceMotion': 'on',
	'editor.cursorBlinking': 'solid',
	'editor.hover.above': false,
	'editor.occurrencesHighlight': 'off',
	'editor.minimap.enabled': false,
	'editor.wordWrap': 'on',
};

/** Starts a Local Vault of the demo, and a client of it that is not the window. */
async function startVault(folder) {
	const key = 'sk_test_pictures';
	const program = [inRoot('dist', 'localVault.js'), '--seed', 'demo', '--api-key', key];
	const data = ['--data', path.join(folder, 'vault.sqlite')];
	const server = spawn(await ensureNode(), [...program, ...data], { stdio: ['ignore', 'pipe', 'inherit'] });
	const [line] = await once(server.stdout, 'data');
	const { url } = JSON.parse(line);
	return {
		url,
		apiKey: key,
		async call(method, route, body) {
			const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
			const answer = await fetch(url + route, { method, headers, ...(body && { body: JSON.stringify(body) }) });
			if (!answer.ok) throw new PlainError(`${method} ${route}: ${answer.status}`);
			return answer.json();
		},
		stop: () => server.kill(),
	};
}

async function widenSidebar(page) {
	const edge = await page.locator('.part.sidebar').boundingBox();
	await page.mouse.move(edge.x + edge.width + 2, 400);
	await page.mouse.down();
	await page.mouse.move(edge.x + edge.width + 90, 400, { steps: 5 });
	await page.mouse.up();
}

/** Takes the mouse out of the way, and waits until what only comes and goes has gone. */
async function tidy(page, { showsMessage }) {
	await page.locator('.part.statusbar').hover({ position: { x: 640, y: 10 } });
	const passing = ['.monaco-progress-container.active', '.monaco-hover:not(.hidden)'];
	if (!showsMessage) passing.push('.notifications-toasts .notification-list-item');
	await page.waitForFunction((selector) => !document.querySelector(selector), passing.join());
}

/** Takes one picture in each theme, in a profile of its own. */
async function take(picture, chromium) {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'workos-vault-picture-'));
	const open = [];
	let lastSeen;
	try {
		const vault = await startVault(folder);
		open.push(() => vault.stop());
		const { workspace, developed } = await development(folder);
		for (const [name, text] of Object.entries(picture.files ?? {})) await writeFile(path.join(workspace, name), text);
		const workbench = await startWorkbench({
			folder,
			workspace,
			developed,
			settings,
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
		lastSeen = page;
		await page.waitForSelector('.welcome-view-content:visible', { timeout: 60_000 });
		await connect(page, vault);
		await widenSidebar(page);
		await picture.show(page, vault);
		for (const { colorScheme, drawn } of themes) {
			await page.emulateMedia({ colorScheme });
			await page.waitForSelector(drawn);
			await tidy(page, picture);
			await picture.point?.(page);
			await write(page, `${picture.name}-${colorScheme}.png`);
		}
	} catch (error) {
		await lastSeen?.screenshot({ path: inRoot('out', 'screenshots', `failed-${picture.name}.png`) });
		throw error;
	} finally {
		for (const close of open.reverse()) await close();
		await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}

async function write(page, name) {
	const file = inRoot('docs', 'images', name);
	await mkdir(path.dirname(file), { recursive: true });
	await page.screenshot({ path: file, animations: 'disabled' });
	const size = (await stat(file)).size / 1024;
	console.log(`${path.relative(inRoot(), file)}: ${size.toFixed(1)} KiB`);
	if (size > largest) throw new PlainError(`The picture may have ${largest} KiB.`);
}

async function main() {
	await ensureOwnPackages();
	await buildProduct();
	const chromium = await ensureChromium();
	const named = process.argv.slice(2);
	const wanted = pictures.filter(({ name }) => named.length === 0 || named.includes(name));
	for (const picture of wanted) await step(`Taking ${picture.name}`, () => take(picture, chromium));
}

await runMain(main);
