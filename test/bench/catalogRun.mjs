// catalogRun.mjs: the measurements of catalog.mjs, under the Node that it chose.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { PlainError, runMain, step } from '../../scripts/toolchain/progress.mjs';
import { apiKey, killServers, startVault } from './localServers.mjs';

/** A run that takes longer has got stuck. */
const LONGEST_MS = 8 * 60_000;

const { measure } = createRequire(import.meta.url)(inRoot('out', 'bench', 'catalog', 'measure.js'));
const folder = mkdtempSync(path.join(tmpdir(), 'catalog-bench-'));
const rootKey = randomBytes(32).toString('base64');
let started = 0;

process.on('exit', () => {
	killServers();
	rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

async function startServer({ seed, options }) {
	const file = path.join(folder, 'seed.json');
	await writeFile(file, JSON.stringify(seed));
	const server = await startVault({ dataFile: path.join(folder, `vault-${++started}`), rootKey, seed: file, options });
	await rm(file);
	return server;
}

async function main() {
	const timer = setTimeout(() => {
		console.error(`The run took longer than ${LONGEST_MS / 60_000} minutes.`);
		process.exit(1);
	}, LONGEST_MS);
	const missed = await measure({ apiKey, folder, startServer, step });
	clearTimeout(timer);
	if (missed > 0) throw new PlainError(`${missed} of the counts missed their goals.`);
}

await runMain(main);
