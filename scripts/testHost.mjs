// Runs the host suites in a real VS Code, each in a fresh one.
//   npm run test:host [-- SUITE…] [--no-build]     the suites of test/host, all unless some are named
//   npm run test:desktop                           in VS Code desktop, which is downloaded: the suites that need no clicks
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureChromium } from './toolchain/chromium.mjs';
import { ensureHost } from './toolchain/host.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { ensureNode } from './toolchain/node.mjs';
import { inRoot } from './toolchain/paths.mjs';
import { PlainError, runMain } from './toolchain/progress.mjs';
import { buildTests, counted, packageVsix, runSteps } from './steps.mjs';

const order = ['api', 'ui', 'isolated', 'hostile', 'dialogs', 'windows', 'start', 'vsix'];
const desktopSuites = ['api'];

/** The host suites that there are, in the order to run them. */
export const hostSuites = () => {
	const folders = readdirSync(inRoot('test', 'host'));
	return order.filter((suite) => folders.includes(suite));
};

/** A step that runs one host suite. */
export const hostSuite = (suite, node, flags = []) =>
	counted(`Host suite ${suite}`, node, [inRoot('scripts', 'hostSuite.mjs'), suite, ...flags]);

async function main() {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { desktop: { type: 'boolean', default: false }, 'no-build': { type: 'boolean', default: false } },
	});
	const known = values.desktop ? desktopSuites : [...hostSuites(), 'bench'];
	const unknown = positionals.filter((suite) => !known.includes(suite));
	if (unknown.length > 0)
		throw new PlainError(`There is no suite ${unknown.join(', ')} here. There are: ${known.join(', ')}.`);
	const suites = positionals.length > 0 ? positionals : known.filter((suite) => suite !== 'bench');

	await ensureOwnPackages();
	const node = await ensureNode();
	if (!values.desktop) {
		await ensureHost();
		await ensureChromium();
	}
	const steps = values['no-build'] ? [] : [buildTests(node), ...(suites.includes('vsix') ? [packageVsix(node)] : [])];
	return runSteps([...steps, ...suites.map((suite) => hostSuite(suite, node, values.desktop ? ['--desktop'] : []))]);
}

if (process.argv[1] === inRoot('scripts', 'testHost.mjs')) await runMain(main);
