import * as vscode from 'vscode';
import type { Connections } from '../../commands/ports';

/** How often the catalog is brought up to date while it is looked at and the window is used, in ms. */
const every = 5 * 60_000;
/** So much time passes between two looks at the least, in ms. */
const leastPause = 60_000;

/**
 * Brings the catalog in use up to date while something that shows it is open: when told to look, when the window has the
 * focus again, and every few minutes in between. Each time costs one request where nothing happened.
 */
export function keepInStep(
	connections: Connections,
	isOpen: () => boolean,
	report: (work: Promise<unknown>) => void,
): vscode.Disposable & { readonly look: () => void } {
	const look = () => {
		const catalog = connections.session?.catalog;
		if (!catalog || !isOpen() || !vscode.window.state.focused) return;
		if (catalog.progress.phase !== 'complete' || catalog.sinceSynced < leastPause) return;
		// Nobody asked for it: what fails now is tried again the next time.
		report(catalog.sync().catch(() => undefined));
	};
	const timer = setInterval(look, every);
	const focus = vscode.window.onDidChangeWindowState(look);
	return {
		look,
		dispose: () => {
			clearInterval(timer);
			focus.dispose();
		},
	};
}
