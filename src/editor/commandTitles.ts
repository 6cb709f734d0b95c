import type { Command } from 'vscode';
import type { CommandId } from '../commands';

/** The titles of commands that the editor writes itself, as on rows and in menus. package.json says the same. */
export const commandTitles = {
	'workosVault.loadMore': 'Load More',
	'workosVault.continueScan': 'Continue Indexing',
	'workosVault.retry': 'Retry',
	'workosVault.filterRow': 'Filter…',
	'workosVault.decryptSelection': 'Decrypt',
	'workosVault.reencrypt': 'Re-encrypt Under…',
	'workosVault.lookUpKeyContext': 'Look Up Key Context',
} as const satisfies Partial<Record<CommandId, string>>;

/** A command with its title, as VS Code takes it. */
export function titledCommand(command: keyof typeof commandTitles, ...args: readonly unknown[]): Command {
	return { command, title: commandTitles[command], arguments: [...args] };
}
