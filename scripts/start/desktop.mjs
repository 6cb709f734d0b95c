import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { onPath } from '../toolchain/programs.mjs';
import { run } from '../toolchain/child.mjs';
import { inRoot } from '../toolchain/paths.mjs';
import { throughShell } from './shell.mjs';
import { shortFolder } from './shortFolder.mjs';

const isWindows = process.platform === 'win32';

function start(code, args, options) {
	if (!isWindows) return spawn(code, args, options);
	const [command, line, more] = throughShell(code, args);
	return spawn(command, line, { ...options, ...more });
}

/**
 * VS Code desktop's command, where it is on the PATH and new enough. The `code` in a terminal of a remote window (SSH,
 * WSL, a container) is not it: it can't open a window with a profile of its own.
 */
export async function findDesktop() {
	if (process.env.VSCODE_IPC_HOOK_CLI || process.env.WSL_DISTRO_NAME) return undefined;
	const code = onPath(isWindows ? 'code.cmd' : 'code');
	if (!code) return undefined;
	const { output } = isWindows
		? await run('cmd.exe', ['/c', 'code', '--version'])
		: await run(code, ['--version', ...asRoot()]);
	const found = /^(\d+)\.(\d+)\.\d+/m.exec(output);
	const [, major, minor] = /(\d+)\.(\d+)/.exec(JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).engines.vscode);
	if (found && (Number(found[1]) > Number(major) || Number(found[2]) >= Number(minor))) return code;
	console.log(
		`The VS Code on the PATH says that it is ${found?.[0] ?? 'of an unknown version'}; the extension needs ${major}.${minor} or newer. An editor that is made of VS Code may count versions of its own: put VS Code’s own command first on the PATH.`,
	);
	return undefined;
}

const asRoot = () =>
	process.getuid?.() === 0 ? ['--no-sandbox', '--user-data-dir', inRoot('.vscode-test', 'start', 'desktop')] : [];

/**
 * Opens VS Code desktop and waits until its window is closed; Ctrl+C closes it.
 * @returns {Promise<number>} an exit code
 */
export async function openDesktop(code, profile, { workspace, developed, env }) {
	const folder = shortFolder(profile);
	mkdirSync(folder, { recursive: true });
	const args = ['--user-data-dir', folder, '--extensions-dir', path.join(folder, 'extensions')];
	for (const extension of developed) args.push(`--extensionDevelopmentPath=${extension}`);
	args.push('--disable-workspace-trust', '--skip-welcome', '--new-window', '--wait');
	if (process.getuid?.() === 0) args.push('--no-sandbox');
	console.log('VS Code is open. Close its window or press Ctrl+C to end.');
	const started = Date.now();
	const child = start(code, [...args, workspace], { stdio: 'inherit', env: { ...process.env, ...env } });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			closeWindow(path.join(folder, 'code.lock'), started);
			child.kill(signal);
		});
	}
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (exitCode, signal) => resolve(signal ? 130 : exitCode));
	});
}

/** The command only talks to VS Code's main process, which writes its number to a file in its profile. */
function closeWindow(lock, started) {
	try {
		if (statSync(lock).mtimeMs >= started) process.kill(Number(readFileSync(lock, 'utf8')));
	} catch {
		// It has not written the file yet, or has ended.
	}
}
