import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dangerIn, draftSettings, type EffectiveSetting } from '../../../../src/editor/drafts/draftSettings';

/** Another value than ours, of any setting. */
function otherThan(value: unknown): unknown {
	if (typeof value === 'boolean') return !value;
	if (typeof value === 'number') return value * 10;
	return typeof value === 'string' ? 'other' : { other: 'on' };
}

/** What each setting that locks would do to a draft, said once more: the table itself can't tell that it is wrong. */
const locking = {
	disk: [
		'files.autoSave',
		'files.autoSaveDelay',
		'files.autoSaveWorkspaceFilesOnly',
		'files.autoSaveWhenNoErrors',
		'files.saveConflictResolution',
	],
	bytes: [
		'files.encoding',
		'files.eol',
		'files.autoGuessEncoding',
		'files.trimTrailingWhitespace',
		'files.insertFinalNewline',
		'files.trimFinalNewlines',
		'editor.unusualLineTerminators',
		'editor.formatOnSave',
		'editor.formatOnPaste',
		'editor.formatOnType',
		'editor.codeActionsOnSave',
		'editor.detectIndentation',
		'editor.insertSpaces',
		'editor.autoIndent',
		'editor.trimAutoWhitespace',
		'editor.autoClosingBrackets',
		'editor.autoClosingQuotes',
		'editor.autoSurround',
		'editor.linkedEditing',
		'editor.renameOnType',
		'editor.tabCompletion',
		'editor.trimWhitespaceOnDelete',
		'editor.pasteAs.enabled',
		'editor.dropIntoEditor.enabled',
	],
	text: [
		'editor.wordBasedSuggestions',
		'editor.quickSuggestions',
		'editor.inlineSuggest.enabled',
		'editor.find.history',
		'editor.find.replaceHistory',
		'editor.find.seedSearchStringFromSelection',
		'editor.selectionClipboard',
		'editor.find.globalFindClipboard',
		'editor.suggestOnTriggerCharacters',
		'editor.parameterHints.enabled',
	],
} as const;

suite('VS Code’s settings for drafts', () => {
	const ours = (name: string): EffectiveSetting => ({ value: draftSettings[name]?.[0], setFor: {} });
	const guarded = Object.entries(draftSettings).filter(([, [, effect]]) => effect !== 'calm');

	test('are what the manifest has for the language of secrets', () => {
		const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
			contributes: { configurationDefaults: Record<string, Record<string, unknown>> };
		};
		const values = Object.entries(draftSettings).map(([name, [value]]) => [name, value]);
		assert.deepEqual(contributes.configurationDefaults['[workos-vault-secret]'], Object.fromEntries(values));
	});

	test('lock nothing as they are', () => assert.equal(dangerIn(ours), undefined));

	const words = {
		disk: /would write what you type to the disk$/,
		bytes: /would change what you type$/,
		text: /would hand on what you type$/,
	};
	test('lock a draft by what they do, and no other one does', () => {
		assert.deepEqual(Object.fromEntries(guarded.map(([name, [, effect]]) => [name, effect])), {
			...Object.fromEntries(locking.disk.map((name) => [name, 'disk'])),
			...Object.fromEntries(locking.bytes.map((name) => [name, 'bytes'])),
			...Object.fromEntries(locking.text.map((name) => [name, 'text'])),
		});
	});

	for (const [name, [value, effect]] of guarded) {
		test(`${name} locks a draft where a folder has another value for secrets, and is named with the place`, () => {
			const other = otherThan(value);
			const danger = dangerIn((read) =>
				read === name ? { value: other, setFor: { 'the workspace’s settings': other } } : ours(read),
			);
			assert.match(danger?.words ?? '', words[effect as keyof typeof words]);
			assert.ok(
				danger?.words.startsWith(`with “${name}” set for secrets in the workspace’s settings, `),
				danger?.words,
			);
			assert.equal(danger?.scope, 'the workspace’s settings');
		});
	}

	test('a person’s own code actions on saving, for all languages, lock nothing', () => {
		const own = { 'source.fixAll.eslint': 'explicit' };
		assert.equal(
			dangerIn((name) =>
				name.endsWith('OnSave') && !name.includes('format') ? { value: own, setFor: {} } : ours(name),
			),
			undefined,
		);
	});

	/** What locks a draft where one setting has a value, as the workspace set it for secrets. */
	const dangerOf = (name: string, value: unknown) =>
		dangerIn((read) => (read === name ? { value, setFor: { 'the workspace’s settings': value } } : ours(read)));

	for (const [name, value] of [
		['editor.codeActionsOnSave', {}],
		['editor.codeActionsOnSave', []],
		['editor.codeActionsOnSave', { 'source.fixAll': 'never' }],
		['editor.codeActionsOnSave', { 'source.fixAll': false, 'source.organizeImports': 'never' }],
		['editor.quickSuggestions', false],
		['editor.quickSuggestions', { strings: 'off', comments: false, other: 'off' }],
		['editor.wordBasedSuggestions', false],
		['editor.tabCompletion', false],
		['editor.find.seedSearchStringFromSelection', false],
		['editor.selectionClipboard', undefined],
		['editor.find.globalFindClipboard', undefined],
	] as const) {
		test(`${name} locks nothing as ${JSON.stringify(value)}, which does nothing`, () => {
			assert.equal(dangerOf(name, value), undefined);
		});
	}

	for (const [name, value] of [
		['editor.codeActionsOnSave', { 'source.fixAll': 'never', 'source.organizeImports': 'explicit' }],
		['editor.codeActionsOnSave', { 'source.fixAll': true }],
		['editor.codeActionsOnSave', ['source.fixAll']],
		['editor.quickSuggestions', true],
		['editor.quickSuggestions', { comments: 'off', strings: 'off', other: 'inline' }],
		['editor.quickSuggestions', { comments: 'off', strings: 'off' }],
		['editor.quickSuggestions', { comments: 'off', strings: 'off', other: 'never' }],
		['editor.wordBasedSuggestions', true],
		['editor.autoIndent', false],
	] as const) {
		test(`${name} locks a draft as ${JSON.stringify(value)}`, () => assert.ok(dangerOf(name, value)));
	}

	test('of two places that set a part of an object, the one is named that does something', () => {
		const danger = dangerIn((name) =>
			name === 'editor.quickSuggestions'
				? {
						value: { other: 'on', comments: 'off', strings: 'off' },
						setFor: { 'your settings': { other: 'on' }, 'the workspace’s settings': { comments: 'off' } },
					}
				: ours(name),
		);
		assert.match(danger?.words ?? '', /set for secrets in your settings,/);
	});

	test('a short auto-save of somebody’s choice locks nothing, one that comes after the backup does', () => {
		const withDelay = (delay: number) =>
			dangerIn((name) =>
				name === 'files.autoSaveDelay' ? { value: delay, setFor: { 'your settings': delay } } : ours(name),
			);
		assert.equal(withDelay(250), undefined);
		assert.match(withDelay(251)?.words ?? '', /“files.autoSaveDelay” set for secrets in your settings/);
	});

	test('what only draws or offers something locks nothing', () => {
		const calm = Object.keys(draftSettings).filter((name) => draftSettings[name]?.[1] === 'calm');
		assert.ok(calm.length > 3);
		assert.equal(
			dangerIn((name) => (calm.includes(name) ? { value: true, setFor: { 'your settings': true } } : ours(name))),
			undefined,
		);
	});
});
