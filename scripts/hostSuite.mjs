// Runs one host suite in a VS Code: node scripts/hostSuite.mjs SUITE [--desktop]. Wants Node 24, the builds and the VSIX;
// testHost.mjs sees to them.
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { installExtension } from '../test/host/launcher/installExtension.mjs';
import { ensureHost } from './toolchain/host.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { PlainError, runMain } from './toolchain/progress.mjs';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { desktop: { type: 'boolean', default: false } },
});
const [suite] = positionals;

/** Suites that need modal dialogs or the system's clipboard; VS Code has neither while it knows that tests run. */
const withDialogs = new Set(['dialogs', 'windows', 'start', 'vsix', 'bench']);

async function main() {
	const temporary = await mkdtemp(path.join(os.tmpdir(), 'workos-vault-'));
	try {
		const workspace = path.join(temporary, 'workspace');
		await cp(inRoot('test', 'host', 'workspace'), workspace, { recursive: true });
		const userData = path.join(temporary, 'user-data');
		const extensions = path.join(temporary, 'extensions');
		for (const folder of [userData, extensions]) await mkdir(folder);
		if (suite === 'vsix') {
			const vsix = inRoot('workos-vault-explorer.vsix');
			await installExtension({ node: process.execPath, hostFolder: await ensureHost(), vsix, userData, extensions });
		}
		await runTests({
			...(!values.desktop && { vscodeExecutablePath: inRoot('test', 'host', 'launcher.mjs') }),
			// The packaged extension is tested where nothing of it is under development.
			extensionDevelopmentPath: suite === 'vsix' ? inRoot('test', 'host', 'runner') : inRoot(),
			extensionTestsPath: inRoot('out', 'host', 'index.js'),
			launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${extensions}`],
			extensionTestsEnv: {
				VSCODEHOST_SUITE: suite,
				VSCODEHOST_MODE: withDialogs.has(suite) ? 'dialogs' : 'tests',
				VSCODEHOST_SCREENSHOTS: inRoot('out', 'screenshots'),
			},
		}).catch((error) => {
			throw new PlainError(`The suite ${suite} did not pass: ${error.message}`);
		});
	} finally {
		await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}

await runMain(main);
