import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

const settings = {
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	'workbench.enableExperiments': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	// The desktop's defaults, where the web's differ:
	'files.autoSave': 'off',
	'window.confirmBeforeClose': 'never',
	// Nothing outside is asked, and nothing that is not under test asks for attention:
	'chat.disableAIFeatures': true,
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': false,
	'extensions.ignoreRecommendations': true,
	'files.simpleDialog.enable': true,
	'git.enabled': false,
	'security.workspace.trust.enabled': false,
	'telemetry.telemetryLevel': 'off',
	'update.mode': 'none',
};

/** Makes a user-data folder with settings for an undisturbed window; a folder that has settings keeps them. */
export function prepareUserData(folder, more = {}) {
	const file = path.join(folder, 'User', 'settings.json');
	mkdirSync(path.dirname(file), { recursive: true });
	if (!existsSync(file)) writeFileSync(file, JSON.stringify({ ...settings, ...more }, undefined, 2));
}

/**
 * The port that a user-data folder has for good. Secrets and state are kept by the browser under the page's origin: on
 * another port they are not to be found. So where the port is taken, another one serves for this run only.
 * @param {string} folder
 * @returns {Promise<{ port: number, taken?: number }>} a free port, and the folder's own where something listens on it
 */
export async function keptPort(folder) {
	const file = path.join(folder, 'port');
	const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
	if (!kept) {
		const port = await freePort(0);
		writeFileSync(file, String(port));
		return { port };
	}
	return freePort(kept).then(
		(port) => ({ port }),
		async () => ({ port: await freePort(0), taken: kept }),
	);
}

function freePort(port) {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject).listen(port, '127.0.0.1', () => {
			const { port: found } = server.address();
			server.close(() => resolve(found));
		});
	});
}
