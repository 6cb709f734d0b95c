import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acme,
	clearNotifications,
	closeEditors,
	connect,
	isShown,
	leave,
	newDocument,
	notification,
	openOrganization,
	pressRowAction,
	publishButton,
	startVault,
	type TestVault,
} from '../../driver/product';
import { type HostileVault, startHostileVault } from '../hostile/server';
import { eventually, ui } from '../../driver/ui';
import { inPage } from '../isolated/tab';

const context = { organization_id: acme.id };
const mebibyte = 1024 * 1024;

/** What the text editor holds exactly. */
const exact: Readonly<Record<string, string>> = {
	'CRLF line ends': 'one\r\ntwo\r\n\r\n',
	'LF line ends': 'one\n\ntwo\n',
	'a byte order mark': '\ufeffone\ntwo\n',
	'a byte order mark and CRLF line ends': '\ufeffone\r\ntwo',
	'a byte order mark inside': 'one\ufefftwo\ufeff',
	'trailing spaces and tabs': '  one  \n\ttwo\t \n   ',
	'no final newline': 'one\ntwo',
	'many final newlines': 'one\n\n\n\n',
	'line and paragraph separators': 'one\u2028two\u2029three\u0085four',
	'a vertical tab, a form feed and other control characters': 'one\u000b\u000c\u0001\u001b\u007ftwo',
	'emoji and combining characters': '😀👩‍👩‍👧‍👦 e\u0301 ﷽ \u202eright to left',
	'characters of no meaning': '\ufffe\uffff\ufffd\u{10ffff}',
	'nothing but one space': ' ',
};

/** What an editor would change, and what is said of it. */
const inexact: Readonly<Record<string, readonly [value: string, reason: RegExp]>> = {
	'mixed line ends': ['one\r\ntwo\nthree', /line ends/],
	'a lone CR': ['one\rtwo', /carriage return/],
	'two byte order marks': ['\ufeff\ufeffone', /characters that are not text/],
};

suite('Exact bytes through the text editor', () => {
	let vault: TestVault;
	let hostile: HostileVault;

	suiteSetup(async () => {
		const values = { ...exact, ...Object.fromEntries(Object.entries(inexact).map(([what, [value]]) => [what, value])) };
		const objects = Object.entries(values).map(([name, value]) => ({ name, value, context }));
		const large = {
			name: 'large',
			value: 'x'
				.repeat(63)
				.concat('\n')
				.repeat(mebibyte / 64 - 1),
			context,
		};
		const nul = { name: 'nul', value: 'one\0two\0', context };
		const half = { name: 'half', value: 'one', context };
		vault = await startVault({ organizations: [acme], objects: [...objects, large, nul, half] });
		hostile = await startHostileVault(vault);
		await connect({ ...vault, url: hostile.url }, 'Exact bytes');
		await openOrganization(acme.name);
	});
	suiteTeardown(async () => {
		await leave(vault);
		await hostile.refuse();
	});
	setup(clearNotifications);
	teardown(closeEditors);

	/** Clicks the pencil beside an object and answers the document that opens. */
	const open = async (name: string): Promise<vscode.TextDocument> => {
		await ui.scrollTo(name);
		await pressRowAction(name, 'edit', () => isShown(`.tab.active .label-name:text-is("${name}")`));
		return eventually(() => {
			const document = vscode.window.activeTextEditor?.document;
			assert.ok(document?.uri.scheme === 'workos-vault-draft');
			return document;
		});
	};
	/** Opens a value and puts the cursor at its end. */
	const edit = async (name: string): Promise<vscode.TextDocument> => {
		const document = await open(name);
		await ui.waitFor(publishButton);
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await vscode.commands.executeCommand('cursorBottom');
		return document;
	};
	const typed = async (document: vscode.TextDocument, text: string): Promise<void> => {
		await ui.type(text);
		await eventually(() => assert.ok(document.getText().endsWith(text)));
	};
	const publish = async (name: string): Promise<void> => {
		await ui.press('Control+S');
		await notification(`Published a new version of “${name}”.`);
	};
	/** Compares byte for byte; a failure says where, not what a mebibyte is. */
	const assertHolds = async (name: string, value: string): Promise<void> => {
		const [held, expected] = [Buffer.from((await vault.read(name)).value), Buffer.from(value)];
		const at = held.findIndex((byte, index) => byte !== expected[index]);
		assert.ok(held.equals(expected), `${held.length} of ${expected.length} bytes, other from ${at} on`);
	};

	/** Opens a value, finds it read-only for a reason that is said, and closes it again. */
	const assertReadOnly = async (name: string, reason: RegExp): Promise<void> => {
		const document = await open(name);
		await notification(`can’t hold the value of “${name}” exactly`);
		const [said] = await ui.notifications();
		assert.match(said?.message ?? '', reason);
		await ui.waitFor(publishButton, 'detached');
		const before = document.getText();
		await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
		await ui.type('x');
		await ui.waitFor('.monaco-editor-overlaymessage');
		assert.equal(document.getText(), before);
		await closeEditors();
	};

	test('a value with a NUL, which VS Code’s editor takes for a binary one, is edited in the isolated editor', async () => {
		await ui.scrollTo('nul');
		const content = inPage('.cm-content');
		await pressRowAction('nul', 'edit', () => isShown(content));
		await ui.click(content);
		await ui.press('Control+End');
		await ui.type('X');
		await ui.waitFor(inPage('.cm-content:has-text("X")'));
		await publish('nul');
		await assertHolds('nul', 'one\0two\0X');
	});

	for (const [what, value] of Object.entries(exact)) {
		test(`a value with ${what} is published with what was typed and no other change`, async () => {
			const document = await edit(what);
			await typed(document, 'X');
			await publish(what);
			await assertHolds(what, `${value}X`);
		});

		test(`a value with ${what} survives an undone change and a look at another editor`, async () => {
			const { value: before } = await vault.read(what);
			const document = await edit(what);
			await typed(document, 'Y');
			await vscode.commands.executeCommand('undo');
			await eventually(() => assert.ok(!document.getText().endsWith('Y')));
			await newDocument('elsewhere');
			await vscode.window.showTextDocument(document);
			await eventually(() => assert.equal(document.isDirty, false));
			await ui.press('Control+S');
			await notification('Nothing to publish');
			await typed(document, 'Z');
			await publish(what);
			await assertHolds(what, `${before}Z`);
		});
	}

	test('a value with half a character opens read-only, says why, and is never changed', async () => {
		// Local Vault keeps none: a server in front of it answers one.
		const { id } = await vault.read('half');
		const held = await vault.call('GET', `/vault/v1/kv/${id}`);
		hostile.answer(
			(response) =>
				response
					.writeHead(200, { 'Content-Type': 'application/json' })
					.end(JSON.stringify({ ...held, value: 'one\ud800two' })),
			({ url }) => url.endsWith(id),
		);
		await assertReadOnly('half', /half a character/);
		hostile.answer();
		await assertHolds('half', 'one');
	});

	test('a value of one mebibyte is published with what was typed and no other change', async () => {
		const { value } = await vault.read('large');
		assert.equal(value.length, mebibyte - 64);
		const document = await edit('large');
		await typed(document, 'X');
		await publish('large');
		await assertHolds('large', `${value}X`);
	});

	test('what another client published meanwhile does not change the text that is open', async () => {
		const name = 'CRLF line ends';
		const { value } = await vault.read(name);
		const document = await edit(name);
		await typed(document, 'mine');
		await vault.publish(name, 'theirs\nwith\nLF');
		await newDocument('elsewhere');
		await vscode.window.showTextDocument(document);
		await ui.press('Control+S');
		await ui.pressNotification('Somebody published', 'Overwrite Theirs');
		await notification('Published a new version');
		await assertHolds(name, `${value}mine`);
	});

	for (const [what, [value, reason]] of Object.entries(inexact)) {
		test(`a value with ${what} opens read-only, says why, and is never changed`, async () => {
			await assertReadOnly(what, reason);
			await assertHolds(what, value);
		});
	}
});
