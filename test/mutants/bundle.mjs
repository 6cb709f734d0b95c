import { readFile } from 'node:fs/promises';
import esbuild from 'esbuild';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { edited } from '../leaks/driver/weaken.mjs';

/** Reads sources with edits made in them, and leaves the files as they are. */
const withEdits = (edits) => ({
	name: 'with-edits',
	setup(build) {
		const editsOf = (path) => edits.filter(({ file }) => inRoot(file) === path);
		build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
			const made = editsOf(path);
			if (made.length === 0) return undefined;
			return { contents: made.reduce(edited, await readFile(path, 'utf8')), loader: 'ts' };
		});
	},
});

/**
 * Bundles tests with edits made in what they test.
 * @param {string[]} tests
 * @param {import('./mutants.mjs').Mutant['edits']} edits
 * @param {string} folder where the bundles go
 * @throws where an edit does not match exactly once, or the build fails
 */
export async function bundle(tests, edits, folder) {
	await esbuild.build({
		entryPoints: tests.map((file) => inRoot(file)),
		outbase: inRoot('test'),
		outdir: folder,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		logLevel: 'error',
		plugins: [withEdits(edits)],
	});
}
