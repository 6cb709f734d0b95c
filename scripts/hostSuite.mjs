// Runs one host suite in a VS Code: node scripts/hostSuite.mjs SUITE [--desktop | --oldest]. Wants Node 24, the builds and the VSIX;
// testHost.mjs sees to them.
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { installExtension } from './launcher/installExtension.mjs';
import { development } from './start/development.mjs';
import { ensureHost } from './toolchain/host.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { PlainError, runMain } from './toolchain/progress.mjs';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { desktop: { type: 'boolean', default: false }, oldest: { type: 'boolean', default: false } },
});
const [suite] = positionals;
const version = values.oldest ? 'oldest' : 'newest';

/** Suites that need modal dialogs or the system's clipboard; VS Code has neither while it knows that tests run. */
const withDialogs = new Set(['hostile', 'dialogs', 'windows', 'start', 'vsix', 'bench']);

/** What is under development, where it is not the extension alone. */
const developed = {
	/** What npm start opens. */
	start: (started) => started.developed,
	/** The packaged extension is tested where nothing of it is under development. */
	vsix: () => inRoot('scripts', 'launcher', 'runner'),
};

/** The oldest VS Code that the extension says it runs in: there it is proved, and newer ones keep what they had. */
async function oldestVersion() {
	const { engines } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
	return engines.vscode.replace('^', '');
}

/** Whether the windows that were quicker have taken every file of tests: this one is not needed then. */
function isAllTaken() {
	const { VSCODEHOST_TAKEN: taken } = process.env;
	const files = readdirSync(inRoot('test', 'host', 'suites', suite)).filter((file) => file.endsWith('.test.ts'));
	return taken !== undefined && readdirSync(taken).length >= files.length;
}

async function main() {
	if (isAllTaken()) return console.log('The other windows have run all of it.');
	const temporary = await mkdtemp(path.join(os.tmpdir(), 'workos-vault-'));
	try {
		const { workspace, ...started } = await development(temporary);
		const userData = path.join(temporary, 'user-data');
		const extensions = path.join(temporary, 'extensions');
		for (const folder of [userData, extensions]) await mkdir(folder);
		if (suite === 'vsix') {
			const vsix = inRoot('workos-vault-explorer.vsix');
			await installExtension({ ...(await ensureHost(version)), vsix, userData, extensions });
		}
		await runTests({
			...(values.desktop
				? { version: await oldestVersion() }
				: { vscodeExecutablePath: inRoot('scripts', 'launcher.mjs') }),
			extensionDevelopmentPath: developed[suite]?.(started) ?? inRoot(),
			extensionTestsPath: inRoot('out', 'host', 'driver', 'run.js'),
			launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${extensions}`],
			extensionTestsEnv: {
				...(suite === 'start' && started.env),
				VSCODEHOST_VERSION: version,
				VSCODEHOST_SUITE: suite,
				VSCODEHOST_MODE: withDialogs.has(suite) ? 'dialogs' : 'tests',
				VSCODEHOST_SCREENSHOTS: inRoot('out', 'screenshots'),
				VSCODEHOST_USER_DATA: userData,
				VSCODEHOST_TIMEOUT: '1500',
				...(process.env.TEST_LOG && { VSCODEHOST_LOG: `${process.env.TEST_LOG}.window.log` }),
			},
		}).catch((error) => {
			throw new PlainError(`The suite ${suite} did not pass: ${error.message}`);
		});
	} finally {
		await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}

await runMain(main);
