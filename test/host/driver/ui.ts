import path from 'node:path';
import {
	ask,
	type Barriers,
	type Box,
	type Click,
	hasWindow,
	type Notification,
	type Target,
	type TreeRow,
} from './bridge';
import { eventually, throughout } from './eventually';

export { eventually, hasWindow, throughout };
export type { Barriers, Box, Click, Notification, Target, TreeRow };

export type InWindow = { readonly window?: number };

const input = '.quick-input-widget .quick-input-box input';
const tree = '.part.sidebar .monaco-list';
/** Not those that stick to the top of a scrolled tree: a click on one scrolls to its row. */
const rows = `${tree} .monaco-list-rows > .monaco-list-row`;

const toasts = '.notifications-toasts';

const target = (of: string | Target): Target => (typeof of === 'string' ? { selector: of } : of);

const exactly = (text: string) => JSON.stringify(text);

let readAt = 0;
/** VS Code shows no more than three messages in 800 ms: each is read for a moment before more are caused. */
export async function readMessage(): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, Math.max(0, readAt + 400 - Date.now())));
	readAt = Date.now();
}

/** A row of the sidebar's tree by its label: the screen reader's label starts with it. */
export const row = (label: string): string => `${rows}[aria-label^=${exactly(label)}]`;

/** Draws rows as text: two spaces a level, ▾ open, ▸ closed, · without children; a description after two spaces. */
export const picture = (treeRows: readonly TreeRow[]): string =>
	treeRows
		.map(({ level, expanded, label, description }) => {
			const mark = expanded === undefined ? '·' : expanded ? '▾' : '▸';
			return `${'  '.repeat(level - 1)}${mark} ${label}${description ? `  ${description}` : ''}`;
		})
		.join('\n');

/** The window as a person has it: mouse, keys, and what is to be seen. Every wait ends after 30 seconds, with a reason. */
export const ui = {
	click: (of: string | Target, how: Click = {}): Promise<void> => ask<void>('click', { ...target(of), ...how }),
	/** Goes to a row and clicks the button that it has there, by its codicon's name. */
	clickRowAction: (label: string, icon: string, at: InWindow & { timeout?: number } = {}): Promise<void> =>
		ask<void>('clickInRow', {
			...at,
			row: row(label),
			selector: `${row(label)} .action-label.codicon-${icon}`,
		}),
	doubleClick: (of: string | Target): Promise<void> => ask<void>('click', { ...target(of), clickCount: 2 }),
	rightClick: (of: string | Target): Promise<void> => ask<void>('contextmenu', target(of)),
	/** Moves the mouse over an element; one that `isCovered` need not be reached by it. */
	hover: (of: string | Target, where: Pick<Click, 'position'> & { readonly isCovered?: boolean } = {}): Promise<void> =>
		ask<void>('hover', { ...target(of), ...where }),
	/** Scrolls the sidebar's tree with the mouse wheel until the row with this label is drawn. */
	async scrollTo(label: string): Promise<void> {
		await ask<void>('wheel', { selector: tree, pixels: -100_000 });
		await eventually(async () => {
			if ((await ui.count(row(label))) > 0) return;
			await ask<void>('wheel', { selector: tree, pixels: 400 });
			throw new Error(`The row ${label} is not to be found`);
		});
	},
	/**
	 * Scrolls to a row whose click puts another one in its place, and clicks it: again where VS Code drew it anew in the
	 * middle of the click, which then goes nowhere.
	 */
	async clickAway(label: string): Promise<void> {
		await ui.scrollTo(label);
		await eventually(async () => {
			if ((await ui.count(row(label))) > 0) await ui.click({ selector: row(label), timeout: 1_500 });
			await ui.waitFor({ selector: row(label), timeout: 5_000 }, 'hidden');
		});
	},
	/** Opens a row, unless it is open: again where VS Code drew it anew in the middle of the click, which then goes nowhere. */
	async openRow(label: string, at: InWindow = {}): Promise<void> {
		const expanded = `${row(label)}[aria-expanded="true"]`;
		await ui.waitFor({ selector: row(label), ...at });
		await eventually(async () => {
			if ((await ui.count({ selector: expanded, ...at })) > 0) return;
			await ui.click({ selector: `${row(label)} .monaco-tl-twistie`, timeout: 1_500, ...at });
			await ui.waitFor({ selector: expanded, timeout: 3_000, ...at });
		});
	},
	/** Clicks a row until it has the focus: where it is just drawn anew, a click goes nowhere. */
	select: (label: string): Promise<void> =>
		eventually(async () => {
			await ui.click(row(label));
			await ui.waitFor({ selector: `${row(label)}.focused`, timeout: 3_000 });
		}),
	/** Opens rows one after another, those that are closed. */
	async expand(...labels: readonly string[]): Promise<void> {
		for (const label of labels) await ui.openRow(label);
	},
	/** Closes the menu that is open, with its submenu. */
	closeMenu: (): Promise<void> =>
		eventually(async () => {
			if ((await ui.count('.monaco-menu')) === 0) return;
			await ui.press('Escape');
			throw new Error('A menu is still open');
		}),
	fill: (of: string | Target, text: string): Promise<void> => ask<void>('fill', { ...target(of), text }),
	/** Presses a key or a combination, such as `Enter` or `Control+S`. */
	press: (key: string, at: InWindow = {}): Promise<void> => ask<void>('press', { key, ...at }),
	/** Types key by key. */
	type: (text: string, at: InWindow & { delay?: number } = {}): Promise<void> => ask<void>('type', { text, ...at }),
	/** Puts text in at once, as an input method does; an editor does not complete brackets then. */
	insert: (text: string, at: InWindow = {}): Promise<void> => ask<void>('insert', { text, ...at }),
	/** Drops text at the beginning of an element, as a drag from another program ends. */
	drop: (of: string | Target, text: string): Promise<void> => ask<void>('drop', { ...target(of), text }),
	waitFor: (of: string | Target, state: 'visible' | 'hidden' | 'attached' | 'detached' = 'visible'): Promise<void> =>
		ask<void>('waitFor', { ...target(of), state }),
	count: (of: string | Target): Promise<number> => ask<number>('count', target(of)),
	texts: (of: string | Target): Promise<string[]> => ask<string[]>('texts', target(of)),
	attributes: (of: string | Target, name: string): Promise<(string | null)[]> =>
		ask<(string | null)[]>('attributes', { ...target(of), name }),
	/** What is drawn before and after elements that is no part of their text. */
	contents: (of: string | Target): Promise<string[]> => ask<string[]>('contents', target(of)),
	/** A property of elements as it is drawn, such as `color`. */
	styles: (of: string | Target, name: string): Promise<string[]> => ask<string[]>('styles', { ...target(of), name }),
	/** Where elements are drawn, and how large. */
	boxes: (of: string | Target): Promise<Box[]> => ask<Box[]>('boxes', target(of)),
	/** What axe-core finds in elements and in what they hold; `strangers` are, by rules, elements that may break them. */
	barriers: (of: string | Target, strangers: Readonly<Record<string, string>> = {}): Promise<Barriers> =>
		ask<Barriers>('barriers', { ...target(of), strangers }),
	ariaSnapshot: (of: string | Target): Promise<string> => ask<string>('ariaSnapshot', target(of)),

	/** All rows of the sidebar's tree, also those out of sight. */
	treeRows: (at: InWindow & { selector?: string } = {}): Promise<TreeRow[]> => ask<TreeRow[]>('treeRows', at),
	/** The sidebar's tree as text: see `picture`. */
	treePicture: async (at: InWindow & { selector?: string } = {}): Promise<string> =>
		picture(await ask<TreeRow[]>('treeRows', at)),
	/** Right-clicks and takes the menu's item; a menu that has just opened may not take a click yet. */
	async contextMenu(of: string | Target, item: string): Promise<void> {
		await ui.rightClick(of);
		const { window } = target(of);
		const entry = {
			selector: `.monaco-menu .action-item:has(.action-label[aria-label^=${exactly(item)}])`,
			...(window !== undefined && { window }),
		};
		await ui.waitFor(entry);
		await eventually(async () => {
			if ((await ui.count(entry)) > 0) await ui.click(entry);
			if ((await ui.count(entry)) > 0) throw new Error(`The menu is still open after a click on ${item}`);
		});
	},

	notifications: (at: InWindow = {}): Promise<Notification[]> => ask<Notification[]>('notifications', at),
	/**
	 * Waits for a notification with this text in it and presses a button of it, until it is gone. VS Code hides one after a
	 * while; the bell in the status bar has it then.
	 */
	async pressNotification(text: string, button: string, at: InWindow = {}): Promise<void> {
		const item = `.notification-list-item:has-text(${exactly(text)})`;
		const press = (list: string) =>
			ask<void>('clickUntilGone', {
				selector: `${list} ${item} .monaco-button:has-text(${exactly(button)})`,
				timeout: 10_000,
				...at,
			});
		try {
			await ui.waitFor({ selector: `${toasts} ${item}`, ...at });
			await readMessage();
			await press(toasts);
		} catch {
			// VS Code puts a message away when it has stood there for a while.
			const center = { selector: '.notifications-center.visible', ...at };
			const bell = { selector: '#status\\.notifications', ...at };
			if ((await ui.count(center)) === 0) await ui.click(bell);
			await press('.notifications-center');
			// While it is open, no message is shown elsewhere.
			if ((await ui.count(center)) > 0) await ui.click(bell);
		}
	},
	/** Closes the notification with this text in it. */
	closeNotification: (text: string, at: InWindow = {}): Promise<void> => {
		const item = `${toasts} .notification-list-item:has-text(${exactly(text)})`;
		return ask<void>('clickInRow', {
			row: item,
			selector: `${item} .codicon-notifications-clear`,
			timeout: 3_000,
			...at,
		});
	},
	/** Presses a button of the modal dialog (dialogs mode). */
	pressDialog: (button: string, at: InWindow = {}): Promise<void> =>
		ask<void>('click', { selector: `.monaco-dialog-box .monaco-button:has-text(${exactly(button)})`, ...at }),
	/** The modal dialog's text, its message and its detail (dialogs mode). */
	dialogText: async (at: InWindow = {}): Promise<string> => {
		await ask<void>('waitFor', { selector: '.monaco-dialog-box', ...at });
		const texts = await ask<string[]>('texts', { selector: '.monaco-dialog-box .dialog-message-container', ...at });
		return texts.join('\n');
	},

	/** The system's clipboard, as the browser has it. In tests mode VS Code keeps one of its own. */
	readClipboard: (at: InWindow = {}): Promise<string> => ask<string>('clipboardRead', at),
	writeClipboard: (text: string, at: InWindow = {}): Promise<void> => ask<void>('clipboardWrite', { text, ...at }),

	/** Writes a picture of the window to <name>.png in the folder of the run's screenshots, out/screenshots. */
	screenshot: (name: string, at: InWindow = {}): Promise<void> =>
		ask<void>('screenshot', { path: path.join(process.env['VSCODEHOST_SCREENSHOTS'] ?? '', `${name}.png`), ...at }),

	/** Has the window take the person for working in another program, or for being back. */
	setFocused: (isFocused: boolean, at: InWindow = {}): Promise<void> => ask<void>('setFocused', { isFocused, ...at }),

	/** Makes the window as large as this, as when a person drags its edge; it is 1280 × 800 at the start. */
	resize: (width: number, height: number, at: InWindow = {}): Promise<void> =>
		ask<void>('resize', { width, height, ...at }),
	/** Opens another window on the same folder and profile. @returns its number */
	openWindow: (): Promise<number> => ask<number>('openWindow'),
	/** The numbers of the windows that are open. */
	openWindows: (): Promise<readonly number[]> => ask<readonly number[]>('openWindows'),
	/** Has a window stand still with its connection open, as on a laptop that sleeps, or go on. */
	setFrozen: (window: number, isFrozen: boolean): Promise<void> => ask<void>('setFrozen', { window, isFrozen }),
	closeWindow: (window: number): Promise<void> => ask<void>('closeWindow', { window }),
	/** Empties the profile's secret storage. The window itself knows its secrets until it is reloaded. */
	forgetSecrets: (at: InWindow = {}): Promise<void> => ask<void>('forgetSecrets', at),
	/** Reloads the window soon; the one that the tests run in takes them with it. */
	reload: (at: InWindow = {}): Promise<void> => ask<void>('reload', at),
};

/** The quick input: the box that asks, picks and runs commands. */
export const quickInput = {
	input,
	waitFor: (at: InWindow = {}): Promise<void> => ask<void>('waitFor', { selector: input, ...at }),
	waitUntilClosed: (at: InWindow = {}): Promise<void> =>
		ask<void>('waitFor', { selector: input, state: 'hidden', ...at }),
	/** Replaces what stands in the box. */
	fill: (text: string, at: InWindow & { timeout?: number } = {}): Promise<void> =>
		ask<void>('fill', { selector: input, text, ...at }),
	/** Replaces what stands in the box and presses Enter. */
	async answer(text: string, at: InWindow = {}): Promise<void> {
		await quickInput.fill(text, at);
		await ui.press('Enter', at);
	},
	/** Clicks the item with this label. */
	pick: (label: string, at: InWindow = {}): Promise<void> =>
		ask<void>('click', { selector: `.quick-input-list .monaco-list-row[aria-label^=${exactly(label)}]`, ...at }),
	/** The items' labels that are drawn. */
	items: (at: InWindow = {}): Promise<string[]> =>
		ask<string[]>('texts', { selector: '.quick-input-list-row:first-child .label-name', ...at }),
	title: async (at: InWindow = {}): Promise<string> =>
		(await ask<string[]>('texts', { selector: '.quick-input-title', ...at })).join(''),
	/** What stands below the box: a prompt, or why the input is not accepted. */
	message: async (at: InWindow = {}): Promise<string> =>
		(await ask<string[]>('texts', { selector: '.quick-input-message', ...at })).join('').trim(),
	/** Whether the box shows dots for what is typed. */
	isMasked: async (at: InWindow = {}): Promise<boolean> =>
		(await ask<(string | null)[]>('attributes', { selector: input, name: 'type', ...at })).includes('password'),
	/** Runs a command by the name that the command palette has for it. */
	async runCommand(title: string, at: InWindow = {}): Promise<void> {
		const command = `.quick-input-list .monaco-list-row[aria-label^=${exactly(title)}]:visible`;
		await eventually(async () => {
			await ui.press('F1', at);
			// Where the focus goes elsewhere in between, the box closes: then all of it is done once more.
			await ask<void>('fill', { selector: input, text: `>${title}`, timeout: 5_000, ...at });
			try {
				// What was typed while the box came up may be gone.
				await ui.waitFor({ selector: command, timeout: 5_000, ...at });
			} catch (error) {
				// The box knows the commands of the moment in which it was opened: a selection may have come later.
				if ((await ui.count({ selector: `${input}:visible`, ...at })) > 0) await ui.press('Escape', at);
				throw error;
			}
			// A click that came late has run the command: typed again, its name would be an answer to its first question.
			await ui.click({ selector: command, timeout: 15_000, ...at });
		});
	},
};
