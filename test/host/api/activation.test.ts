import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';
import { extension } from '../product';

const load = createRequire(__filename);

suite('Activation', () => {
	const connected: unknown[] = [];

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
			await extension().activate();
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
