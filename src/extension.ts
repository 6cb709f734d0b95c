import * as vscode from 'vscode';
import type { App } from './commands/ports';
import { EditorClipboard } from './editor/clipboard';
import { EditorConnections } from './editor/connections';
import { EditorDocuments } from './editor/documents';
import { DraftStatus } from './editor/draftStatus';
import { LocalVault } from './editor/localVault';
import { Log } from './editor/log';
import { RecentOrganizations } from './editor/recentOrganizations';
import { registerCommands, tell } from './editor/register';
import { settings } from './editor/settings';
import { StatusBar } from './editor/statusBar';
import { ActiveTextEditor } from './editor/textEditor';
import { VaultTree } from './editor/tree';
import { EditorUi } from './editor/ui';

/** Builds the parts and hands them to each other. Calls no vault: the first look at the tree, or a command, does. */
export function activate(context: vscode.ExtensionContext): void {
	const log = new Log();
	const report = (work: Promise<unknown>) => {
		work.catch((error: unknown) => {
			log.failure('work in the background', error);
			void tell(error);
		});
	};
	const localVault = new LocalVault(context);
	const connections = new EditorConnections(context, openVault, localVault, report);
	const statusBar = new StatusBar(connections);
	const documents = new EditorDocuments(report);
	const clipboard = new EditorClipboard();
	const tree = new VaultTree(connections, ready);
	const app: App = {
		ui: new EditorUi(log),
		connections,
		documents,
		clipboard,
		textEditor: new ActiveTextEditor(),
		view: tree,
		recentOrganizations: new RecentOrganizations(),
		environmentKey: process.env['WORKOS_API_KEY'],
	};

	// The SDK is a chunk of its own, loaded with the first connection.
	async function openVault(endpoint: string, apiKey: string) {
		const { WorkOSVault } = await import('./workos/client');
		return new WorkOSVault({
			endpoint,
			apiKey,
			requestsPerMinute: settings.requestsPerMinute(),
			onRequest: (record) => log.request(record),
			onPause: (until) => statusBar.showPause(until),
		});
	}

	let restoring: Promise<void> | undefined;
	function ready(): Promise<void> {
		restoring ??= connections.restore(isDemo(context)).catch((error: unknown) => {
			log.failure('restore', error);
			void tell(error);
		});
		return restoring;
	}

	report(documents.letGoRestored());
	context.subscriptions.push(
		registerCommands(app, log, ready),
		documents.onDidAskToPublish(() => void vscode.commands.executeCommand('workosVault.publishDraft')),
		connections.onDidSignOut((id) => void documents.forget(id)),
		tree,
		new DraftStatus(documents),
		documents,
		clipboard,
		statusBar,
		connections,
		localVault,
		log,
	);
}

/** True in the window of `npm start`: the variable counts only while the extension is under development. */
function isDemo({ extensionMode }: vscode.ExtensionContext): boolean {
	return extensionMode === vscode.ExtensionMode.Development && process.env['WORKOS_VAULT_DEV_LOCAL'] === 'demo';
}
