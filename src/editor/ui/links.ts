import * as vscode from 'vscode';
import { openLink } from '../../commands/objects/link';
import type { App, Links } from '../../commands/ports';
import type { Log } from '../log';
import { showFailure } from '../register';

/** How links to objects begin, for a VS Code of the kind that the person has. */
export function linksTo({ id }: vscode.Extension<unknown>): Links {
	const { uriScheme, uiKind } = vscode.env;
	return { origin: `${uriScheme}://${id}`, isElsewhere: uiKind === vscode.UIKind.Web };
}

/** Follows the links that VS Code hands over, which may come from anywhere. Nothing of a link is written into the log. */
export function registerLinks(app: App, log: Log, ready: () => Promise<void>): vscode.Disposable {
	return vscode.window.registerUriHandler({
		handleUri: async (address) => {
			try {
				await ready();
				await openLink(app, address);
			} catch (error) {
				log.failure('openLink', error);
				void showFailure(error);
			}
		},
	});
}
