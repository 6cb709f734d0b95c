/**
 * The settings, each as `workosVault.` and its name: what each can be, and what it is as long as nobody says otherwise.
 * A template has its `placeholder` in it; package.json has more of them, by language.
 */
export const settingValues = {
	'reveal.hideAfter': { type: 'number', default: 120 },
	'clipboard.clearAfter': { type: 'number', default: 30 },
	'lock.after': { type: 'number', default: 15 },
	editor: { type: 'string', enum: ['text', 'isolated'], default: 'text' },
	click: { type: 'string', enum: ['page', 'expand'], default: 'page' },
	'localVault.purgeAfter': { type: 'integer', maximum: 36_500, default: 30 },
	requestsPerMinute: { type: 'number', default: 1000 },
	'encrypt.layout': { type: 'string', enum: ['node', 'go'], default: 'node' },
	'encrypt.template': { type: 'object', placeholder: '${ciphertext}' },
	'reference.template': { type: 'object', placeholder: '${name}' },
} as const;

type Values = typeof settingValues;

/** The name of a setting, as VS Code knows it. */
export type SettingName = `workosVault.${keyof Values}`;

type NamesOf<Kind> = { [N in keyof Values]: Values[N] extends Kind ? N : never }[keyof Values];
/** The settings that are a number. */
export type FigureName = NamesOf<{ readonly type: 'number' | 'integer' }>;
/** The settings that are one of some words. */
export type ChoiceName = NamesOf<{ readonly enum: readonly string[] }>;
/** The words that a setting can be. */
export type Choice<N extends ChoiceName> = Values[N]['enum'][number];
/** The settings that have a template for each language. */
export type TemplateName = NamesOf<{ readonly placeholder: string }>;
