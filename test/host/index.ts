import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { hasWindow, ui } from './ui';

const fileName = (title: string) => title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);

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
				const test = this.currentTest;
				if (test?.state === 'failed' && hasWindow) await ui.screenshot(`failed-${fileName(test.fullTitle())}`);
			},
		},
		...(process.env['VSCODEHOST_GREP'] && { grep: process.env['VSCODEHOST_GREP'] }),
	});
	const files = readdirSync(folder).filter((file) => file.endsWith('.test.js'));
	for (const file of files.sort()) mocha.addFile(path.join(folder, file));
	await new Promise<void>((resolve, reject) => {
		const runner = mocha.run((failures) => {
			if (failures > 0) reject(new Error(`${failures} of ${runner.total} tests failed`));
			else if (runner.total === 0) reject(new Error(`No test ran in ${folder}`));
			else resolve();
		});
	});
}
