import * as vscode from 'vscode';
import type { OutlineState } from '../vault/catalog/organizations';

/** What the manifest's `when` clauses read, each as `workosVault.` and its name. Before activation none is set. */
interface ContextKeys {
	readonly state: OutlineState | 'locked' | 'disconnected' | 'loading';
	/** Whether there is a connection to switch to. */
	readonly connections: 'kept' | 'none';
	readonly isTree: boolean;
	readonly isScanning: boolean;
	readonly changes: 'free' | 'allowed' | 'readOnly';
	readonly lock: 'locked' | 'unlocked';
	readonly presentation: 'on' | 'off';
	readonly isolatedDraft: boolean;
	/** Whether the isolated editor in front has a button to reveal its value again. */
	readonly offersAgain: boolean;
	/** Addresses of documents that show a value which is not the current one any more. */
	readonly outdatedValues: readonly string[];
	/** Addresses of documents whose value was hidden and can be revealed again. */
	readonly hiddenValues: readonly string[];
	/** Addresses of drafts that are compared with a value which was hidden and can be revealed again. */
	readonly besideHidden: readonly string[];
	/** Addresses of texts that surely have no ciphertext. */
	readonly textsWithoutCiphertext: readonly string[];
	/** Whether what is selected is surely no ciphertext. */
	readonly selection: 'noCiphertext' | 'unknown';
	/** Addresses of drafts that can be typed in. */
	readonly writableDrafts: readonly string[];
}

/** What VS Code was told last, as JSON. */
const told = new Map<string, string>();
const due = new Map<string, unknown>();

/** Sets a key of the manifest's `when` clauses, in the next turn: activation has no time for it, and most are set often. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
	if (due.size === 0) setImmediate(tellWhatChanged);
	due.set(key, value);
}

function tellWhatChanged(): void {
	for (const [key, value] of due) {
		const json = JSON.stringify(value);
		if (told.get(key) === json) continue;
		told.set(key, json);
		void vscode.commands.executeCommand('setContext', `workosVault.${key}`, value);
	}
	due.clear();
}
