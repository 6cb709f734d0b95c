// npm run bench:tour: by clicks, what a person asks a vault of 20,000 objects, and how long it takes until it is painted.
import { runMain, step } from '../../scripts/toolchain/progress.mjs';
import { builtForVsCode } from './inVsCode.mjs';

async function main() {
	const runSuite = await builtForVsCode();
	await step('The tour', async () => {
		const output = await runSuite('tour');
		for (const [, json] of output.matchAll(/^tour (\{.*\})$/gm)) {
			const { what, ms } = JSON.parse(json);
			console.log(`  ${what.padEnd(40)}${String(ms).padStart(7)} ms`);
		}
	});
}

await runMain(main);
