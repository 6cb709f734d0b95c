#!/usr/bin/env node
// A real VS Code for tests where its desktop can't be had: VS Code's own workbench and extension host from code-server,
// its window in headless Chromium. It takes the command line of the desktop's test host, so that @vscode/test-electron
// can start it as `vscodeExecutablePath`:
//   launcher.mjs --extensionDevelopmentPath=DIR… --extensionTestsPath=FILE [--user-data-dir=DIR] [--extensions-dir=DIR]
//                [--disable-extensions] [FOLDER | FILE.code-workspace]
// Exit codes: 0 passed, 1 failed or crashed, 124 no result in time, 130 ended by a signal. Without --extensionTestsPath it
// opens the window and waits for a signal. Environment, all optional:
//   VSCODEHOST_VERSION   newest (default) or oldest: see scripts/toolchain/host.mjs
//   VSCODEHOST_MODE      tests (default) or dialogs: see launcher/runner/extension.cjs
//   VSCODEHOST_PHASES    how often the tests run, with a reload of the window in between (default 1)
//   VSCODEHOST_TIMEOUT   seconds, default 600
//   VSCODEHOST_SETTINGS  JSON, merged into a new user-data folder's settings
//   VSCODEHOST_DELAYS    a number: answers come late at random, the same way for the same number
//   VSCODEHOST_LOG       a file for what the server and the workbench say
//   VSCODEHOST_SHOT      a PNG that is written when the run fails
//   VSCODEHOST_CHROMIUM  the browser, VSCODEHOST_HEADED=1 shows its window
// The tests get VSCODEHOST_UI, the address of the bridge: see launcher/operations.mjs.
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBridge } from './launcher/bridge.mjs';
import { parseCommandLine } from './launcher/commandLine.mjs';
import { createDelays } from './launcher/delays.mjs';
import { operations } from './launcher/operations.mjs';
import { startBrowser } from './launcher/windows.mjs';
import { hostVersion, startCodeServer } from './launcher/workbench/codeServer.mjs';
import { keptPort, prepareUserData } from './launcher/workbench/profile.mjs';
import { startProxy, windowPath } from './launcher/workbench/proxy.mjs';
import { ensureChromium } from './toolchain/chromium.mjs';
import { ensureHost } from './toolchain/host.mjs';

const forTests = {
	// Where the mouse rests, a tooltip would come over what a test clicks next.
	'workbench.hover.delay': 10 * 60_000,
	// Nothing is drawn that nobody looks at.
	'workbench.reduceMotion': 'on',
	'editor.cursorBlinking': 'solid',
	// A click on a row selects and opens it; what opens its page sets this otherwise.
	'workosVault.click': 'expand',
};

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { env } = process;
const line = parseCommandLine(process.argv.slice(2));
const areDialogsAllowed = env.VSCODEHOST_MODE === 'dialogs';
const phases = Number(env.VSCODEHOST_PHASES ?? 1);

const temporary = mkdtempSync(path.join(os.tmpdir(), 'vscodehost-'));
const userData = line.userData ?? path.join(temporary, 'user-data');
const extensions = line.extensions ?? path.join(temporary, 'extensions');
const printed = path.join(temporary, 'printed');
const logFile = env.VSCODEHOST_LOG ? openSync(env.VSCODEHOST_LOG, 'w') : undefined;
const log = (text) => logFile !== undefined && writeSync(logFile, `${String(text).trimEnd()}\n`);

const open = { server: undefined, proxy: undefined, bridge: undefined, browser: undefined };
let phase = 1;
let shown = 0;
let isEnding = false;

function showPrinted() {
	const all = readFileSync(printed);
	if (all.length > shown) process.stdout.write(all.subarray(shown));
	shown = all.length;
}

const within = (milliseconds, work) =>
	Promise.race([Promise.resolve(work).catch(() => {}), new Promise((resolve) => setTimeout(resolve, milliseconds))]);

async function end(code, why) {
	if (isEnding) return;
	isEnding = true;
	showPrinted();
	if (why) console.error(`VS Code host: ${why}`);
	const page = open.browser?.windows[0];
	if (page && !page.isClosed()) {
		if (code !== 0 && env.VSCODEHOST_SHOT) await within(5000, page.screenshot({ path: env.VSCODEHOST_SHOT }));
		// VS Code writes its global state a moment after it has changed, and when the page is left.
		if (line.userData)
			await within(
				5000,
				page.waitForTimeout(600).then(() => page.goto('about:blank')),
			);
	}
	if (open.browser) await within(5000, open.browser.context.close());
	open.bridge?.close();
	if (open.proxy) await within(1000, open.proxy.close());
	await open.server?.stop();
	if (logFile !== undefined) closeSync(logFile);
	rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	process.exit(code);
}

function takeResult(code) {
	if (code !== 0 || phase === phases) return end(code);
	phase += 1;
	setTimeout(
		() =>
			void open.browser
				.window()
				.reload()
				.catch(() => {}),
		100,
	);
}

async function main() {
	if (line.asksVersion) {
		const { version, commit } = hostVersion((await ensureHost(env.VSCODEHOST_VERSION)).hostFolder);
		console.log(`${version}\n${commit}\n${process.arch}`);
		rmSync(temporary, { recursive: true });
		return;
	}
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(130, signal));
	process.on('uncaughtException', (error) => void end(1, error.stack));
	process.on('unhandledRejection', (error) => void end(1, error?.stack ?? String(error)));
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
	if (line.tests) {
		const timeout = Number(env.VSCODEHOST_TIMEOUT ?? 600);
		setTimeout(() => void end(124, `no result after ${timeout} s`), timeout * 1000).unref();
	}
	writeFileSync(printed, '');
	setInterval(showPrinted, 100).unref();

	const { hostFolder, node, canShareSecrets } = await ensureHost(env.VSCODEHOST_VERSION);
	const chromium = await ensureChromium();
	prepareUserData(userData, { ...forTests, ...JSON.parse(env.VSCODEHOST_SETTINGS ?? '{}') });
	mkdirSync(extensions, { recursive: true });

	const exit = (code) => void setTimeout(() => void takeResult(code), 0);
	const delays = createDelays(env.VSCODEHOST_DELAYS);
	open.bridge = await startBridge(
		() => (open.browser ? operations({ browser: open.browser, openWindow, exit, phase: () => phase }) : {}),
		delays,
	);
	const forHost = { VSCODEHOST_UI: open.bridge.address, VSCODEHOST_OUT: printed, VSCODEHOST_TESTS: line.tests ?? '' };
	const onEnd = (why) => void end(1, why);
	open.server = await startCodeServer({ node, hostFolder, temporary, userData, extensions, env: forHost, log, onEnd });

	// Only the first window runs the tests; a second one has the extensions under development and nothing else.
	const runner = here('launcher/runner');
	const developed = line.developed.filter((folder) => path.resolve(folder) !== path.resolve(runner));
	const first = {
		developed: line.tests && areDialogsAllowed ? [...developed, runner] : developed,
		tests: line.tests && !areDialogsAllowed ? here('launcher/entry.cjs') : undefined,
	};
	const { target, withoutExtensions } = line;
	const { port } = await keptPort(userData);
	open.proxy = await startProxy({
		socket: open.server.socket,
		port,
		home: windowPath(target, { withoutExtensions }),
		sharesSecrets: canShareSecrets,
		delays,
		development: (address) => (address.searchParams.has('window') ? { developed } : first),
	});
	const { origin, address } = open.proxy;
	const openWindow = () => {
		const more = { window: String(open.browser.windows.length) };
		return open.browser.open(origin + windowPath(target, { withoutExtensions, more }));
	};

	const profile = path.join(userData, 'browser');
	open.browser = await startBrowser({
		hostFolder,
		chromium,
		profile,
		origin,
		isStill: line.tests !== undefined,
		log,
		onEnd,
	});
	await open.browser.open(address, async (page) => {
		// VS Code calls these two when they exist and it runs tests.
		await page.exposeFunction('codeAutomationLog', () => {});
		await page.exposeFunction('codeAutomationExit', (code) => takeResult(code));
	});
	if (!line.tests) console.log(address);
}

main().catch((error) => end(1, error.stack ?? String(error)));
