import * as vscode from 'vscode';

/** The person's settings, read when they are needed. */
export const settings = {
	/** Seconds without use after which a revealed value is hidden; 0 for never. */
	hideAfter: (): number => read('reveal.hideAfter', 120),
	/** Seconds after which a copied value is cleared from the clipboard. */
	clearClipboardAfter: (): number => read('clipboard.clearAfter', 30),
	/** Days after which Local Vault removes a deleted object for good. */
	purgeAfter: (): number => Math.min(36_500, Math.round(read('localVault.purgeAfter', 30))),
	requestsPerMinute: (): number => Math.max(1, read('requestsPerMinute', 1000)),
};

function read(name: string, fallback: number): number {
	const value: unknown = vscode.workspace.getConfiguration('workosVault').get(name);
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : fallback;
}
