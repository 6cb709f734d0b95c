import path from 'node:path';
import { run, tail } from '../toolchain/child.mjs';
import { codeServerEntry } from './workbench/codeServer.mjs';

/**
 * Installs a packaged extension as VS Code does it.
 * @param {{ node: string, hostFolder: string, vsix: string, userData: string, extensions: string }} options
 * @throws when VS Code does not accept the package
 */
export async function installExtension({ node, hostFolder, vsix, userData, extensions }) {
	const folders = [
		'--user-data-dir',
		userData,
		'--extensions-dir',
		extensions,
		'--config',
		path.join(userData, 'code-server.yaml'),
	];
	const { code, output } = await run(node, [codeServerEntry(hostFolder), ...folders, '--install-extension', vsix]);
	if (code !== 0 || !output.includes('successfully installed')) {
		throw new Error(`VS Code did not install ${path.basename(vsix)}:\n${tail(output)}`);
	}
}
