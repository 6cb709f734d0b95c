import path from 'node:path';
import * as vscode from 'vscode';
import { commands, type CommandId } from '../commands';
import type { App, Place, Target } from '../commands/ports';
import { VaultError } from '../vault/errors';
import type { OutlineNode } from '../vault/outline';
import type { Log } from './log';
import { describe, plain } from './words';

/** The part of the extension's manifest that says where commands stand. */
export interface Menus {
	readonly contributes: {
		readonly menus: Readonly<Record<'view/title' | 'view/item/context', readonly { readonly command: string }[]>>;
	};
}

/** Registers every command, and is the one place that tells a person about a failure. Commands return nothing. */
export function registerCommands(
	app: App,
	log: Log,
	ready: () => Promise<void>,
	{ contributes: { menus } }: Menus,
): vscode.Disposable {
	const inTitleBar = new Set(menus['view/title'].map(({ command }) => command));
	const onRows = new Set(menus['view/item/context'].map(({ command }) => command));
	const run = async (id: CommandId, target: Target): Promise<void> => {
		try {
			await ready();
			await commands[id](app, target);
		} catch (error) {
			log.failure(id, error);
			void tell(error, target, () => run(id, target));
		}
	};
	const ids = Object.keys(commands) as CommandId[];
	const registered = ids.map((id) =>
		vscode.commands.registerCommand(id, async (...args: unknown[]) => {
			// The title bar's buttons get the focused row, which there need not be.
			if (onRows.has(id) && !inTitleBar.has(id) && isRowLost(args)) {
				void tell(new VaultError('rowRedrawn'));
				return;
			}
			const target = targetOf(app, ...args);
			if (target) await run(id, target);
		}),
	);
	return vscode.Disposable.from(...registered);
}

/**
 * Tells a person about a failure. Its button works on the row that the command was called on, or runs it again.
 * What was given up on purpose, by signing out or switching, is no failure.
 */
export async function tell(
	error: unknown,
	{ nodes }: Target = { nodes: [] },
	again?: () => Promise<void>,
): Promise<void> {
	if (error instanceof Error && error.name === 'AbortError') return;
	const { sentence, button } = describe(error);
	const pressed = await vscode.window.showErrorMessage(plain(sentence), ...(button ? [button.title] : []));
	if (!button || pressed === undefined) return;
	if (button.command === 'again') await again?.();
	else await vscode.commands.executeCommand(button.command, ...nodes.slice(0, 1));
}

/**
 * Menus hand over a row and the selection; a keybinding in the tree says `{"on": "selection"}` and does nothing without
 * an object or a version there; links and code actions hand over a place in a document, the explorer and a document's
 * menu an address, the palette nothing.
 */
function targetOf(app: App, first?: unknown, all?: unknown): Target | undefined {
	if (isKeyOnTree(first)) {
		const nodes = app.view.selection();
		return nodes.some(({ kind }) => kind === 'object' || kind === 'version') ? { nodes } : undefined;
	}
	if (first instanceof vscode.Uri) {
		return { nodes: [], file: { name: path.posix.basename(first.path), address: first.toString() } };
	}
	if (isPlace(first)) return { nodes: [], place: first };
	if (!isNode(first)) return { nodes: [] };
	const selected = Array.isArray(all) ? all.filter(isNode) : [];
	// An inline button may belong to a row outside the selection; a row inside it goes first.
	const others = selected.some(({ key }) => key === first.key) ? selected.filter(({ key }) => key !== first.key) : [];
	return { nodes: [first, ...others].map((node) => app.view.current(node)) };
}

/**
 * Whether a button or menu was used of a row that VS Code was drawing anew: it hands over `undefined` then, for the row
 * or for one of the selected ones. (From the palette and from a click on a row there is no argument at all.)
 */
function isRowLost(args: readonly unknown[]): boolean {
	const [first, all] = args;
	return args.length > 0 && (first === undefined || (Array.isArray(all) && all.includes(undefined)));
}

function isKeyOnTree(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'on' in value && value.on === 'selection';
}

function isPlace(value: unknown): value is Place {
	if (typeof value !== 'object' || value === null) return false;
	const { uri, line, offset } = value as Partial<Record<keyof Place, unknown>>;
	return typeof uri === 'string' && Number.isInteger(line) && Number.isInteger(offset);
}

function isNode(value: unknown): value is OutlineNode {
	return typeof value === 'object' && value !== null && 'kind' in value && 'key' in value;
}
