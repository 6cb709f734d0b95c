import * as vscode from 'vscode';
import type { Templates } from '../commands/textEditor/templates';
import { settingValues, type Choice, type ChoiceName, type FigureName, type TemplateName } from './settingValues';

const { maximum: mostPurgeDays } = settingValues['localVault.purgeAfter'];

/** The person's settings, read when they are needed. */
export const settings = {
	/** Seconds without use after which a revealed value is hidden; 0 for never. */
	hideAfter: (): number => figure('reveal.hideAfter'),
	/** Seconds after which a copied value is cleared from the clipboard. */
	clearClipboardAfter: (): number => figure('clipboard.clearAfter'),
	/** Minutes without use after which everything is locked; 0 for never. */
	lockAfter: (): number => figure('lock.after'),
	/** Which editor shows values where the connection does not ask for the isolated one. */
	editor: (): Choice<'editor'> => choice('editor'),
	/** What a click on an object does. */
	click: (): Choice<'click'> => choice('click'),
	/** Days after which Local Vault removes a deleted object for good. */
	purgeAfter: (): number => Math.min(mostPurgeDays, Math.round(figure('localVault.purgeAfter'))),
	/** The most requests that are sent to a vault in a minute; 0 for no limit of its own. */
	requestsPerMinute: (): number => figure('requestsPerMinute'),
	/** What goes into a document in the place of a secret. */
	templates: {
		encrypt: (languageId) => ofLanguage('encrypt.template', languageId),
		reference: (languageId) => ofLanguage('reference.template', languageId),
		languages: () => Object.keys(templatesIn('reference.template')).filter((languageId) => languageId !== '*'),
		layout: () => choice('encrypt.layout'),
	} satisfies Templates,
};

/** The template of a language in a setting that has one for each; `*` is for all others. */
function ofLanguage(name: TemplateName, languageId: string): string {
	const { placeholder } = settingValues[name];
	const templates = templatesIn(name);
	const template = templates[languageId] ?? templates['*'];
	return typeof template === 'string' && template.includes(placeholder) ? template : placeholder;
}

function templatesIn(name: TemplateName): Readonly<Record<string, unknown>> {
	return (read(name) as Readonly<Record<string, unknown>> | undefined) ?? {};
}

/** Whatever a file of settings says: it may be no word that there is, or no figure. */
function choice<N extends ChoiceName>(name: N): Choice<N> {
	const { enum: words, default: usual } = settingValues[name];
	const value = read(name);
	return (words as readonly unknown[]).includes(value) ? (value as Choice<N>) : usual;
}

function figure(name: FigureName): number {
	const value = read(name);
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : settingValues[name].default;
}

function read(name: string): unknown {
	return vscode.workspace.getConfiguration('workosVault').get(name);
}
