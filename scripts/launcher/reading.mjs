const sidebarRows = '.part.sidebar .monaco-list';
/** How often a tree may get more rows while it is read. */
const growing = 20;

/**
 * The rows that are drawn now, as a person and a screen reader get them, and how much higher the list had to be to draw all
 * of its rows, in pixels: both of the same moment, as rows may come at any.
 */
const readList = (list) =>
	list.evaluate((element) => {
		const text = (row, selector) => row.querySelector(selector)?.textContent?.trim() ?? '';
		const drawn = [...element.querySelectorAll('.monaco-list-rows > .monaco-list-row')].map((row) => {
			const expanded = row.getAttribute('aria-expanded');
			return {
				index: Number(row.getAttribute('data-index')),
				label: text(row, '.label-name') || row.textContent.trim(),
				description: text(row, '.label-description'),
				level: Number(row.getAttribute('aria-level')),
				...(expanded !== null && { expanded: expanded === 'true' }),
				ariaLabel: row.getAttribute('aria-label') ?? '',
				selected: row.classList.contains('selected'),
				focused: row.classList.contains('focused'),
			};
		});
		const whole = element.querySelector('.monaco-list-rows').getBoundingClientRect().height;
		return {
			rows: drawn.sort((one, other) => one.index - other.index),
			missing: Math.ceil(whole - element.getBoundingClientRect().height),
		};
	});

/**
 * All rows of a tree view, also those that are scrolled out of sight. VS Code draws only what has room, so the window
 * is made as high as the whole tree for a moment; a tree that was scrolled is at its top afterwards.
 * @param {import('playwright-core').Page} page
 * @param {string} [selector] the list
 */
export async function readTreeRows(page, selector = sidebarRows) {
	const list = page.locator(selector).first();
	await list.waitFor();
	let read = await readList(list);
	if (read.missing <= 0) return read.rows;
	const before = page.viewportSize();
	const heightBefore = await height(list);
	try {
		for (let attempt = 0; attempt < growing; attempt++) {
			const size = page.viewportSize();
			const wanted = (await height(list)) + read.missing;
			await page.setViewportSize({ width: size.width, height: size.height + read.missing });
			await isHigh(list, wanted);
			read = await readList(list);
			if (read.missing <= 0) return read.rows;
		}
		throw new Error('The tree went on growing while it was read.');
	} finally {
		await page.setViewportSize(before);
		// Elements of rows stand for other rows until it is drawn: a click would take the wrong one.
		await isHigh(list, heightBefore);
	}
}

const height = (list) => list.evaluate((element) => Math.round(element.getBoundingClientRect().height));

/** Resolves when a list is drawn at this height, in pixels, or after some frames: it may be another one by then. */
const isHigh = (list, wanted) =>
	list.evaluate(
		(element, height) =>
			new Promise((resolve) => {
				let frames = 0;
				const isDrawn = () => Math.round(element.getBoundingClientRect().height) === height;
				const look = () => window.requestAnimationFrame(isDrawn() || ++frames > 30 ? resolve : look);
				look();
			}),
		wanted,
	);

/** The notifications that are shown as toasts, the newest first. */
export function readNotifications(page) {
	return page.locator('.notifications-toasts .notification-list-item').evaluateAll((items) =>
		items.map((item) => ({
			message: item.querySelector('.notification-list-item-message')?.textContent?.trim() ?? '',
			buttons: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map((button) =>
				button.textContent.trim(),
			),
		})),
	);
}
