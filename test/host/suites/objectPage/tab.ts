import { inPage } from '../isolated/tab';
import { eventually, row, ui } from '../../driver/ui';

/** Opens an object's page with a click on its row. */
export const open = (name: string): Promise<void> =>
	eventually(async () => {
		// A row that is drawn anew in the middle of a click hands it to another one.
		if ((await ui.texts(inPage('h1')))[0] !== name) await ui.click(row(name));
		await ui.waitFor({ ...inPage(`h1:text-is(${JSON.stringify(name)})`), timeout: 3_000 });
	});

/** Presses a button of the page by its title. */
export const press = (title: string): Promise<void> =>
	ui.click(inPage(`vscode-button:text-is(${JSON.stringify(title)})`));
