import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { hasWindow, ui } from './ui';

const { env } = process;

/** The name of a failed test's picture. */
const pictureOf = (failed: Mocha.Runnable): string =>
	`failed-${failed
		.fullTitle()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.slice(0, 120)}`;

async function takePicture(failed: Mocha.Runnable): Promise<void> {
	if (!hasWindow) return;
	for (const window of await ui.openWindows()) {
		await ui.screenshot(`${pictureOf(failed)}${window === 0 ? '' : `-window-${window}`}`, { window });
	}
}

/** Says what failed to whoever started the suite: see scripts/reporter.cjs. */
function record(failed: Mocha.Runnable): void {
	const file = env['TEST_FAILURES'];
	if (!file) return;
	const only = failed instanceof Mocha.Hook ? failed.parent?.fullTitle() : failed.fullTitle();
	const picture = hasWindow ? path.join(env['VSCODEHOST_SCREENSHOTS'] ?? '', `${pictureOf(failed)}.png`) : undefined;
	appendFileSync(file, `${JSON.stringify({ title: failed.fullTitle(), only, picture })}\n`);
}

/**
 * Whether no other window of this suite has taken a file of tests; it is this window's then, also where VS Code starts
 * its extension host once more.
 */
function take(file: string): boolean {
	const folder = env['VSCODEHOST_TAKEN'];
	if (!folder) return true;
	const taken = path.join(folder, path.basename(file));
	const window = env['VSCODEHOST_UI'] ?? '';
	try {
		writeFileSync(taken, window, { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		return readFileSync(taken, 'utf8') === window;
	}
}

/** Runs files of tests. @returns how many tests there were, and how many failed */
async function runFiles(files: readonly string[]): Promise<{ total: number; failed: number }> {
	const mocha = new Mocha({
		ui: 'tdd',
		timeout: 120_000,
		slow: 5_000,
		color: Boolean(env['FORCE_COLOR']),
		forbidPending: true,
		rootHooks: {
			async afterEach(this: Mocha.Context) {
				if (this.currentTest?.state === 'failed') await takePicture(this.currentTest);
			},
		},
		...(env['VSCODEHOST_ONLY'] && { fgrep: env['VSCODEHOST_ONLY'] }),
	});
	for (const file of files) mocha.addFile(file);
	const pictures: Promise<void>[] = [];
	const result = await new Promise<{ total: number; failed: number }>((resolve) => {
		const runner = mocha.run((failed) => resolve({ total: runner.total, failed }));
		runner.on('fail', (failed: Mocha.Runnable) => {
			record(failed);
			// No hook runs for a hook that failed, such as a suiteSetup.
			if (failed instanceof Mocha.Hook) pictures.push(takePicture(failed));
		});
	});
	await Promise.allSettled(pictures);
	return result;
}

/**
 * Runs the suite of the folder that VSCODEHOST_SUITE names, inside the extension host: all of it, or with
 * VSCODEHOST_TAKEN, a folder that several windows share, the files that no other window has taken, in order of their names.
 * Where the window can be driven, a picture of it is taken when a test fails.
 * @throws when a test fails, or when none ran where no other window runs any
 */
export async function run(): Promise<void> {
	const folder = path.join(__dirname, '..', 'suites', env['VSCODEHOST_SUITE'] ?? 'api');
	const files = readdirSync(folder)
		.filter((file) => file.endsWith('.test.js'))
		.sort()
		.map((file) => path.join(folder, file));
	const results: { total: number; failed: number }[] = [];
	if (env['VSCODEHOST_TAKEN']) {
		for (const file of files) if (take(file)) results.push(await runFiles([file]));
	} else {
		results.push(await runFiles(files));
		if (results.every(({ total }) => total === 0)) throw new Error(`No test ran in ${folder}`);
	}
	const failed = results.reduce((sum, result) => sum + result.failed, 0);
	if (failed > 0) throw new Error(`${failed} tests failed`);
}
