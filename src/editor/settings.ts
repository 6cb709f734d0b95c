import * as vscode from 'vscode';
import type { Templates } from '../commands/textEditor/templates';

/** The person's settings, read when they are needed. */
export const settings = {
	/** Seconds without use after which a revealed value is hidden; 0 for never. */
	hideAfter: (): number => read('reveal.hideAfter', 120),
	/** Seconds after which a copied value is cleared from the clipboard. */
	clearClipboardAfter: (): number => read('clipboard.clearAfter', 30),
	/** Minutes without use after which everything is locked; 0 for never. */
	lockAfter: (): number => read('lock.after', 15),
	/** Which editor shows values where the connection does not ask for the isolated one. */
	editor: (): string => read('editor', 'text'),
	/** What a click on an object does. */
	click: (): string => read('click', 'page'),
	/** Days after which Local Vault removes a deleted object for good. */
	purgeAfter: (): number => Math.min(36_500, Math.round(read('localVault.purgeAfter', 30))),
	/** The most requests that are sent to a vault in a minute; 0 for no limit of its own. */
	requestsPerMinute: (): number => read('requestsPerMinute', 1000),
	/** What goes into a document in the place of a secret. */
	templates: {
		encrypt: (languageId) => ofLanguage('encrypt.template', languageId, '${ciphertext}'),
		reference: (languageId) => ofLanguage('reference.template', languageId, '${name}'),
		languages: () => Object.keys(templatesIn('reference.template')).filter((languageId) => languageId !== '*'),
		layout: () => (read('encrypt.layout', 'node') === 'go' ? 'go' : 'node'),
	} satisfies Templates,
};

/** The template of a language in a setting that has one for each; `*` is for all others. */
function ofLanguage(name: string, languageId: string, fallback: string): string {
	const templates = templatesIn(name);
	const template = templates[languageId] ?? templates['*'];
	return typeof template === 'string' && template.includes(fallback) ? template : fallback;
}

function templatesIn(name: string): Readonly<Record<string, unknown>> {
	return vscode.workspace.getConfiguration('workosVault').get<Readonly<Record<string, unknown>>>(name) ?? {};
}

function read(name: string, fallback: number): number;
function read(name: string, fallback: string): string;
function read(name: string, fallback: number | string): number | string {
	const value: unknown = vscode.workspace.getConfiguration('workosVault').get(name);
	if (typeof fallback === 'string') return typeof value === 'string' ? value : fallback;
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : fallback;
}
