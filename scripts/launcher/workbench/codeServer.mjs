import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const followParent = fileURLToPath(new URL('../../toolchain/followParent.cjs', import.meta.url));

// What an enclosing VS Code, Electron or code-server has set for its own children would be taken for ours.
const foreign =
	/^(VSCODE_(IPC_HOOK\w*|PROXY_URI|CWD|PID|NLS_CONFIG|AGENT_FOLDER|ESM_ENTRYPOINT|CODE_CACHE_PATH)|ELECTRON_\w+|PORT|PASSWORD|HASHED_PASSWORD|NODE_OPTIONS|CODE_SERVER_\w+)$/;

/** VS Code's version and commit in an installed host. */
export function hostVersion(hostFolder) {
	const folder = path.join(codeServerFolder(hostFolder), 'lib', 'vscode');
	const read = (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
	return { version: read('package.json').version, commit: read('product.json').commit };
}

const codeServerFolder = (hostFolder) =>
	path.dirname(createRequire(path.join(hostFolder, 'package.json')).resolve('code-server/package.json'));

/** code-server's script for Node, in an installed host. */
export const codeServerEntry = (hostFolder) => path.join(codeServerFolder(hostFolder), 'out', 'node', 'entry.js');

/**
 * Starts code-server on a socket file of its own: nothing but who may read the temporary folder can reach it.
 * It ends with `stop`, and by itself when this process is gone.
 * @param {{ node: string, hostFolder: string, temporary: string, userData: string, extensions: string, env?: NodeJS.ProcessEnv, log: (text: string) => void, onEnd: (why: string) => void }} options
 */
export async function startCodeServer({ node, hostFolder, temporary, userData, extensions, env = {}, log, onEnd }) {
	const socket = path.join(temporary, 'server.sock');
	const config = path.join(temporary, 'code-server.yaml');
	writeFileSync(config, 'auth: none\n');
	const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
	const args = [
		'--config',
		config,
		'--auth',
		'none',
		'--socket',
		socket,
		'--session-socket',
		path.join(temporary, 'session.sock'),
	];
	args.push(
		'--disable-telemetry',
		'--disable-update-check',
		'--disable-workspace-trust',
		'--disable-getting-started-override',
	);
	args.push('--user-data-dir', userData, '--extensions-dir', extensions);
	const child = spawn(node, ['--require', followParent, codeServerEntry(hostFolder), ...args], {
		// A process group of its own, so that the extension host, the terminals and the file watchers can be ended with it.
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...Object.fromEntries(inherited),
			...env,
			XDG_RUNTIME_DIR: temporary,
			FOLLOWED_PID: String(process.pid),
			FOLLOWED_TEMPORARY: temporary,
		},
	});
	const killGroup = (signal) => {
		try {
			process.kill(-child.pid, signal);
		} catch {
			// Nothing of the group is left.
		}
	};
	process.on('exit', () => killGroup('SIGKILL'));
	let isStopping = false;
	const ended = new Promise((resolve) => child.once('exit', resolve));

	await new Promise((resolve, reject) => {
		let printed = '';
		const timer = setTimeout(() => reject(new Error(`code-server does not listen after 60 s:\n${printed}`)), 60_000);
		const onText = (text) => {
			log(`[server] ${text}`);
			if (timer.hasRef()) printed += text;
			if (printed.includes('HTTP server listening on')) {
				clearTimeout(timer);
				resolve();
			}
			const crash = /Extension Host Process exited with code: (\S+), signal: (\S+?)\.?\s/.exec(text);
			if (crash && crash[1] !== '0') onEnd(`the extension host ended: code ${crash[1]}, signal ${crash[2]}`);
		};
		for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onText);
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			const why = `code-server ended early (${code ?? signal})`;
			reject(new Error(`${why}\n${printed}`));
			if (!isStopping) onEnd(why);
		});
	});

	return {
		socket,
		/** Ends the server and everything that it started. */
		async stop() {
			isStopping = true;
			killGroup('SIGTERM');
			const timer = new Promise((resolve) => setTimeout(resolve, 4000).unref());
			await Promise.race([ended, timer]);
			killGroup('SIGKILL');
		},
	};
}
