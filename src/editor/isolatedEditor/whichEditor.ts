import type { Connections } from '../../commands/ports';
import type { Draft } from '../../vault/drafts/draft';
import { settings } from '../settings';

/**
 * Whether values are for the isolated editor: where the connection in use is a production one, or the person wants it. In
 * doubt they are.
 */
export function areValuesIsolated({ session }: Connections): boolean {
	return settings.editor() === 'isolated' || (session?.connection.isProduction ?? true);
}

/** Whether a draft is for the isolated editor, by its own connection. In doubt it is. */
export function isDraftIsolated(draft: Draft, connections: Connections): boolean {
	// VS Code takes a document with a NUL for a binary one and refuses to open it.
	if (settings.editor() === 'isolated' || draft.text.includes('\0')) return true;
	return connections.list().find(({ id }) => id === draft.connectionId)?.isProduction ?? true;
}
