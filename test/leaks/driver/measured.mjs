import { ended } from '../ended.mjs';

/** VS Code backs a draft up where the extension host does not answer within two seconds: so much, in ms, is still sure. */
const bearable = 1000;
const attempts = 3;
let repeated = 0;

/**
 * Does something in a run. Where the extension host stood still meanwhile, what it left proves nothing: it is passed over,
 * and the same is done once more, in a run of its own.
 * @param {import('./run.mjs').Run} run
 * @param {string[]} objects
 * @param {(run: import('./run.mjs').Run) => Promise<void>} act
 * @returns {Promise<{ stall: number, repeats: number }>} the longest stall of what counts, in ms
 * @throws where the host stands still each time
 */
export async function measured(run, objects, act) {
	const before = new Set(Object.keys(run.canaries.all));
	let stall = await run.stallDuring(() => act(run));
	if (stall < bearable) return { stall, repeats: 0 };
	const made = Object.keys(run.canaries.all).filter((label) => !before.has(label));
	run.canaries.forget([...objects, ...made]);
	for (let repeats = 1; repeats <= attempts; repeats++) {
		const again = run.another(`${run.name}-again-${++repeated}`);
		try {
			await again.begin(objects);
			stall = await again.stallDuring(() => act(again));
		} finally {
			await again.end();
		}
		if (stall >= bearable) continue;
		ended.push(again);
		return { stall, repeats };
	}
	throw new Error(
		`The extension host stood still for ${stall} ms, as often as this was tried: the machine is too busy to look for leaks.`,
	);
}
