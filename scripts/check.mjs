// npm run check: types, lint, format and unit tests. What has passed before and is the same is not looked at again, so that
// it can be run after every change; npm test looks at everything.
import { ensureOwnPackages } from './toolchain/install.mjs';
import { ensureNode } from './toolchain/node.mjs';
import { runMain } from './toolchain/progress.mjs';
import { runSteps } from './steps.mjs';
import { buildUnitTests, bundledTests, checks, editsFit } from './suites.mjs';

async function main() {
	await ensureOwnPackages();
	const node = await ensureNode();
	return runSteps([
		buildUnitTests(node),
		...bundledTests('unit', node, { isCached: true }),
		editsFit(node),
		...checks(node, { isCached: true }),
	]);
}

await runMain(main);
