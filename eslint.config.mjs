import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The one import rule (ARCHITECTURE.md): arrows point to vault; only editor says vscode, only workos says WorkOS. */
const nothingFrom = (...patterns) => ({
	'no-restricted-imports': 'off',
	'@typescript-eslint/no-restricted-imports': [
		'error',
		{ patterns: patterns.map(([regex, message]) => ({ regex, message })) },
	],
});

const vscode = ['^vscode$', 'Only editor/ and extension.ts say vscode.'];
const sdk = ['^@workos-inc/', 'Only workos/ says WorkOS.'];
const node = ['^node:', 'This layer is pure: it has no Node.'];
const folder = (...names) => [`^(\\.\\./)+(${names.join('|')})/`, 'Arrows point to vault/: see ARCHITECTURE.md.'];
const messagesOnly = [
	'^(\\.\\./)+isolated/(?!(object/)?messages$)',
	'isolated/ is a page of its own: only its messages are shared.',
];

const syntax = [
	{ selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
	{ selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
];
const setsContext = {
	selector: "Literal[value='setContext']",
	message: 'Set context keys with editor/contextKeys.ts, which knows their names and values.',
};
const runsCommand = {
	selector: "CallExpression[callee.property.name='executeCommand'] > Literal[value=/^workosVault/]",
	message: 'Write `satisfies CommandId` behind it: the compiler sees then that there is such a command.',
};
const registersCommand = {
	property: 'registerCommand',
	message: 'Register commands in editor/register.ts, the one error boundary.',
};
const reads = '/^(readFile|readdir)(Sync)?$|^(stat|exists|open)Sync$/';
const readsRepository = {
	selector: `CallExpression:matches([callee.name=${reads}], [callee.property.name=${reads}]) > Literal.arguments:first-child[value!='package.json']`,
	message: 'What reads the repository stands at the top of test/unit, where `npm run check` always runs it.',
};
const languageModels = ['lm', 'chat'].map((property) => ({
	object: 'vscode',
	property,
	message: 'No value may reach a language model.',
}));

export default tseslint.config(
	{ ignores: ['dist', 'out', '.toolchain', '.vscode-test', '**/node_modules', 'scripts/toolchain/host/shims'] },
	js.configs.recommended,
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/explicit-module-boundary-types': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'no-restricted-syntax': ['error', ...syntax],
		},
	},
	{
		files: ['src/**/*.ts'],
		rules: {
			'no-console': 'error',
			'@typescript-eslint/naming-convention': [
				'error',
				{ selector: 'variable', format: ['camelCase'], leadingUnderscore: 'allow' },
				{ selector: 'variable', modifiers: ['destructured'], format: null },
				{ selector: 'typeLike', format: ['PascalCase'] },
			],
		},
	},
	{
		files: ['src/**/*.ts'],
		ignores: ['src/editor/contextKeys.ts'],
		rules: { 'no-restricted-syntax': ['error', ...syntax, setsContext, runsCommand] },
	},
	{ files: ['test/unit/*/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...syntax, readsRepository] } },
	{ files: ['src/**/*.ts'], rules: { 'no-restricted-properties': ['error', ...languageModels, registersCommand] } },
	{ files: ['src/editor/register.ts'], rules: { 'no-restricted-properties': ['error', ...languageModels] } },
	{
		files: ['src/vault/**/*.ts'],
		rules: nothingFrom(vscode, sdk, node, folder('workos', 'commands', 'editor', 'local', 'isolated')),
	},
	{ files: ['src/workos/**/*.ts'], rules: nothingFrom(vscode, folder('commands', 'editor', 'local', 'isolated')) },
	{
		files: ['src/commands/**/*.ts'],
		rules: nothingFrom(vscode, sdk, node, folder('workos', 'editor', 'local', 'isolated')),
	},
	{ files: ['src/editor/**/*.ts'], rules: nothingFrom(sdk, folder('workos', 'local'), messagesOnly) },
	{
		files: ['src/local/**/*.ts'],
		rules: nothingFrom(vscode, sdk, folder('vault', 'workos', 'commands', 'editor', 'isolated')),
	},
	{
		files: ['src/isolated/**/*.ts'],
		rules: nothingFrom(vscode, sdk, node, folder('vault', 'workos', 'commands', 'editor', 'local')),
	},
	{
		files: ['**/*.{mjs,cjs,js}'],
		languageOptions: {
			globals: {
				process: 'readonly',
				console: 'readonly',
				setTimeout: 'readonly',
				clearTimeout: 'readonly',
				setInterval: 'readonly',
				clearInterval: 'readonly',
				fetch: 'readonly',
				URL: 'readonly',
				URLSearchParams: 'readonly',
				Buffer: 'readonly',
				performance: 'readonly',
				AbortController: 'readonly',
				AbortSignal: 'readonly',
				require: 'readonly',
				module: 'writable',
				exports: 'writable',
				__dirname: 'readonly',
				window: 'readonly',
				document: 'readonly',
				localStorage: 'readonly',
				navigator: 'readonly',
				CSSStyleSheet: 'readonly',
				Element: 'readonly',
				Event: 'readonly',
			},
		},
		rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
	},
);
