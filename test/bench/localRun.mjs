// localRun.mjs CORES [options]: the measurements of local.mjs, under the Node and on the core that it chose.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import esbuild from 'esbuild';
import { inRoot } from '../../scripts/toolchain/paths.mjs';
import { PlainError, runMain, step } from '../../scripts/toolchain/progress.mjs';
import { load } from './localLoad.mjs';
import { requestsFor, sampleAnswers, seedOf, walk } from './localRequests.mjs';
import { killServers, pinned, startBare, startVault } from './localServers.mjs';
import { report } from './localTable.mjs';

const CONNECTIONS = 8;
const WARM_UP_MS = 1000;
/** How many requests of each kind are recorded and run by SQLite alone. */
const RECORDED = { read: 10_000, list: 1000, update: 1000, create: 1000 };
const KINDS = Object.keys(RECORDED);

const text = (fallback) => ({ type: 'string', default: fallback });
const [serverCore, loadCore] = JSON.parse(process.argv[2] ?? '[]');

const folder = mkdtempSync(path.join(tmpdir(), 'local-vault-bench-'));
const rootKey = randomBytes(32).toString('base64');
const inFolder = (name) => path.join(folder, name);

process.on('exit', () => {
	killServers();
	rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/** What was asked for. @throws PlainError where it can't be measured */
function choices() {
	const { values } = parseArgs({
		args: process.argv.slice(3),
		options: { rounds: text('3'), seconds: text('5'), objects: text('1000,100000') },
	});
	return {
		rounds: wholeNumber('rounds', values.rounds, 1),
		// The first of them is for warming up.
		durationMs: wholeNumber('seconds', values.seconds, 2) * 1000 - WARM_UP_MS,
		sizes: values.objects.split(',').map((size) => wholeNumber('objects', size, 1)),
	};
}

function wholeNumber(option, given, least) {
	if (!/^\d+$/.test(given) || Number(given) < least) {
		throw new PlainError(`--${option} takes whole numbers of at least ${least}, not "${given}".`);
	}
	return Number(given);
}

/** Makes a database of `size` objects, and learns what there is to ask for and what is answered. */
async function fill(size) {
	const dataFile = inFolder(`filled-${size}`);
	const seed = inFolder('seed.json');
	await writeFile(seed, JSON.stringify(seedOf(size)));
	const vault = await startVault({ dataFile, rootKey, seed });
	await rm(seed);
	const known = await walk(vault.url);
	if (known.ids.length !== size) throw new Error(`The list has ${known.ids.length} objects, not ${size}.`);
	await vault.stop();
	return { size, dataFile, ...known, next: requestsFor(known) };
}

async function copyOf({ dataFile }, name) {
	await copyFile(dataFile, inFolder(name));
	return inFolder(name);
}

async function removeDatabase(file) {
	for (const ending of ['', '-wal', '-shm']) await rm(file + ending, { force: true });
}

/** Has Local Vault answer the recorded requests; answers the record and constants for the bare server. */
async function record(filled) {
	const file = inFolder(`record-${filled.size}`);
	const dataFile = await copyOf(filled, 'recording');
	const vault = await startVault({ dataFile, rootKey, record: file });
	for (const kind of KINDS) {
		let left = RECORDED[kind];
		const next = () => (left-- > 0 ? filled.next[kind]() : undefined);
		await load(vault.url, { connections: 1, warmUpMs: 0, durationMs: Infinity, next });
	}
	await vault.stop();
	await removeDatabase(dataFile);
	return file;
}

async function replay(filled, recordFile) {
	const dataFile = await copyOf(filled, 'replaying');
	const program = inRoot('test', 'bench', 'localReplay.mjs');
	const [command, ...args] = pinned(serverCore, [process.execPath, '--no-warnings', program]);
	const { stdout } = await promisify(execFile)(command, [...args, recordFile, dataFile, JSON.stringify(RECORDED)]);
	await removeDatabase(dataFile);
	return JSON.parse(stdout);
}

async function bareProgram() {
	const outfile = inFolder('bare.cjs');
	// As esbuild.mjs builds Local Vault for production.
	await esbuild.build({
		entryPoints: [inRoot('test', 'bench', 'localBare.mjs')],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		minify: true,
	});
	return outfile;
}

/** One round: fresh servers side by side, each kind of request against one after the other. */
async function round({ filledOnes, bare, measured, durationMs }) {
	const servers = [];
	const files = [];
	servers.push({ ...(await startBare({ core: serverCore, ...bare })), name: 'bare', next: filledOnes[0].next });
	for (const filled of filledOnes) {
		const dataFile = await copyOf(filled, `vault-${filled.size}`);
		files.push(dataFile);
		const server = await startVault({ core: serverCore, dataFile, rootKey });
		servers.push({ ...server, name: `vault ${filled.size}`, next: filled.next });
	}
	for (const kind of KINDS) {
		for (const { name, url, cpuTime, next } of servers) {
			const before = cpuTime();
			const figures = await load(url, {
				connections: CONNECTIONS,
				warmUpMs: WARM_UP_MS,
				durationMs,
				next: next[kind],
			});
			measured.push({ kind, name, ...figures, cpu: ((cpuTime() - before) * 1000) / figures.sent });
		}
	}
	for (const { stop } of servers) await stop();
	for (const file of files) await removeDatabase(file);
}

async function main() {
	const { rounds, durationMs, sizes } = choices();
	const filledOnes = [];
	for (const size of sizes) {
		await step(`Filling a vault with ${size} objects`, async () => filledOnes.push(await fill(size)));
	}
	const records = [];
	await step('Recording the statements of each kind of request', async () => {
		for (const filled of filledOnes) records.push(await record(filled));
	});
	const program = await bareProgram();
	const sampled = await copyOf(filledOnes[0], 'sampled');
	const vault = await startVault({ dataFile: sampled, rootKey });
	const bare = { program, answers: await sampleAnswers(vault.url, filledOnes[0]) };
	await vault.stop();

	const measured = [];
	let about;
	for (let index = 1; index <= rounds; index++) {
		await step(`Round ${index} of ${rounds}`, async () => {
			for (const [at, filled] of filledOnes.entries()) {
				about = await replay(filled, records[at]);
				for (const kind of KINDS) measured.push({ kind, name: `sqlite ${filled.size}`, ...about.kinds[kind] });
			}
			await round({ filledOnes, bare, measured, durationMs });
		});
	}
	report({ measured, kinds: KINDS, sizes, rounds, about, serverCore, loadCore, durationMs, connections: CONNECTIONS });
}

await runMain(main);
