import { aptInstall } from './apt.mjs';
import { onPath } from './programs.mjs';
import { PlainError } from './progress.mjs';

/** Chromium without its own windows: a test's window takes a fifth less of the machine in it. */
const withoutWindows = 'chromium-headless-shell';

const browsers = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser'];

const find = () =>
	process.env.VSCODEHOST_CHROMIUM ??
	onPath(...(process.env.VSCODEHOST_HEADED ? browsers : [withoutWindows, ...browsers]));

/**
 * Makes sure that there is a Chromium or Chrome; Debian's without windows is installed where there is none and apt may be
 * used.
 * @returns {Promise<string>} the program's path
 * @throws PlainError where a person has to install one
 */
export async function ensureChromium() {
	const there = find();
	if (there) return there;
	await aptInstall(
		[withoutWindows],
		'Installing Chromium with apt (about 90 MB, once)',
		'The tests need a browser: install Chromium or Google Chrome and run it again.',
	);
	const installed = find();
	if (!installed)
		throw new PlainError(
			'apt has installed Chromium, but it is not on the PATH: set VSCODEHOST_CHROMIUM to where it is.',
		);
	return installed;
}
