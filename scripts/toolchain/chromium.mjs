import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { run, tail } from './child.mjs';
import { PlainError, step } from './progress.mjs';

/** The first of these programs that is on the PATH. */
export function onPath(...names) {
	for (const name of names) {
		for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
			const file = path.join(folder, name);
			try {
				accessSync(file, constants.X_OK);
				return file;
			} catch {
				continue;
			}
		}
	}
	return undefined;
}

const find = () =>
	process.env.VSCODEHOST_CHROMIUM ?? onPath('chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser');

/**
 * Makes sure that there is a Chromium or Chrome; Debian's is installed where there is none and apt may be used.
 * @returns {Promise<string>} the program's path
 * @throws PlainError where a person has to install one
 */
export async function ensureChromium() {
	const there = find();
	if (there) return there;
	const apt = process.platform === 'linux' && onPath('apt-get');
	const prefix =
		process.getuid?.() === 0
			? []
			: apt && onPath('sudo') && (await run('sudo', ['-n', 'true'])).code === 0
				? ['sudo', '-n']
				: undefined;
	if (!apt || !prefix)
		throw new PlainError('The tests need a browser: install Chromium or Google Chrome and run it again.');
	await step('Installing Chromium with apt (about 110 MB, once)', async () => {
		await aptGet(prefix, ['update', '-qq']);
		await aptGet(prefix, ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
	});
	const installed = find();
	if (!installed)
		throw new PlainError(
			'apt has installed Chromium, but it is not on the PATH: set VSCODEHOST_CHROMIUM to where it is.',
		);
	return installed;
}

async function aptGet(prefix, args) {
	const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
	const { code, output } = await run(command, rest);
	if (code !== 0)
		throw new PlainError(
			`apt-get ${args[0]} failed. Its last words:\n\n${tail(output)}\n\nInstall Chromium or Google Chrome and run it again.`,
		);
}
