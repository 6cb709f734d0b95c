import { visible } from '../visibleText';

/** What a tab shows. */
export type TabKind = 'value' | 'draft' | 'hidden';

/** What a tab is called, for the eye and for the ear; with the connection's name where there are several. */
export function nameOfTab(title: string, kind: TabKind, connection: string | undefined): string {
	const what = kind === 'value' ? '' : ` (${kind})`;
	return `${visible(title)}${what}${connection === undefined ? '' : visible(` · ${connection}`)}`;
}
