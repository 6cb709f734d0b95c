import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackages } from './install.mjs';
import { inRoot } from './paths.mjs';

/**
 * Makes sure that the published WorkOS CLI is there, without the optional packages of its coding agent (220 MB). Those
 * hold the binding to the system's keychain, too: a stand-in takes its place where the binding itself looks for one.
 * @returns {Promise<string>} the CLI's program, a script for Node
 */
export async function ensureWorkosCli() {
	const source = inRoot('scripts', 'toolchain', 'workosCli');
	const folder = await ensurePackages(
		'workosCli',
		source,
		'Installing the WorkOS CLI (about 90 MB, once)',
		(into) =>
			copyFile(
				path.join(source, 'noKeychain.cjs'),
				path.join(into, 'node_modules', '@napi-rs', 'keyring', 'keyring.wasi.cjs'),
			),
		{ npmArgs: ['--omit=optional'] },
	);
	return path.join(folder, 'node_modules', 'workos', 'dist', 'bin.js');
}
