// npm start: opens VS Code with the extension and a seeded Local Vault, in a profile of its own.
//   npm start [-- --web] [--profile FOLDER]
// --web: serve VS Code's workbench, also where VS Code desktop is installed; --profile: another one than is kept for it.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findDesktop, openDesktop } from './start/desktop.mjs';
import { buildProduct, development } from './start/development.mjs';
import { serveWorkbench } from './start/workbench.mjs';
import { canServeWorkbench } from './toolchain/host.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { PlainError, runMain } from './toolchain/progress.mjs';

const { values } = parseArgs({
	options: {
		web: { type: 'boolean', default: false },
		profile: { type: 'string', default: inRoot('.vscode-test', 'start') },
	},
});

async function main() {
	await ensureOwnPackages();
	await buildProduct();
	const folder = path.resolve(values.profile);
	mkdirSync(folder, { recursive: true });
	const window = await development(folder);

	const desktop = values.web ? undefined : await findDesktop();
	if (desktop) return openDesktop(desktop, path.join(folder, 'desktop'), window);
	if (canServeWorkbench) return serveWorkbench(path.join(folder, 'web'), window);
	throw new PlainError(
		process.platform === 'darwin'
			? 'Install VS Code 1.105 or newer, run "Shell Command: Install \'code\' command in PATH" in it, and run npm start again.'
			: 'Install VS Code 1.105 or newer so that its command `code` is on the PATH, and run npm start again.',
	);
}

await runMain(main);
