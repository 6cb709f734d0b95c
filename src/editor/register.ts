import * as vscode from 'vscode';
import { commands } from '../commands';
import type { App, Target } from '../commands/ports';
import type { OutlineNode } from '../vault/outline';
import type { Log } from './log';
import { describe } from './words';

/** Registers every command, and is the one place that tells a person about a failure. Commands return nothing. */
export function registerCommands(app: App, log: Log, ready: () => Promise<void>): vscode.Disposable {
	const registered = Object.entries(commands).map(([id, run]) =>
		vscode.commands.registerCommand(id, async (first?: unknown, all?: unknown) => {
			const target = targetOf(app, first, all);
			try {
				await ready();
				await run(app, target);
			} catch (error) {
				log.failure(id, error);
				void tell(error, target);
			}
		}),
	);
	return vscode.Disposable.from(...registered);
}

/** Tells a person about a failure; its button works on the row that the command was called on. */
export async function tell(error: unknown, { nodes }: Target = { nodes: [] }): Promise<void> {
	const { sentence, button } = describe(error);
	if (!button) {
		await vscode.window.showErrorMessage(sentence);
		return;
	}
	const pressed = await vscode.window.showErrorMessage(sentence, button.title);
	if (pressed !== undefined) await vscode.commands.executeCommand(button.command, ...nodes.slice(0, 1));
}

/** Menus hand over a row and the selection; a keybinding says `{"on": "selection"}`; the palette hands over nothing. */
function targetOf(app: App, first: unknown, all: unknown): Target {
	if (isKeyOnTree(first)) return { nodes: app.view.selection() };
	if (!isNode(first)) return { nodes: [] };
	const selected = Array.isArray(all) ? all.filter(isNode) : [];
	// An inline button may belong to a row outside the selection.
	return { nodes: selected.some(({ key }) => key === first.key) ? selected : [first] };
}

function isKeyOnTree(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'on' in value && value.on === 'selection';
}

function isNode(value: unknown): value is OutlineNode {
	return typeof value === 'object' && value !== null && 'kind' in value && 'key' in value;
}
