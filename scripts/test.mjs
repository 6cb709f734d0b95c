// npm test: everything that a change has to pass, side by side where one does not disturb the other.
//   npm test [-- NAME…] [--only TEXT]     the steps of these names alone, and of their tests those with TEXT in their titles
import { parseArgs } from 'node:util';
import { ensurePrograms } from './toolchain/apt.mjs';
import { ensureChromium } from './toolchain/chromium.mjs';
import { canServeWorkbench, ensureHost } from './toolchain/host.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { ensureNode } from './toolchain/node.mjs';
import { PlainError, runMain } from './toolchain/progress.mjs';
import { ensureWorkosCli } from './toolchain/workosCli.mjs';
import { leftOut } from './leftOut.mjs';
import { runSteps } from './steps.mjs';
import {
	buildTests,
	bundledTests,
	checks,
	editsFit,
	hostSuite,
	hostSuites,
	leaks,
	mochaFiles,
	packageVsix,
} from './suites.mjs';

const { contractAndCli: isWithoutPosix, sentences } = leftOut({ platform: process.platform, canServeWorkbench });

/** In the order in which they start: what is quickest to fail, then what takes longest. */
function allSteps(node, only) {
	const inWindows = canServeWorkbench
		? [...hostSuites().flatMap((suite) => hostSuite(suite, node, { only })), ...leaks(node, { only })]
		: [];
	return [
		// Builds for development, as npm start does: before the build that all others run against.
		...(canServeWorkbench
			? [mochaFiles('npmStart', 'npm start', node, ['test/start/*.test.mjs'], { only, needs: [] })]
			: []),
		...checks(node, { isCached: false }),
		buildTests(node, ['--production']),
		packageVsix(node, ['--no-build']),
		...bundledTests('unit', node, { only }),
		editsFit(node, { only }),
		...(isWithoutPosix ? [] : bundledTests('contract', node, { only })),
		...inWindows,
		...(isWithoutPosix ? [] : [mochaFiles('cli', 'WorkOS CLI', node, ['test/cli/*.test.mjs'], { only })]),
	];
}

/** The steps of these names, and what has to be made before them. */
function chosen(steps, names) {
	const known = [...new Set(steps.map(({ name }) => name))];
	const unknown = names.filter((name) => !known.includes(name));
	if (unknown.length > 0)
		throw new PlainError(`There is no step ${unknown.join(', ')} here. There are: ${known.join(', ')}.`);
	const needed = steps.filter(({ name }) => names.includes(name)).flatMap(({ needs }) => needs ?? []);
	return steps.filter(({ name }) => names.includes(name) || (needed.includes(name) && name !== 'npmStart'));
}

async function main() {
	const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
	for (const sentence of sentences) console.log(sentence);
	await ensureOwnPackages();
	const node = await ensureNode();
	if (!isWithoutPosix) {
		await ensurePrograms('bash', 'curl', 'jq');
		await ensureWorkosCli();
	}
	if (canServeWorkbench) {
		await ensureHost();
		await ensureChromium();
	}
	const steps = allSteps(node, values.only);
	return runSteps(positionals.length > 0 ? chosen(steps, positionals) : steps);
}

await runMain(main);
