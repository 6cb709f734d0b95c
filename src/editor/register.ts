import path from 'node:path';
import * as vscode from 'vscode';
import { commands, type CommandId } from '../commands';
import type { App, Target } from '../commands/ports';
import type { DocumentPosition } from '../commands/ports/textEditor';
import { Draft } from '../vault/drafts/draft';
import { VaultError } from '../vault/errors';
import type { OutlineNode } from '../vault/outline/nodes';
import type { Log } from './log';
import { describe } from './errorMessages';
import { plain } from './visibleText';

/** The part of the extension's manifest that says where commands stand. */
export interface Menus {
	readonly contributes: {
		readonly menus: Readonly<Record<'view/title' | 'view/item/context', readonly { readonly command: string }[]>>;
	};
}

/** What puts other content into the view: the button or the row that had the focus is gone, and the focus with it. */
const endingView: ReadonlySet<CommandId> = new Set([
	'workosVault.lockNow',
	'workosVault.unlock',
	'workosVault.signOut',
] as const);
/** What buttons of the view's welcome content hand over. */
const fromWelcome = 'view';

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
			if (endingView.has(id) && (target.isFromView || app.view.isAlone)) await app.view.focus();
		} catch (error) {
			log.failure(id, error);
			// The message may stand there over a lock: it holds no draft.
			const { draft: _, ...again } = target;
			void showFailure(error, again, () => run(id, again));
		}
	};
	const ids = Object.keys(commands) as CommandId[];
	const registered = ids.map((id) =>
		vscode.commands.registerCommand(id, async (...args: unknown[]) => {
			// The title bar's buttons get the focused row, which there need not be.
			if (onRows.has(id) && !inTitleBar.has(id) && isRowLost(args)) {
				// Where it lost the row for good, pressing again would help nobody.
				app.view.redraw();
				void showFailure(new VaultError('rowRedrawn'));
				return;
			}
			const isFromView = inTitleBar.has(id) && args.length > 0;
			await run(id, {
				...targetOf(app, ...args),
				...((isFromView || args[0] === fromWelcome) && { isFromView: true }),
			});
		}),
	);
	return vscode.Disposable.from(...registered);
}

/**
 * Shows a failure. Its button works on the row that the command was called on, or runs it again.
 * What was given up on purpose, by signing out or switching, is no failure.
 */
export async function showFailure(
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
 * Menus hand over a row and the selection, and a key in the tree hands over a list with the focused row; links and code
 * actions hand over a place in a document, the explorer and a document's menu an address, a draft's editor the draft, the
 * palette nothing.
 */
function targetOf(app: App, first?: unknown, all?: unknown): Target {
	if (Array.isArray(first)) {
		const [focused] = first as readonly unknown[];
		return isNode(focused) ? { ...rowsOf(app, focused, app.view.selection()), isOfAllRows: true } : { nodes: [] };
	}
	if (first instanceof vscode.Uri) {
		return { nodes: [], file: { name: path.posix.basename(first.path), address: first.toString() } };
	}
	if (isPosition(first)) return { nodes: [], position: first };
	if (first instanceof Draft) return { nodes: [], draft: first };
	if (!isNode(first)) return { nodes: [] };
	return rowsOf(app, first, Array.isArray(all) ? all.filter(isNode) : []);
}

/** A row, and after it the other selected ones where it is one of them: a button, and the focus, may be outside. */
function rowsOf(app: App, row: OutlineNode, selected: readonly OutlineNode[]): Target {
	const others = selected.some(({ key }) => key === row.key) ? selected.filter(({ key }) => key !== row.key) : [];
	return { nodes: [row, ...others].map((node) => app.view.current(node)) };
}

/**
 * Whether a button, a menu or a key was used on a row that VS Code was drawing anew: it hands over `undefined` then, for
 * the row or for one of the selected ones. (From the palette and from a click on a row there is no argument at all.)
 */
function isRowLost(args: readonly unknown[]): boolean {
	const lists = args.filter((argument) => Array.isArray(argument)) as readonly (readonly unknown[])[];
	return (args.length > 0 && args[0] === undefined) || lists.some((list) => list.includes(undefined));
}

function isPosition(value: unknown): value is DocumentPosition {
	if (typeof value !== 'object' || value === null) return false;
	const { uri, line, offset } = value as Partial<Record<keyof DocumentPosition, unknown>>;
	return typeof uri === 'string' && Number.isInteger(line) && Number.isInteger(offset);
}

function isNode(value: unknown): value is OutlineNode {
	return typeof value === 'object' && value !== null && 'kind' in value && 'key' in value;
}
