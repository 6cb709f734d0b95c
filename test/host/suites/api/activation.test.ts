import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';
import { extension } from '../../driver/product';
import { recorded, type Recording } from '../../driver/recorded';

const load = createRequire(__filename);

suite('Activation', () => {
	const connected: unknown[] = [];
	let made: Recording;

	suiteSetup(async () => {
		assert.equal(extension().isActive, false, 'something has activated the extension already');
		// The variable of npm start, in a window that is not one under development.
		process.env['WORKOS_VAULT_DEV_LOCAL'] = 'demo';
		const connect = Object.getOwnPropertyDescriptor(net.Socket.prototype, 'connect');
		assert.ok(connect);
		Object.defineProperty(net.Socket.prototype, 'connect', {
			...connect,
			value(this: net.Socket, ...args: unknown[]): unknown {
				connected.push(args[0]);
				return (connect.value as (...args: unknown[]) => unknown).apply(this, args);
			},
		});
		try {
			made = await recorded(path.join(extension().extensionPath, 'dist'), () => extension().activate());
		} finally {
			Object.defineProperty(net.Socket.prototype, 'connect', connect);
		}
	});

	test('opens no connection', () => {
		assert.deepEqual(connected, []);
	});

	test('does not load the SDK', () => {
		const dist = path.join(extension().extensionPath, 'dist');
		const loaded = Object.keys(load.cache).filter((file) => file.startsWith(dist));
		assert.deepEqual(
			loaded.map((file) => path.basename(file)),
			['extension.js'],
		);
	});

	test('loads these modules, and no other', () => {
		assert.deepEqual(made.modules, [
			'node:child_process',
			'node:crypto',
			'node:fs',
			'node:fs/promises',
			'node:os',
			'node:path',
			'vscode',
		]);
	});

	test('makes these objects, registers these, and no other', () => {
		const others = made.objects.filter((object) => !object.startsWith('commands.registerCommand workosVault.'));
		assert.deepEqual(others, [
			'languages.registerCodeActionsProvider',
			'languages.registerHoverProvider',
			'window.createOutputChannel WorkOS Vault',
			'window.createStatusBarItem workosVault.clipboard',
			'window.createStatusBarItem workosVault.connection',
			'window.createStatusBarItem workosVault.draft',
			'window.createStatusBarItem workosVault.lock',
			'window.createStatusBarItem workosVault.presentation',
			'window.createStatusBarItem workosVault.waiting',
			'window.createTextEditorDecorationType',
			'window.createTreeView workosVault.objects',
			'window.registerCustomEditorProvider workosVault.object',
			'window.registerFileDecorationProvider',
			'window.registerFileDecorationProvider',
			'window.registerUriHandler',
			'workspace.registerFileSystemProvider workos-vault-draft',
			'workspace.registerTextDocumentContentProvider workos-vault',
		]);
	});

	test('hands nothing to other extensions', () => {
		assert.equal(extension().exports, undefined);
	});

	test('ignores the variable of npm start outside of development', async () => {
		await vscode.commands.executeCommand('workosVault.objects.focus');
		await vscode.commands.executeCommand('workosVault.hideValues');
		const dist = path.join(extension().extensionPath, 'dist', 'workos.js');
		assert.equal(Object.keys(load.cache).includes(dist), false, 'a connection was made');
	});
});
