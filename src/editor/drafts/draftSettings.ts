/**
 * What another value of a setting would do to a draft: let VS Code write it to the disk, change its bytes, or hand its text
 * on. What only draws or offers something is kept calm, and locks nothing.
 */
export type Effect = 'disk' | 'bytes' | 'text' | 'calm';

/** VS Code writes a dirty document to the disk 2 s after a key, where auto-save is on: ours must come well before. */
const maxAutoSaveDelay = 250;

/** VS Code's settings in the language of secrets: the value that package.json has, and what another one would do. */
export const draftSettings: Readonly<Record<string, readonly [value: unknown, effect: Effect]>> = {
	'files.autoSave': ['afterDelay', 'disk'],
	'files.autoSaveDelay': [100, 'disk'],
	'files.autoSaveWorkspaceFilesOnly': [false, 'disk'],
	'files.autoSaveWhenNoErrors': [false, 'disk'],
	'files.saveConflictResolution': ['overwriteFileOnDisk', 'disk'],
	'files.encoding': ['utf8', 'bytes'],
	'files.eol': ['\n', 'bytes'],
	'files.autoGuessEncoding': [false, 'bytes'],
	'files.trimTrailingWhitespace': [false, 'bytes'],
	'files.insertFinalNewline': [false, 'bytes'],
	'files.trimFinalNewlines': [false, 'bytes'],
	'editor.unusualLineTerminators': ['off', 'bytes'],
	'editor.formatOnSave': [false, 'bytes'],
	'editor.formatOnPaste': [false, 'bytes'],
	'editor.formatOnType': [false, 'bytes'],
	'editor.codeActionsOnSave': [{}, 'bytes'],
	'editor.detectIndentation': [false, 'bytes'],
	'editor.insertSpaces': [false, 'bytes'],
	'editor.autoIndent': ['none', 'bytes'],
	'editor.trimAutoWhitespace': [false, 'bytes'],
	'editor.autoClosingBrackets': ['never', 'bytes'],
	'editor.autoClosingQuotes': ['never', 'bytes'],
	'editor.autoSurround': ['never', 'bytes'],
	'editor.linkedEditing': [false, 'bytes'],
	// The old name of linked editing, which VS Code still follows.
	'editor.renameOnType': [false, 'bytes'],
	'editor.tabCompletion': ['off', 'bytes'],
	'editor.trimWhitespaceOnDelete': [false, 'bytes'],
	// With these on, extensions say what is put in, and VS Code puts it in as a snippet, which it indents.
	'editor.pasteAs.enabled': [false, 'bytes'],
	'editor.dropIntoEditor.enabled': [false, 'bytes'],
	'editor.wordBasedSuggestions': ['off', 'text'],
	'editor.quickSuggestions': [{ other: 'off', comments: 'off', strings: 'off' }, 'text'],
	'editor.inlineSuggest.enabled': [false, 'text'],
	'editor.find.history': ['never', 'text'],
	'editor.find.replaceHistory': ['never', 'text'],
	'editor.find.seedSearchStringFromSelection': ['never', 'text'],
	// On Linux, each selection would go to the primary selection and stay there; on macOS, what is sought, to all programs.
	'editor.selectionClipboard': [false, 'text'],
	'editor.find.globalFindClipboard': [false, 'text'],
	'editor.links': [false, 'calm'],
	'editor.codeLens': [false, 'calm'],
	'editor.colorDecorators': [false, 'calm'],
	'editor.suggestOnTriggerCharacters': [false, 'text'],
	'editor.parameterHints.enabled': [false, 'text'],
	'editor.occurrencesHighlight': ['off', 'calm'],
	'editor.lightbulb.enabled': ['off', 'calm'],
	'diffEditor.ignoreTrimWhitespace': [false, 'calm'],
};

/** A setting as it is for a draft: its value, and what was set for the language of secrets, by where that stands. */
export interface EffectiveSetting {
	readonly value: unknown;
	readonly setFor: Readonly<Partial<Record<SettingsScope, unknown>>>;
}

/** Whose settings it is that one stands in. */
export type SettingsScope = 'your settings' | 'the workspace’s settings' | 'the folder’s settings';

/** What comes between a person and their draft: words that name the setting, and where it stands, if anybody set it. */
export interface SettingsDanger {
	readonly words: string;
	readonly scope: SettingsScope | undefined;
}

/**
 * What comes between a person and their draft; undefined where nothing does. A person's own settings for all languages
 * count for nothing: those for a language go before them.
 */
export function dangerIn(read: (name: string) => EffectiveSetting): SettingsDanger | undefined {
	for (const [name, [wanted, effect]] of Object.entries(draftSettings)) {
		if (effect === 'calm') continue;
		const { value, setFor } = read(name);
		// VS Code puts a person's own code actions into ours: what was set for this language tells.
		const isMerged = name === 'editor.codeActionsOnSave';
		if (!isMerged && isHarmless(name, value, wanted)) continue;
		const others = Object.entries(setFor).filter(([, set]) => {
			// An object of a part of the keys leaves the other ones as they are.
			const whole = isRecord(set) && isRecord(wanted) && !Array.isArray(set) ? { ...wanted, ...set } : set;
			return set !== undefined && !isHarmless(name, whole, wanted);
		});
		if (isMerged && others.length === 0) continue;
		const scope = others.at(-1)?.[0] as SettingsScope | undefined;
		const words = `with “${name}” set for secrets in ${scope ?? 'the settings'}, VS Code would ${doing[effect]}`;
		return { words, scope };
	}
	return undefined;
}

const doing: Record<Exclude<Effect, 'calm'>, string> = {
	disk: 'write what you type to the disk',
	bytes: 'change what you type',
	text: 'hand on what you type',
};

/** Whether a setting's value does nothing to a draft: it is ours, or VS Code takes it for one that does no more. */
function isHarmless(name: string, value: unknown, wanted: unknown): boolean {
	return value === wanted || (harmless[name]?.(value) ?? false);
}

/** The settings that have harmless values besides ours. */
const harmless: Readonly<Record<string, (value: unknown) => boolean>> = {
	'files.autoSaveDelay': (delay) => Number(delay) <= maxAutoSaveDelay,
	'editor.codeActionsOnSave': (actions) =>
		typeof actions === 'object' && Object.values(actions ?? {}).every((when) => when === false || when === 'never'),
	// Where one of the three is missing, VS Code has a default of its own for it.
	'editor.quickSuggestions': (kinds) =>
		kinds === false ||
		(isRecord(kinds) && ['other', 'comments', 'strings'].every((kind) => isFalseOr('off')(kinds[kind]))),
	'editor.wordBasedSuggestions': isFalseOr('off'),
	'editor.tabCompletion': isFalseOr('off'),
	'editor.find.seedSearchStringFromSelection': isFalseOr('never'),
	// Not every system has these.
	'editor.selectionClipboard': (isOn) => isOn === undefined,
	'editor.find.globalFindClipboard': (isOn) => isOn === undefined,
};

/** Some settings were switches before they had words, and VS Code still takes `false`. */
function isFalseOr(word: string): (value: unknown) => boolean {
	return (value) => value === false || value === word;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
