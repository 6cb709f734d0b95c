// Builds the product into dist/ and, with --tests, the test suites into out/; with --unit, unit tests and nothing else.
//   node esbuild.mjs [--production] [--watch] [--tests | --unit]
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

const common = {
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node22',
	minify: production,
	sourcemap: production ? false : 'linked',
	logLevel: 'warning',
	legalComments: 'none',
	charset: 'utf8',
	// Icons, as texts.
	loader: { '.svg': 'text' },
};

/** Libraries that are chunks of their own in dist/: read at their first use, and not by activation. */
const chunks = { '@workos-inc/node': 'workos', dotenv: 'dotenv' };

const separateChunks = {
	name: 'separate-chunks',
	setup(build) {
		const filter = new RegExp(`^(?:${Object.keys(chunks).join('|')})$`);
		build.onResolve({ filter }, ({ path: library }) => ({
			path: `./${chunks[library]}.js`,
			external: true,
		}));
	},
};

const product = [
	{
		...common,
		entryPoints: { extension: 'src/extension.ts' },
		outdir: 'dist',
		external: ['vscode'],
		plugins: [separateChunks],
		metafile: true,
	},
	{
		...common,
		entryPoints: Object.entries(chunks).map(([library, chunk]) => ({ in: library, out: chunk })),
		outdir: 'dist',
		metafile: true,
	},
	{ ...common, entryPoints: { localVault: 'src/local/main.ts' }, outdir: 'dist', metafile: true },
	{
		...common,
		entryPoints: { isolated: 'src/isolated/page.ts', object: 'src/isolated/object/page.ts' },
		outdir: 'dist',
		platform: 'browser',
		format: 'iife',
		// The Chromium of the oldest VS Code that `engines` allows.
		target: 'chrome138',
		metafile: true,
	},
];

async function entries(folder, ending) {
	const files = await readdir(folder, { recursive: true });
	return files
		.filter((file) => file.endsWith(ending) && !file.includes('node_modules'))
		.map((file) => path.join(folder, file))
		.sort();
}

// What a failed assertion says is read from its source: tests keep theirs, whatever is shipped.
const test = { ...common, minify: false, sourcemap: 'linked' };

// Unit and contract tests are bundled without `external: ['vscode']`: a layer that says vscode by mistake fails the build.
// TypeScript reads the sources in one of them, and is too large for a bundle.
const pure = (entryPoints) => ({ ...test, entryPoints, outbase: 'test', outdir: 'out', external: ['typescript'] });

const unitTests = async () => [
	...(await entries('test/unit', '.test.ts')),
	...(await entries('test/unit', '.process.ts')),
];

async function suites() {
	return [
		pure([...(await unitTests()), ...(await entries('test/contract', '.test.ts'))]),
		{ ...test, entryPoints: ['test/bench/catalog/measure.ts'], outbase: 'test', outdir: 'out' },
		{
			...test,
			entryPoints: await entries('test/host', '.ts'),
			outbase: 'test',
			outdir: 'out',
			external: ['vscode', 'mocha'],
		},
	];
}

/** What is built, and the folders that are emptied before it. */
async function chosen() {
	if (flags.has('--unit')) return { builds: [pure(await unitTests())], folders: ['out/unit'] };
	if (!flags.has('--tests')) return { builds: product, folders: ['dist'] };
	const folders = ['dist', ...['unit', 'contract', 'bench', 'host'].map((folder) => path.join('out', folder))];
	return { builds: [...product, ...(await suites())], folders };
}

const { builds, folders } = await chosen();
if (flags.has('--watch')) {
	const announce = {
		name: 'announce',
		setup(build) {
			build.onStart(() => console.log('[watch] build started'));
			build.onEnd(() => console.log('[watch] build finished'));
		},
	};
	for (const options of builds) {
		const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), announce] });
		await context.watch();
	}
} else {
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
	for (const options of builds) {
		const result = await esbuild.build(options);
		for (const [file, { bytes }] of Object.entries(result.metafile?.outputs ?? {})) {
			if (file.endsWith('.js')) console.log(`${file}  ${(bytes / 1024).toFixed(1)} KiB`);
		}
	}
}
