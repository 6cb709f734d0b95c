import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackages, npm } from './install.mjs';
import { inRoot } from './paths.mjs';
import { PlainError } from './progress.mjs';

/** Whether VS Code's own workbench can be served on this machine. */
export const canServeWorkbench = process.platform === 'linux' && process.arch === 'x64';

// code-server's shrinkwrap lacks this one peer, which makes `npm ci` refuse it.
const missingPeer = {
	version: '2.9.1',
	integrity: 'sha512-a4Ux9VKuIMHsOS7ENbEq6hK2ZGYIT27Rtl0E4eD9KqwxhKiQeMZE/9xb3IdYwWaSOyIBQLExhQgXDTYoiCxnWA==',
	license: '0BSD',
	peer: true,
};

/**
 * Makes sure that VS Code's workbench and extension host (code-server) and playwright-core are there. No install script
 * runs and nothing is compiled: two native modules that have no prebuilt file are replaced by small stand-ins.
 * @returns {Promise<string>} the folder whose node_modules holds both
 */
export async function ensureHost() {
	if (!canServeWorkbench) {
		throw new PlainError(
			"VS Code's workbench can be served on Linux x64 only. Elsewhere the host suites run in VS Code desktop: npm run test:desktop",
		);
	}
	const source = inRoot('test', 'host');
	return ensurePackages(
		'host',
		source,
		"Installing VS Code's workbench and extension host (about 200 MB, once)",
		async (folder) => {
			const inner = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
			const shrinkwrap = path.join(inner, 'npm-shrinkwrap.json');
			const lock = JSON.parse(await readFile(shrinkwrap, 'utf8'));
			lock.packages['node_modules/tslib'] ??= missingPeer;
			await writeFile(shrinkwrap, JSON.stringify(lock));
			await npm(['ci', '--omit=dev'], inner);
			for (const name of ['spdlog', 'native-watchdog']) {
				await copyFile(
					path.join(source, 'shims', `${name}.cjs`),
					path.join(inner, 'node_modules', '@vscode', name, 'index.js'),
				);
			}
		},
	);
}
