import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = path.resolve(fileURLToPath(new URL('../../', import.meta.url)));

/** Where everything that is installed for the project, and is not one of its own packages, is kept. Git ignores it. */
export const toolchain = path.join(root, '.toolchain');

/** @param {string[]} segments a path below the repository's folder */
export const inRoot = (...segments) => path.join(root, ...segments);

/** The command-line program of one of the project's own packages, as a script for Node. */
export function program(packageName, bin = packageName) {
	const require = createRequire(inRoot('package.json'));
	const manifest = inRoot('node_modules', packageName, 'package.json');
	const { bin: bins } = require(manifest);
	return path.join(path.dirname(manifest), typeof bins === 'string' ? bins : bins[bin]);
}
