const sidebarRows = '.part.sidebar .monaco-list';

/** The rows that are drawn now, as a person and a screen reader get them. */
const drawnRows = (list) =>
	list.evaluate((element) => {
		const text = (row, selector) => row.querySelector(selector)?.textContent?.trim() ?? '';
		const rows = [...element.querySelectorAll('.monaco-list-rows > .monaco-list-row')].map((row) => {
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
		return rows.sort((one, other) => one.index - other.index);
	});

/**
 * All rows of a tree view, also those that are scrolled out of sight. VS Code draws only what has room, so the window
 * is made as high as the whole tree for a moment; a tree that was scrolled is at its top afterwards.
 * @param {import('playwright-core').Page} page
 * @param {string} [selector] the list
 */
export async function readTreeRows(page, selector = sidebarRows) {
	const list = page.locator(selector).first();
	await list.waitFor({ timeout: 10_000 });
	const missing = await list.evaluate((element) => {
		const whole = element.querySelector('.monaco-list-rows').getBoundingClientRect().height;
		return Math.ceil(whole - element.getBoundingClientRect().height);
	});
	if (missing <= 0) return drawnRows(list);
	const before = page.viewportSize();
	await page.setViewportSize({ width: before.width, height: before.height + missing });
	try {
		await list.evaluate(
			(element) =>
				new Promise((resolve) => {
					const isWhole = () =>
						element.getBoundingClientRect().height >=
						element.querySelector('.monaco-list-rows').getBoundingClientRect().height;
					const look = () => (isWhole() ? window.requestAnimationFrame(resolve) : window.requestAnimationFrame(look));
					look();
				}),
		);
		return await drawnRows(list);
	} finally {
		await page.setViewportSize(before);
	}
}

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
