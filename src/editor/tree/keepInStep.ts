import * as vscode from 'vscode';
import type { Connections } from '../../commands/ports';

/** How often the catalog is brought up to date while it is looked at and the window is used, in ms. */
const everyMs = 5 * 60_000;
/** So much time passes between two looks at the least, in ms. */
const leastPauseMs = 60_000;

/**
 * Brings the catalog in use up to date while something that shows it is open: when asked, when the window has the
 * focus again, and every few minutes in between. Each time costs one request where nothing happened.
 */
export function keepInStep(
	connections: Connections,
	isOpen: () => boolean,
	inBackground: (work: Promise<unknown>) => void,
): vscode.Disposable & { readonly syncIfDue: () => void } {
	const syncIfDue = () => {
		const catalog = connections.session?.catalog;
		if (!catalog || !isOpen() || !vscode.window.state.focused) return;
		if (catalog.progress.phase !== 'complete' || catalog.sinceSynced < leastPauseMs) return;
		// Nobody asked for it: what fails now is tried again the next time.
		inBackground(catalog.sync().catch(() => undefined));
	};
	const timer = setInterval(syncIfDue, everyMs);
	const focus = vscode.window.onDidChangeWindowState(syncIfDue);
	return {
		syncIfDue,
		dispose: () => {
			clearInterval(timer);
			focus.dispose();
		},
	};
}
