// npm run package [-- --no-build]: builds for production and packages workos-vault-explorer.vsix; says how large both are,
// and fails when either is larger than it may be.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, toTerminal } from './toolchain/child.mjs';
import { ensureOwnPackages } from './toolchain/install.mjs';
import { ensureNode } from './toolchain/node.mjs';
import { inRoot, program } from './toolchain/paths.mjs';
import { PlainError, runMain } from './toolchain/progress.mjs';

const vsix = 'workos-vault-explorer.vsix';
const limits = { 'dist/extension.js': 330, 'dist/object.js': 250, [vsix]: 520 };

async function must(node, args) {
	const { code } = await run(node, args, { cwd: inRoot(), print: toTerminal });
	if (code !== 0) throw new PlainError('The extension was not packaged.');
}

/**
 * Writes the README as the package has it, with the settings and how secrets are kept: what it shows or links to in the
 * repository is not in the package, so that pictures and paragraphs that begin with such a link go, and of other links
 * their words stay.
 * @returns {string} the file
 */
function writeReadme() {
	const file = path.join('out', 'package', 'README.md');
	const features = readFileSync(inRoot('docs', 'features.md'), 'utf8');
	const more = features.slice(features.indexOf('## Settings'));
	const text = readFileSync(inRoot('README.md'), 'utf8')
		.replace('## Try it', () => `${more}\n## Try it`)
		.replace(/^<picture>[^]*?<\/picture>\n\n/gm, '')
		.replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n/gm, '')
		.replace(/^\[[^\]]*\]\((?!https:)[^]*?\n\n/gm, '')
		.replace(/\[([^\]]*)\]\((?!https:)[^)]*\)/g, '$1');
	mkdirSync(inRoot('out', 'package'), { recursive: true });
	writeFileSync(inRoot(file), text);
	return file;
}

async function main() {
	await ensureOwnPackages();
	const node = await ensureNode();
	if (!process.argv.includes('--no-build')) await must(node, ['esbuild.mjs', '--production']);
	const vsce = [program('@vscode/vsce', 'vsce'), 'package', '--no-dependencies', '--out', vsix];
	await must(node, [...vsce, '--allow-missing-repository', '--readme-path', writeReadme()]);
	const tooLarge = Object.entries(limits).filter(([file, limit]) => {
		const size = statSync(inRoot(file)).size / 1024;
		console.log(`${file}: ${size.toFixed(1)} of ${limit} KiB`);
		return size > limit;
	});
	if (tooLarge.length > 0) throw new PlainError(`Too large: ${tooLarge.map(([file]) => file).join(', ')}.`);
}

await runMain(main);
