// npm run bench:activation: what activating the extension costs, in a real extension host, of the production build.
// Each run has a fresh VS Code: a second activation in one host would find everything warm.
import { tail } from '../../scripts/toolchain/child.mjs';
import { PlainError, runMain, step } from '../../scripts/toolchain/progress.mjs';
import { builtForVsCode } from './inVsCode.mjs';

const runs = 5;

const median = (figures) => figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)];

async function main() {
	const runSuite = await builtForVsCode();
	const results = [];
	for (let index = 1; index <= runs; index++) {
		await step(`Run ${index} of ${runs}`, async () => {
			const output = await runSuite('bench');
			const [, figures] = /^activation (\{.*\})$/m.exec(output) ?? [];
			if (!figures) throw new PlainError(`The run printed no figures:\n\n${tail(output)}`);
			results.push(JSON.parse(figures));
		});
	}
	const show = (title, key) => {
		const figures = results.map((result) => result[key]);
		const [low, high] = [Math.min(...figures), Math.max(...figures)];
		console.log(
			`${title.padEnd(34)}${median(figures).toFixed(1).padStart(7)} ms   (${low.toFixed(1)} to ${high.toFixed(1)})`,
		);
	};
	console.log(`\nMedian of ${runs} runs, each in a fresh VS Code:`);
	show('loading the bundle', 'loadMs');
	show('inside activate(), to its return', 'synchronousMs');
	show('inside activate(), to its promise', 'activateMs');
	const { bytes, files } = results[0];
	console.log(`${'loaded'.padEnd(34)}${(bytes / 1024).toFixed(1).padStart(7)} KiB  (${files.join(', ')})`);
}

await runMain(main);
