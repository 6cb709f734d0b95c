import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { documentAt } from '../../../../src/editor/documents/openDocument';
import { eventually } from '../../driver/eventually';
import { discardActiveEditor, newDocument } from '../../driver/product';

const start = { line: 0, offset: 0 };
const first = { start, end: { line: 0, offset: 3 } };

async function opened(content: string): Promise<{ document: vscode.TextDocument; uri: string }> {
	const { document } = await newDocument(content);
	return { document, uri: document.uri.toString() };
}

suite('A document that ciphertexts are replaced in', () => {
	teardown(discardActiveEditor);

	test('is the open one of a place, at the nearest position that it has', async () => {
		const { uri } = await opened('one\ntwo');
		const found = documentAt({ uri, line: 9, offset: 9 });
		assert.deepEqual(found?.position, { line: 1, offset: 3 });
		assert.equal(found?.lines.lineAt(0), 'one');
	});

	test('is none where the place is in no open document: none is opened', () => {
		assert.equal(documentAt({ uri: 'file:///etc/hostname', ...start }), undefined);
	});

	test('takes replacements in one undo step, with the document’s own line ends', async () => {
		const { document, uri } = await opened('one\r\ntwo\r\n');
		const second = { start: { line: 1, offset: 0 }, end: { line: 1, offset: 3 } };
		const outcome = await documentAt({ uri, ...start })?.replace([
			{ ...first, text: '1\n1' },
			{ ...second, text: '2' },
		]);
		assert.equal(outcome, 'done');
		assert.equal(document.getText(), '1\r\n1\r\n2\r\n');
		await vscode.commands.executeCommand('undo');
		await eventually(() => assert.equal(document.getText(), 'one\r\ntwo\r\n'));
	});

	test('is left alone where it changed since it was looked at', async () => {
		const { document, uri } = await opened('one');
		const found = documentAt({ uri, ...start });
		const edit = new vscode.WorkspaceEdit();
		edit.insert(document.uri, new vscode.Position(0, 0), 'x');
		await vscode.workspace.applyEdit(edit);
		assert.equal(await found?.replace([{ ...first, text: 'two' }]), 'changed');
		assert.equal(document.getText(), 'xone');
	});

	test('says what comes in the way: nothing in a new document, and a file system that can’t be written', async () => {
		const { uri } = await opened('one');
		assert.equal(await documentAt({ uri, ...start })?.obstacle(), undefined);

		const never = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
		const refuse = () => Promise.reject(vscode.FileSystemError.NoPermissions());
		const files: vscode.FileSystemProvider = {
			onDidChangeFile: never.event,
			watch: () => never,
			stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: 3 }),
			readDirectory: () => [],
			readFile: () => Buffer.from('one'),
			createDirectory: refuse,
			writeFile: refuse,
			delete: refuse,
			rename: refuse,
		};
		const registration = vscode.workspace.registerFileSystemProvider('unwritable', files, { isReadonly: true });
		try {
			const unwritable = vscode.Uri.from({ scheme: 'unwritable', path: '/one.txt' });
			await vscode.workspace.openTextDocument(unwritable);
			assert.equal(await documentAt({ uri: unwritable.toString(), ...start })?.obstacle(), 'readOnly');
		} finally {
			registration.dispose();
		}
	});
});
