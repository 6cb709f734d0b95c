import { cp } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../toolchain/child.mjs';
import { inRoot } from '../toolchain/paths.mjs';
import { PlainError, step } from '../toolchain/progress.mjs';

/** Builds the extension for development. */
export function buildProduct() {
	return step('Building', async () => {
		const { code, output } = await run(process.execPath, ['esbuild.mjs'], { cwd: inRoot() });
		if (code !== 0) throw new PlainError(output);
	});
}

/**
 * What a window for development has: a small workspace in the given folder, the extension, and the word for it to
 * start a seeded Local Vault and connect to it. (It takes that word in a development window only.)
 */
export async function development(folder) {
	const workspace = path.join(folder, 'workspace');
	await cp(inRoot('scripts', 'start', 'workspace'), workspace, { recursive: true, force: false });
	return {
		workspace,
		developed: [inRoot(), inRoot('scripts', 'start', 'opener')],
		env: { WORKOS_VAULT_DEV_LOCAL: 'demo' },
	};
}
