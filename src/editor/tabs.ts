import * as vscode from 'vscode';
import { isSameDocument } from './addresses';

/**
 * Tells when the last tab of a document of `scheme` was closed. The close event of the document itself comes minutes
 * later: VS Code keeps documents that an extension opened.
 */
export function closedAddresses(scheme: string, onClosed: (uri: vscode.Uri) => void): vscode.Disposable {
	return vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
		const uris = closed.flatMap(addressesOf).filter((uri) => uri.scheme === scheme);
		for (const uri of uris) {
			if (!openTabs(uri).length) onClosed(uri);
		}
	});
}

/** The tabs that show a document of ours, alone or in a comparison. */
export function openTabs(uri: vscode.Uri): vscode.Tab[] {
	return vscode.window.tabGroups.all
		.flatMap((group) => group.tabs)
		.filter((tab) => addressesOf(tab).some((address) => isSameDocument(address, uri)));
}

/** The tabs that show a document of `scheme`, with its address. */
export function tabsOf(scheme: string): { tab: vscode.Tab; uri: vscode.Uri }[] {
	return vscode.window.tabGroups.all
		.flatMap((group) => group.tabs)
		.flatMap((tab) => addressesOf(tab).map((uri) => ({ tab, uri })))
		.filter(({ uri }) => uri.scheme === scheme);
}

/** The address that VS Code's Save would take: that of the tab in front, in a comparison that of its changed side. */
export function addressInFront(): vscode.Uri | undefined {
	const { activeTab } = vscode.window.tabGroups.activeTabGroup;
	return activeTab && addressesOf(activeTab).at(-1);
}

/** The same of each group that has a tab; undefined of one that is no text. */
export function addressesInFront(): (vscode.Uri | undefined)[] {
	const active = vscode.window.tabGroups.all.flatMap(({ activeTab }) => activeTab ?? []);
	return active.map((tab) => addressesOf(tab).at(-1));
}

function addressesOf({ input }: vscode.Tab): vscode.Uri[] {
	if (input instanceof vscode.TabInputText) return [input.uri];
	if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
	return [];
}
