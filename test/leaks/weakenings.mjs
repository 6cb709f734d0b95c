/**
 * Ways to take a protection away, one or more for each row of the table: edits of the sources, each of which has to
 * match exactly once; what to do then; and the row that has to tell of it.
 * @typedef {object} Weakening
 * @property {string} protection what is taken away
 * @property {{ file: string, find: string, replace: string }[]} edits
 * @property {string} scenario the title of what is done
 * @property {string} place the table's row
 */

const revealed = 'const ticket = crypto.randomUUID();';
const reveals = 'src/editor/documents/reveals.ts';
const reveal = 'reveal, look for a part of it, hide';

/** @type {Weakening[]} */
export const weakenings = [
	{
		protection: 'drafts are saved into memory before VS Code’s backup comes, and the guard sees to it',
		edits: [
			{ file: 'package.json', find: '"files.autoSave": "afterDelay"', replace: '"files.autoSave": "off"' },
			{
				file: 'src/editor/drafts/guard.ts',
				find: 'const danger = findDanger(document);',
				replace: 'const danger = findDanger(document) && undefined;',
			},
		],
		scenario: 'type for ten seconds without a pause, publish',
		place: 'VS Code’s backups',
	},
	{
		protection: 'no value is kept in a setting',
		edits: [
			{
				file: reveals,
				find: revealed,
				replace: `${revealed} await vscode.workspace.getConfiguration('workosVault').update('editor', value.value, true);`,
			},
		],
		scenario: reveal,
		place: 'User data',
	},
	{
		protection: 'what is revealed again is kept no more than what is revealed',
		edits: [
			{
				file: reveals,
				find: 'await this.closeHidden(value.again);',
				replace:
					"if (this.#hidden.size > 0) await vscode.workspace.getConfiguration('workosVault').update('editor', value.value, true); await this.closeHidden(value.again);",
			},
		],
		scenario: 'hide a value and reveal it again, in the text editor and in the isolated one',
		place: 'User data',
	},
	{
		protection: 'an address holds a ticket, not the value',
		edits: [
			{
				file: reveals,
				find: 'documentAddress(revealScheme, ticket, value.title, value.source)',
				replace: 'documentAddress(revealScheme, ticket, `${value.title} ${value.value}`, value.source)',
			},
		],
		// The window writes down what is open when it is left.
		scenario: 'reload the window with a reveal, a diff and a draft open',
		place: 'Browser profile',
	},
	{
		protection: 'a find box is neither filled with the selected text nor remembered',
		edits: [
			{
				file: 'package.json',
				find: '"editor.find.history": "never"',
				replace: '"editor.find.history": "workspace"',
			},
			{
				file: 'package.json',
				find: '"editor.find.seedSearchStringFromSelection": "never"',
				replace: '"editor.find.seedSearchStringFromSelection": "always"',
			},
		],
		scenario: reveal,
		place: 'Browser profile',
	},
	{
		protection: 'drafts are kept encrypted',
		edits: [
			{
				file: 'src/editor/storage/sealedFiles.ts',
				find: 'Buffer.concat([nonce, Buffer.from(body)])',
				replace: 'Buffer.concat([nonce, Buffer.from(body), Buffer.from(text)])',
			},
		],
		scenario: 'close the tab of an unpublished draft, reopen it, close and discard it',
		place: 'Extension storage',
	},
	{
		protection: 'the log holds no body',
		edits: [
			{
				file: 'src/workos/exchange.ts',
				find: 'path: url.pathname,',
				replace: 'path: `${url.pathname} ${String(init.body)}`,',
			},
		],
		scenario: 'replace a value from the masked box',
		place: 'Logs',
	},
	{
		protection: 'a value is shown without a file in the workspace',
		edits: [
			{
				file: reveals,
				find: revealed,
				replace: `${revealed} await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'value.txt'), Buffer.from(value.value));`,
			},
		],
		scenario: reveal,
		place: 'Workspace',
	},
	{
		protection: 'a value is shown without a temporary file, though it were gone at once',
		edits: [
			{
				file: reveals,
				find: revealed,
				replace: `${revealed} const file = require('node:os').tmpdir() + '/value.txt'; require('node:fs').writeFileSync(file, value.value); setTimeout(() => require('node:fs').rmSync(file), 500);`,
			},
		],
		scenario: reveal,
		place: 'Temporary folder',
	},
	{
		protection: 'Local Vault encrypts values',
		edits: [
			{
				file: 'src/local/store/versions.ts',
				find: 'seal(dataKey.key, bytes, boundTo(owner, versionId))',
				replace: 'bytes',
			},
		],
		scenario: 'create from a typed value',
		place: 'Local Vault’s files',
	},
	{
		protection: 'a copied value is cleared from the clipboard',
		edits: [
			{
				file: 'src/editor/ui/copiedText.ts',
				find: "if ((await fingerprintOf(current)) === fingerprint) await clipboard.writeText('');",
				replace: 'await fingerprintOf(current + fingerprint);',
			},
		],
		scenario: 'copy a value, which is cleared from the clipboard',
		place: 'Clipboard',
	},
];
