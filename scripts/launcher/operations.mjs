import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { findBarriers } from './accessibility.mjs';
import { readNotifications, readTreeRows } from './reading.mjs';

const patience = 30_000;

/**
 * What code in the extension host can have the browser do, as a person would: `{ op, window?, …arguments }`.
 * `selector` is Playwright's; `nth` picks among several; `frame` looks inside a webview.
 * @param {{ browser: Awaited<ReturnType<typeof import('./windows.mjs').startBrowser>>, openWindow: () => Promise<number>, exit: (code: number) => void, phase: () => number }} host
 */
export function operations({ browser, openWindow, exit, phase }) {
	const page = ({ window }) => browser.window(window);
	const inside = (request) =>
		request.frame ? page(request).frameLocator(request.frame).frameLocator('#active-frame') : page(request);
	const all = (request) => inside(request).locator(request.selector);
	const one = (request) => all(request).nth(request.nth ?? 0);
	const timeout = (request) => request.timeout ?? patience;
	// A button that VS Code draws only while the mouse is over its row can't be waited for: a person goes there first.
	const clickOptions = (request) => ({
		timeout: timeout(request),
		button: request.button,
		clickCount: request.clickCount,
		modifiers: request.modifiers,
		position: request.position,
		// A click that has VS Code load its page anew is done once it is pressed: waited for, it would be pressed twice.
		noWaitAfter: true,
	});

	/** The debuggers that keep windows from going on, by their numbers. */
	const frozen = new Map();

	return {
		phase,
		exit: ({ code }) => exit(code),

		press: (request) => page(request).keyboard.press(request.key),
		down: (request) => page(request).keyboard.down(request.key),
		up: (request) => page(request).keyboard.up(request.key),
		type: (request) => page(request).keyboard.type(request.text, { delay: request.delay ?? 0 }),
		insert: (request) => page(request).keyboard.insertText(request.text),

		/** Drops text at the beginning of an element, as a drag from another program ends. */
		drop: (request) =>
			one(request).evaluate((element, text) => {
				const { left, top } = element.getBoundingClientRect();
				const { DataTransfer, DragEvent } = element.ownerDocument.defaultView;
				const dataTransfer = new DataTransfer();
				dataTransfer.setData('text/plain', text);
				const place = { clientX: left + 2, clientY: top + 2 };
				element.dispatchEvent(new DragEvent('drop', { dataTransfer, ...place, bubbles: true, cancelable: true }));
			}, request.text),

		click: (request) => one(request).click(clickOptions(request)),
		/** Clicks until what is clicked is gone: a click on what is just being moved or drawn anew goes nowhere. */
		clickUntilGone: async (request) => {
			const isGone = () =>
				one(request)
					.waitFor({ state: 'hidden', timeout: 2_000 })
					.then(
						() => true,
						() => false,
					);
			await one(request).click(clickOptions(request));
			for (const end = Date.now() + timeout(request); !(await isGone());) {
				if (Date.now() > end) throw new Error(`Clicks do not take ${request.selector} away`);
				// It may go in this moment, by the click before.
				await one(request)
					.click({ ...clickOptions(request), timeout: 2_000 })
					.catch(() => {});
			}
		},
		/** Clicks what VS Code draws of a row only while the mouse is over it. A row that is drawn anew is gone to again. */
		clickInRow: async (request) => {
			const end = Date.now() + timeout(request);
			for (;;) {
				// The tooltip of the row where the mouse is may lie over this one.
				await page(request).locator('.part.statusbar').hover();
				await one({ ...request, selector: request.row }).hover({ timeout: Math.max(1, end - Date.now()) });
				try {
					return await one(request).click({ timeout: 1_500 });
				} catch (error) {
					if (Date.now() > end) throw error;
				}
			}
		},
		/**
		 * Opens a row's menu. VS Code's lists hand a row's element on to another row when they are drawn anew, so that what was
		 * found may be another row once the mouse is there: it goes there first, as a person's does, and is looked for.
		 */
		contextmenu: async (request) => {
			const place = async () => JSON.stringify(await one(request).boundingBox({ timeout: timeout(request) }));
			for (const end = Date.now() + timeout(request); ;) {
				const before = await place();
				await one(request).hover({ timeout: Math.max(1, end - Date.now()) });
				const isOver = await one(request).evaluate((element) => element.matches(':hover'));
				if (isOver && (await place()) === before) {
					await page(request).mouse.down({ button: 'right' });
					await page(request).mouse.up({ button: 'right' });
					// Where the rows moved in between, the menu is another row's.
					if ((await place()) === before) return;
					await page(request).keyboard.press('Escape');
				}
				if (Date.now() > end) throw new Error(`The mouse is never over ${request.selector}`);
			}
		},
		hover: (request) =>
			one(request).hover({ timeout: timeout(request), position: request.position, force: request.isCovered }),
		/** Turns the mouse wheel over an element, by pixels; down is positive. */
		wheel: async (request) => {
			await one(request).hover({ timeout: timeout(request) });
			await page(request).mouse.wheel(0, request.pixels);
		},
		fill: (request) => one(request).fill(request.text, { timeout: timeout(request) }),
		waitFor: (request) => one(request).waitFor({ timeout: timeout(request), state: request.state ?? 'visible' }),

		count: (request) => all(request).count(),
		texts: (request) => all(request).allInnerTexts(),
		attributes: (request) =>
			all(request).evaluateAll((elements, name) => elements.map((element) => element.getAttribute(name)), request.name),
		/** What is drawn before and after elements that is no part of their text. */
		contents: (request) =>
			all(request).evaluateAll((elements) =>
				elements.flatMap((element) =>
					['::before', '::after'].map(
						(pseudo) => element.ownerDocument.defaultView.getComputedStyle(element, pseudo).content,
					),
				),
			),
		/** A property of elements as it is drawn, such as their colour. */
		styles: (request) =>
			all(request).evaluateAll(
				(elements, name) =>
					elements.map((element) => element.ownerDocument.defaultView.getComputedStyle(element).getPropertyValue(name)),
				request.name,
			),
		/** Where elements are drawn, and how large. */
		boxes: (request) =>
			all(request).evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON())),
		ariaSnapshot: (request) => one(request).ariaSnapshot({ timeout: timeout(request) }),
		barriers: (request) => findBarriers(all(request), request.strangers),
		treeRows: (request) => readTreeRows(page(request), request.selector),
		notifications: (request) => readNotifications(page(request)),

		clipboardRead: async (request) => {
			await page(request).bringToFront();
			return page(request).evaluate(() => navigator.clipboard.readText());
		},
		clipboardWrite: async (request) => {
			await page(request).bringToFront();
			await page(request).evaluate((text) => navigator.clipboard.writeText(text), request.text);
		},

		screenshot: async (request) => {
			await mkdir(path.dirname(request.path), { recursive: true });
			await page(request).screenshot({ path: request.path, animations: 'disabled' });
		},

		/** Has a window take the person for working in another program, or for being back. */
		setFocused: (request) =>
			page(request).evaluate((isFocused) => {
				document.hasFocus = () => isFocused;
				document.dispatchEvent(new Event('visibilitychange'));
			}, request.isFocused),

		/** Has a window stand still with its connection open, as on a laptop that sleeps, or go on. */
		setFrozen: async (request) => {
			const session = frozen.get(request.window) ?? (await browser.context.newCDPSession(page(request)));
			if (request.isFrozen) {
				frozen.set(request.window, session);
				await session.send('Debugger.enable');
				const stopped = new Promise((resolve) => session.once('Debugger.paused', resolve));
				await session.send('Debugger.pause');
				await stopped;
			} else {
				frozen.delete(request.window);
				await session.send('Debugger.resume');
				await session.detach();
			}
		},

		resize: ({ width, height, ...request }) => page(request).setViewportSize({ width, height }),

		openWindow,
		/** The indexes of the windows that are open. */
		openWindows: () => browser.windows.flatMap((window, index) => (window.isClosed() ? [] : [index])),
		closeWindow: (request) => {
			if (!request.window)
				throw new Error('The window that the tests run in stays open: nobody would be told of them.');
			return page(request).close({ runBeforeUnload: false });
		},
		reload: (request) => {
			// The one who asks is in the extension host that the reload ends: it gets its answer first.
			setTimeout(
				() =>
					page(request)
						.reload()
						.catch(() => {}),
				50,
			);
		},
		/** Empties the secret storage of the profile, as a keyring does that is new or locked. */
		forgetSecrets: (request) => page(request).evaluate(() => window.localStorage.removeItem('secrets.provider')),
		pages: () => browser.context.pages().map((each) => each.url()),
		closeOtherPages: async () => {
			const strangers = browser.context.pages().filter((each) => !browser.windows.includes(each));
			await Promise.all(strangers.map((each) => each.close()));
		},
	};
}
