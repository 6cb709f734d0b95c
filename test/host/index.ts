import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { hasWindow, ui } from './ui';

async function takePicture(failed: Mocha.Runnable): Promise<void> {
	const title = failed.fullTitle().replace(/[^\p{L}\p{N}]+/gu, '-');
	if (hasWindow) await ui.screenshot(`failed-${title.slice(0, 80)}`);
}

/**
 * Runs the suites of the folder that VSCODEHOST_SUITE names, inside the extension host. Where the window can be driven,
 * a picture of it is taken when a test fails.
 * @throws when a test fails, or when none ran
 */
export async function run(): Promise<void> {
	const folder = path.join(__dirname, process.env['VSCODEHOST_SUITE'] ?? 'api');
	const mocha = new Mocha({
		ui: 'tdd',
		timeout: 30_000,
		slow: 5_000,
		color: Boolean(process.env['FORCE_COLOR']),
		forbidPending: true,
		rootHooks: {
			async afterEach(this: Mocha.Context) {
				if (this.currentTest?.state === 'failed') await takePicture(this.currentTest);
			},
		},
		...(process.env['VSCODEHOST_GREP'] && { grep: process.env['VSCODEHOST_GREP'] }),
	});
	const files = readdirSync(folder).filter((file) => file.endsWith('.test.js'));
	for (const file of files.sort()) mocha.addFile(path.join(folder, file));
	const pictures: Promise<void>[] = [];
	await new Promise<void>((resolve, reject) => {
		const runner = mocha.run((failures) => {
			if (failures > 0) reject(new Error(`${failures} of ${runner.total} tests failed`));
			else if (runner.total === 0) reject(new Error(`No test ran in ${folder}`));
			else resolve();
		});
		// No hook runs for a hook that failed, such as a suiteSetup.
		runner.on('fail', (failed: Mocha.Runnable) => {
			if (failed instanceof Mocha.Hook) pictures.push(takePicture(failed));
		});
	}).finally(() => Promise.allSettled(pictures));
}
