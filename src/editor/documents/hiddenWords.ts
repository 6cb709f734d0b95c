import type { Source } from '../../commands/ports/documents';

/** How a value of each source is seen again from elsewhere. */
const elsewhere: Record<Source, string> = {
	object: 'Choose “Reveal Value” on the object to see it again.',
	version: 'Choose “Reveal Version” on the version to see it again.',
	comparison: 'Choose “Compare with Current” on the version to see both again.',
	conflict: 'Save your draft and choose “Compare” to see it again.',
	ciphertext: 'Put the cursor into its ciphertext and choose “Decrypt” to see it again.',
	dataKey:
		'The vault keeps no data key: this one is gone for good, unless you have its encrypted keys. “Decrypt Data Key…” opens those.',
	report: 'A report is shown once: the objects that it names are in the tree.',
};
const button = 'Choose “Reveal Again”, the eye in the title of this editor, to see it again';

/** What stands in the place of a hidden value. It names no way that is not there. */
export function wordsOfHidden(source: Source, hasButton: boolean): string {
	if (!hasButton) return `Hidden. ${elsewhere[source]}`;
	return `Hidden. ${button}${source === 'ciphertext' ? ', while its ciphertext stands in the open document' : ''}.`;
}

/** The source in the query of a document's address; earlier addresses had none. */
export function sourceIn(query: string): Source {
	const { source } = readQuery(query);
	return Object.keys(elsewhere).find((known): known is Source => known === source) ?? 'object';
}

/** The title in the query of a document's address, where a slash and what keeps dots apart stand as in a folder's name. */
export function titleIn(query: string): string | undefined {
	const { name } = readQuery(query);
	return typeof name === 'string' ? name.replaceAll('\u2215', '/').replace(/\u2060$/, '') : undefined;
}

function readQuery(query: string): { readonly name?: unknown; readonly source?: unknown } {
	try {
		return (JSON.parse(query) ?? {}) as { readonly name?: unknown; readonly source?: unknown };
	} catch {
		return {};
	}
}
