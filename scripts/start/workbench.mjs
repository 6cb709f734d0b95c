import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startCodeServer } from '../launcher/workbench/codeServer.mjs';
import { keptPort, prepareUserData } from '../launcher/workbench/profile.mjs';
import { isWorkbench, startProxy, windowPath } from '../launcher/workbench/proxy.mjs';
import { ensureHost } from '../toolchain/host.mjs';
import { PlainError } from '../toolchain/progress.mjs';

/**
 * Serves VS Code's workbench on loopback with the extension under development.
 * @param {{ folder: string, workspace: string, developed: string[], env: NodeJS.ProcessEnv, settings?: object, onEnd: (why: string) => void }} options
 * `folder` keeps the profile
 * @throws PlainError where the profile is in use
 */
export async function startWorkbench({ folder, workspace, developed, env, settings, onEnd }) {
	const { hostFolder, node, canShareSecrets } = await ensureHost();
	const userData = path.join(folder, 'user-data');
	const extensions = path.join(folder, 'extensions');
	prepareUserData(userData, settings);
	mkdirSync(extensions, { recursive: true });
	const { port, taken } = await keptPort(userData);
	if (taken !== undefined) await sayTaken(taken);
	const temporary = mkdtempSync(path.join(os.tmpdir(), 'workos-vault-'));
	const server = await startCodeServer({
		node,
		hostFolder,
		temporary,
		userData,
		extensions,
		env,
		log: () => {},
		onEnd,
	});
	const proxy = await startProxy({
		socket: server.socket,
		port,
		home: windowPath(workspace),
		sharesSecrets: canShareSecrets,
		development: () => ({ developed }),
	});
	return {
		hostFolder,
		...proxy,
		async stop() {
			await Promise.race([proxy.close(), new Promise((resolve) => setTimeout(resolve, 500))]);
			await server.stop();
			rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
		},
	};
}

async function sayTaken(port) {
	if (await isWorkbench(port)) {
		throw new PlainError(
			'npm start is running already. Use its window, or press Ctrl+C in its terminal. A second one beside it needs a profile of its own: npm start -- --profile FOLDER',
		);
	}
	console.log(
		`Another program has port ${port}, which this profile was used on. The window is on another port this time, where the browser does not find its keys and layout. They are back as soon as the port is free.`,
	);
}

/**
 * Serves the workbench until Ctrl+C and prints its address.
 * @returns {Promise<number>} an exit code
 */
export function serveWorkbench(folder, { workspace, developed, env }) {
	return new Promise((resolve, reject) => {
		const starting = startWorkbench({
			folder,
			workspace,
			developed,
			env,
			onEnd: (why) => end(1, `VS Code's server: ${why}.`),
		});
		let isEnding = false;
		const end = async (code, why) => {
			if (isEnding) return;
			isEnding = true;
			if (why) console.error(why);
			await (await starting.catch(() => undefined))?.stop();
			resolve(code);
			process.exit(code);
		};
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0, '\nEnded.'));
		starting.then(({ address }) => {
			console.log(
				`\nVS Code is ready. Open this address in a browser on this machine:\n\n  ${address}\n\nCtrl+C ends it.`,
			);
		}, reject);
	});
}
