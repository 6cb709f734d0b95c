import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { cp, mkdir, open, readFile, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { run, tail } from './child.mjs';
import { inRoot, root, toolchain } from './paths.mjs';
import { PlainError, step } from './progress.mjs';

const followParent = inRoot('scripts', 'toolchain', 'followParent.cjs');
const stampName = '.installed';

/** How long another install may take, in milliseconds. */
const patience = 10 * 60_000;

const isAlive = (pid) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
};

const read = (file) => readFile(file, 'utf8').catch(() => undefined);

/** Runs npm in a folder. @throws PlainError with the end of what npm printed */
export async function npm(args, cwd) {
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
	const script = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined;
	const windows = process.platform === 'win32';
	const [command, ...first] = script ? [process.execPath, script] : windows ? ['cmd.exe', '/c', 'npm'] : ['npm'];
	// Killed, not asked: it would take its time to undo what the next install begins with undoing.
	const env = {
		...process.env,
		NODE_OPTIONS: `--require ${JSON.stringify(followParent)}`,
		FOLLOWED_PID: String(process.pid),
	};
	const { code, output } = await run(command, [...first, ...args, ...quiet], { cwd, env, stop: 'SIGKILL' });
	if (code !== 0) {
		throw new PlainError(
			`npm ${args[0]} failed. Its last words:\n\n${tail(output)}\n\nRun the same command again once that is settled; nothing half-installed is kept.`,
		);
	}
}

/**
 * Lets one process at a time install; one that died while it did is noticed, unless another has its number by now.
 * @throws PlainError when the other one takes longer than any install does
 */
async function alone(work) {
	await mkdir(toolchain, { recursive: true });
	const lock = path.join(toolchain, 'lock');
	const mine = `${process.pid}`;
	const start = Date.now();
	for (let said = false; ; await delay(300)) {
		const handle = await open(lock, 'wx').catch(() => undefined);
		if (handle) {
			await handle.writeFile(mine);
			await handle.close();
			// Two waiting processes can both clear away a dead one's lock; only the one whose number stays has it.
			await delay(30);
			if ((await read(lock)) === mine) break;
			continue;
		}
		const owner = Number(await read(lock));
		if (owner && !isAlive(owner)) {
			await delay(1000); // for its npm to notice
			if (Number(await read(lock)) === owner) await unlink(lock).catch(() => undefined);
			continue;
		}
		const other = owner ? `process ${owner}` : 'of an unknown process';
		const wayOut = `If there is no such install, delete ${path.relative(process.cwd(), lock)}`;
		if (Date.now() - start > patience) {
			throw new PlainError(
				`Another install (${other}) has not ended in ${patience / 60_000} minutes. ${wayOut} and run it again.`,
			);
		}
		if (!said) console.log(`Waiting for another install (${other}) to end. ${wayOut}.`);
		said = true;
	}
	const release = () => rmSync(lock, { force: true });
	process.on('exit', release);
	try {
		return await work();
	} finally {
		release();
		process.off('exit', release);
	}
}

async function keyOf(folder) {
	const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
	return hash.update(await readFile(path.join(folder, 'package-lock.json'))).digest('hex');
}

/**
 * Makes sure that the project's own packages are there as package-lock.json says. Costs milliseconds when they are.
 * The stamp is inside node_modules, which npm removes first, and is written last: an interrupted install has none.
 */
export async function ensureOwnPackages() {
	const stamp = path.join(root, 'node_modules', stampName);
	const key = await keyOf(root);
	if ((await read(stamp)) === key) return;
	await alone(async () => {
		if ((await read(stamp)) === key) return;
		await step("Installing the project's packages (about 60 MB, once)", () => npm(['ci'], root));
		await writeFile(stamp, key);
	});
}

/**
 * Makes sure that the packages of a manifest and lock file are installed in a folder of their own below .toolchain/.
 * They are installed beside that folder and moved into place whole, so that an interrupted install leaves nothing that looks like one.
 * @param {string} name the folder's name
 * @param {string} source the folder that holds package.json and package-lock.json
 * @param {string} title what to say while it is done
 * @param {(folder: string) => Promise<void>} finish what there is to do after npm; a change of it needs a change of `revision`
 * @param {{ revision?: string, npmArgs?: string[] }} [options] `npmArgs` are handed to npm ci too
 * @returns {Promise<string>} the folder
 */
export async function ensurePackages(name, source, title, finish, { revision = '1', npmArgs = [] } = {}) {
	const folder = path.join(toolchain, name);
	const stamp = path.join(folder, stampName);
	const key = `${await keyOf(source)} ${revision}`;
	if ((await read(stamp)) === key) return folder;
	return alone(async () => {
		if ((await read(stamp)) === key) return folder;
		const partial = path.join(toolchain, `${name}.partial-${process.pid}`);
		await clearAway(`${name}.partial-`);
		await step(title, async () => {
			await mkdir(partial, { recursive: true });
			for (const file of ['package.json', 'package-lock.json'])
				await cp(path.join(source, file), path.join(partial, file));
			await npm(['ci', ...npmArgs], partial);
			await finish(partial);
			await writeFile(path.join(partial, stampName), key);
			await rm(folder, { recursive: true, force: true });
			await rename(partial, folder);
		});
		return folder;
	});
}

async function clearAway(prefix) {
	for (const entry of await readdir(toolchain)) {
		if (entry.startsWith(prefix)) await rm(path.join(toolchain, entry), { recursive: true, force: true });
	}
}
