import { readFileSync } from 'node:fs';

interface Commands {
	readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
}

// Tests run in the repository's root.
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Commands;

/** The title that the manifest gives a command. */
export function titleOf(id: string): string | undefined {
	return contributes.commands.find(({ command }) => command === id)?.title;
}
