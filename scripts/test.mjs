// npm test: everything that a change has to pass, in the order of what is quickest to fail.
import { ensurePrograms } from './toolchain/apt.mjs';
import { ensureChromium } from './toolchain/chromium.mjs';
import { canServeWorkbench, ensureHost } from './toolchain/host.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { ensureNode } from './toolchain/node.mjs';
import { program } from './toolchain/paths.mjs';
import { runMain } from './toolchain/progress.mjs';
import { ensureWorkosCli } from './toolchain/workosCli.mjs';
import { buildTests, mochaFiles, packageVsix, plain, runSteps } from './steps.mjs';
import { hostSuite, hostSuites } from './testHost.mjs';
import { leaks } from './testLeaks.mjs';

async function main() {
	await ensureOwnPackages();
	const node = await ensureNode();
	await ensurePrograms('bash', 'curl', 'jq');
	await ensureWorkosCli();
	if (canServeWorkbench) {
		await ensureHost();
		await ensureChromium();
	} else
		console.log('The host suites need Linux x64 here; npm run test:desktop runs those that VS Code desktop can run.');
	return runSteps([
		plain('Types', node, [program('typescript', 'tsc')]),
		plain('Types of the page', node, [program('typescript', 'tsc'), '-p', 'src/isolated']),
		plain('Lint', node, [program('eslint'), '.']),
		plain('Format', node, [program('prettier'), '--check', '.']),
		buildTests(node),
		mochaFiles('Unit', node, 'out/unit/**/*.test.js'),
		mochaFiles('Contract', node, 'out/contract/**/*.test.js'),
		mochaFiles('WorkOS CLI', node, 'test/cli/*.test.mjs'),
		// Builds for development, as npm start does: before the package, which the host suites run against.
		...(canServeWorkbench ? [mochaFiles('npm start', node, 'test/start/*.test.mjs')] : []),
		packageVsix(node),
		...(canServeWorkbench ? [...hostSuites().map((suite) => hostSuite(suite, node)), leaks(node)] : []),
	]);
}

await runMain(main);
