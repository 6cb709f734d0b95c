import * as vscode from 'vscode';
import { draftScheme, revealScheme } from '../addresses';
import { setContextKey } from '../contextKeys';
import { addressInFront } from '../tabs';

/**
 * Tells the save key what is in front, wherever the focus is: VS Code's own keys tell the scheme only while the focus is in
 * the editor. Its *Save* would ask for a file to write a value to, and does nothing with a draft that it is just saving by
 * itself.
 */
export class InFront implements vscode.Disposable {
	readonly #subscriptions: vscode.Disposable;

	constructor() {
		this.#subscriptions = vscode.Disposable.from(
			vscode.window.tabGroups.onDidChangeTabs(setKey),
			vscode.window.tabGroups.onDidChangeTabGroups(setKey),
		);
		setKey();
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}
}

function setKey(): void {
	const scheme = addressInFront()?.scheme;
	setContextKey('inFront', scheme === revealScheme ? 'value' : scheme === draftScheme ? 'draft' : 'other');
}
