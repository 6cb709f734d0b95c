import * as vscode from 'vscode';
import type { ContextKeys } from './contextKeyValues';

/** What was sent to VS Code last, as JSON. */
const sent = new Map<string, string>();
const due = new Map<string, unknown>();

/** Sets a key of the manifest's `when` clauses, in the next turn: activation has no time for it, and most are set often. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
	if (due.size === 0) setImmediate(sendWhatChanged);
	due.set(key, value);
}

/** Sets a key at once, and again where it is the same. Ends when the window's client has answered. */
export async function confirmContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): Promise<void> {
	await send(key, value);
}

function sendWhatChanged(): void {
	for (const [key, value] of due) {
		const json = JSON.stringify(value);
		if (sent.get(key) === json) continue;
		sent.set(key, json);
		void send(key, value);
	}
	due.clear();
}

function send(key: string, value: unknown): Thenable<unknown> {
	return vscode.commands.executeCommand('setContext', `workosVault.${key}`, value);
}
