import { inPage } from '../isolated/tab';
import { eventually, row, ui } from '../../driver/ui';

/** Opens an object's page with a click on its row. */
export const open = (label: string, heading = `h1:text-is(${JSON.stringify(label)})`): Promise<void> =>
	eventually(async () => {
		// A row that is drawn anew in the middle of a click hands it to another one.
		if ((await ui.count(inPage(heading))) === 0) await ui.click(row(label));
		await ui.waitFor({ ...inPage(heading), timeout: 3_000 });
	});

/** Presses a button of the page by its title. */
export const press = (title: string): Promise<void> =>
	ui.click(inPage(`vscode-button:text-is(${JSON.stringify(title)})`));
