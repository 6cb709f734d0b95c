const sameAs: Readonly<Record<string, string>> = {
	jsonc: 'json',
	jsonl: 'json',
	typescript: 'javascript',
	typescriptreact: 'javascriptreact',
	dockercompose: 'yaml',
	'github-actions-workflow': 'yaml',
};

/** Documents of prose, in which every text is what it says. */
const freeText = ['plaintext', 'markdown', 'log'];

/** More characters are neither read nor written as a literal: it takes too long. */
export const longestRead = 64 * 1024;
/** More characters before a place are not looked through for the string that is open there. */
export const longestBefore = 256 * 1024;

/** The language by whose rules another one writes its strings. */
export function literalLanguage(languageId: string): string {
	return sameAs[languageId] ?? languageId;
}

/**
 * The language of a document: VS Code takes each that it does not know for plain text, which is prose where the document has
 * no name yet, or one of a text.
 */
export function languageOf(languageId: string, path: string): string {
	if (languageId !== 'plaintext') return languageId;
	const [, extension = ''] = /\.([^./\\]+)$/.exec(path) ?? [];
	return ['', 'txt', 'text', 'log'].includes(extension.toLowerCase()) ? languageId : 'unknown';
}

/** True for documents of prose: every text is what it says. */
export function isProse(languageId: string): boolean {
	return freeText.includes(languageId);
}

/** True for a text that Compose puts something else in the place of: a variable begins with a dollar. */
export function hasComposeVariable(languageId: string, text: string): boolean {
	return languageId === 'dockercompose' && text.includes('$');
}
