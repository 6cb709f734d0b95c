import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

const load = createRequire(__filename);
const id = 'workos-vault-explorer.workos-vault-explorer';

type Activate = (context: vscode.ExtensionContext) => unknown;

// The extension exports nothing, so that its bundle is loaded here first, and VS Code finds it loaded, with a clock
// around activate(). The cache tells which of its files were loaded in the end.
suite('Activation', () => {
	test('takes this long, and loads this much', async () => {
		const extension = vscode.extensions.getExtension(id);
		assert.ok(extension, `${id} is not installed`);
		assert.equal(extension.isActive, false, 'something has activated the extension already');
		const { main } = extension.packageJSON as { main: string };
		const entry = load.resolve(path.join(extension.extensionPath, main));

		const beforeLoad = performance.now();
		const bundle = load(entry) as { activate: Activate };
		const afterLoad = performance.now();
		let synchronous = 0;
		let whole = 0;
		const activate = async (context: vscode.ExtensionContext) => {
			const start = performance.now();
			const pending = bundle.activate(context);
			synchronous = performance.now() - start;
			const result = await pending;
			whole = performance.now() - start;
			return result;
		};
		const loaded = load.cache[entry];
		assert.ok(loaded, 'the bundle is not in the cache');
		loaded.exports = { ...bundle, activate };
		await extension.activate();
		assert.ok(whole > 0, 'VS Code has loaded the bundle another time');

		const dist = path.dirname(entry) + path.sep;
		const files = Object.keys(load.cache).filter((file) => file.startsWith(dist));
		const figures = {
			loadMs: afterLoad - beforeLoad,
			synchronousMs: synchronous,
			activateMs: whole,
			bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
			files: files.map((file) => path.basename(file)),
		};
		console.log(`activation ${JSON.stringify(figures)}`);
	});
});
