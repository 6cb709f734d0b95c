// Runs the host suites in a real VS Code, each in a fresh one.
//   npm run test:host [-- SUITE…] [--no-build] [--only TEXT]     the suites of test/host/suites, all unless some are named
//   npm run test:host -- --oldest [SUITE…] …                     in the oldest VS Code that the extension says it runs in
//   npm run test:desktop                                         in VS Code desktop, which is downloaded: the suites that
//                                                                need no clicks
import { parseArgs } from 'node:util';
import { ensureChromium } from './toolchain/chromium.mjs';
import { ensureHost } from './toolchain/host.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { ensureNode } from './toolchain/node.mjs';
import { PlainError, runMain } from './toolchain/progress.mjs';
import { runSteps } from './steps.mjs';
import { buildTests, hostSuite, hostSuites, packageVsix } from './suites.mjs';

const desktopSuites = ['api'];

/** What the extension promises of the oldest VS Code; its windows don't share their secrets here. */
const oldestSuites = ['api', 'isolated', 'objectPage', 'ui', 'vsix'];

const suitesFor = ({ desktop, oldest }) => (desktop ? desktopSuites : oldest ? oldestSuites : hostSuites());

async function main() {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			desktop: { type: 'boolean', default: false },
			oldest: { type: 'boolean', default: false },
			'no-build': { type: 'boolean', default: false },
			only: { type: 'string' },
		},
	});
	const known = suitesFor(values);
	const unknown = positionals.filter((suite) => !known.includes(suite));
	if (unknown.length > 0)
		throw new PlainError(`There is no suite ${unknown.join(', ')} here. There are: ${known.join(', ')}.`);
	const suites = positionals.length > 0 ? positionals : known;

	await ensureOwnPackages();
	const node = await ensureNode();
	if (!values.desktop) {
		await ensureHost(values.oldest ? 'oldest' : 'newest');
		await ensureChromium();
	}
	// The package is made of the build that the other suites run against.
	const builds = suites.includes('vsix')
		? [buildTests(node, ['--production']), packageVsix(node, ['--no-build'])]
		: [buildTests(node)];
	const flags = ['desktop', 'oldest'].filter((name) => values[name]).map((name) => `--${name}`);
	return runSteps(
		[
			...(values['no-build'] ? [] : builds),
			...suites.flatMap((suite) => hostSuite(suite, node, { only: values.only, flags })),
		],
		({ name }) => ['npm run test:host --', ...flags, name].join(' '),
	);
}

await runMain(main);
