import { createRequire } from 'node:module';
import path from 'node:path';

const chromiumArgs = [
	'--no-sandbox', // refused to root otherwise; the page comes from this machine, and names outside are not resolved
	'--disable-gpu',
	'--disable-quic',
	'--disable-sync',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-dev-shm-usage',
	'--no-first-run',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Stops what moves in a page, such as VS Code's progress bar, which its `reduceMotion` leaves on. */
function stopMotion() {
	if (window !== window.top) return;
	const sheet = new CSSStyleSheet();
	sheet.replaceSync('*, *::before, *::after { animation: none !important; transition: none !important; }');
	document.adoptedStyleSheets.push(sheet);
}

/** How long a window may take to open, in ms: a busy machine takes its time. */
const patienceForStart = 90_000;

/**
 * Starts Chromium, in which windows of the workbench are opened. Where it `isStill`, nothing moves in them: drawn in
 * software, one progress bar takes half a core.
 * @param {{ hostFolder: string, chromium: string, profile: string, origin: string, scale?: number, isStill?: boolean, log: (text: string) => void, onEnd: (why: string) => void }} options
 */
export async function startBrowser({ hostFolder, chromium, profile, origin, scale = 1, isStill = false, log, onEnd }) {
	const { chromium: driver } = createRequire(path.join(hostFolder, 'package.json'))('playwright-core');
	const context = await driver.launchPersistentContext(profile, {
		executablePath: chromium,
		headless: !process.env.VSCODEHOST_HEADED,
		viewport: { width: 1280, height: 800 },
		deviceScaleFactor: scale,
		// The launcher ends the browser itself; Playwright's way would end the process before the server is stopped.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
		args: chromiumArgs,
	});
	context.on('close', () => onEnd('the browser ended'));
	await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
	if (isStill) await context.addInitScript(stopMotion);
	const blank = context.pages()[0];
	const windows = [];

	return {
		context,
		/** The nth window, from 0. @throws where there is none */
		window(index = 0) {
			const page = windows[index];
			if (!page || page.isClosed()) throw new Error(`There is no window ${index}.`);
			return page;
		},
		windows,
		/**
		 * Opens a window and waits for its workbench.
		 * @param {string} address
		 * @param {(page: import('playwright-core').Page) => Promise<void>} [prepare]
		 * @returns {Promise<number>} its index
		 */
		async open(address, prepare) {
			const page = windows.length === 0 && blank ? blank : await context.newPage();
			const index = windows.push(page) - 1;
			page.on('crash', () => onEnd('the page crashed'));
			page.on(
				'dialog',
				(dialog) => void (dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss()).catch(() => {}),
			);
			page.on('pageerror', (error) => log(`[page error] ${error.stack ?? error}`));
			page.on('console', (message) => log(`[console ${message.type()}] ${message.text()}`));
			page.on('requestfailed', (request) => log(`[request failed] ${request.url()} ${request.failure()?.errorText}`));
			page.on('response', (answer) => answer.status() >= 400 && log(`[http ${answer.status()}] ${answer.url()}`));
			await prepare?.(page);
			await page.goto(address, { timeout: patienceForStart });
			await page.waitForSelector('.monaco-workbench', { timeout: patienceForStart });
			return index;
		},
	};
}
